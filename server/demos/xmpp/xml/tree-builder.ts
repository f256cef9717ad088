/** Puts elements together from what the parser tells. https://www.rfc-editor.org/rfc/rfc6120#section-11 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { StreamError } from '../stream/stream-error.ts';
import { XmlElement, type XmlNode } from './element.ts';
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS } from './limits.ts';

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** What comes out. Whatever a listener throws ends the parsing. */
export interface TreeListener {
  /** An open tag at depth 0: a stream header. */
  opened(header: XmlElement): void;
  /** A complete element at depth 1: a stanza. */
  element(element: XmlElement): void;
  /** The end tag at depth 0. */
  closed(): void;
}

/** The same namespace-aware parser options for all. */
const OPTIONS = { xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true } as const;

/** How much of the recent text is kept to tell forbidden markup from broken markup. */
const RECENT_CHARS = 64;

/** Ends of markup that XMPP forbids although XML has it: a document type, an entity of one's own. */
const FORBIDDEN_MARKUP = /<!DOCTYPE$|&[\p{L}_:][^\s&;<]*;$/u;

interface OpenElement {
  readonly tag: SaxesTagNS;
  readonly children: XmlNode[];
}

/** One parser and the elements that are open. Throws a StreamError at the first thing that is wrong, and is then done. */
export class TreeBuilder {
  readonly #parser = new SaxesParser(OPTIONS);
  readonly #listener: TreeListener;
  /** Open elements below the root. */
  readonly #open: OpenElement[] = [];
  #rootOpen = false;
  #rootClosed = false;
  #elements = 0;
  #chunk = '';
  #chunkStart = 0;
  #recent = '';

  constructor(listener: TreeListener) {
    this.#listener = listener;
    this.#parser.on('xmldecl', ({ encoding }) => this.#declared(encoding));
    this.#parser.on('opentag', (tag) => this.#opened(tag));
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
    this.#parser.on('closetag', () => this.#closed());
    this.#parser.on('comment', () => restricted('A comment has no place in a stream.'));
    this.#parser.on('processinginstruction', () => restricted('A processing instruction has no place in a stream.'));
    this.#parser.on('doctype', () => restricted('A document type has no place in a stream.'));
    this.#parser.on('error', (error) => this.#failed(error));
  }

  /** Reads on. */
  write(text: string): void {
    this.#chunk = text;
    this.#parser.write(text);
    this.#chunkStart += text.length;
    this.#recent = (this.#recent + text.slice(-RECENT_CHARS)).slice(-RECENT_CHARS);
  }

  /** UTF-16 units of the text given to `write` that have been read; to be asked from within a listener. */
  get offset(): number {
    return this.#parser.position - this.#chunkStart;
  }

  /** Whether no element below the root is open. */
  get isBetweenElements(): boolean {
    return this.#open.length === 0;
  }

  #declared(encoding: string | undefined): void {
    if (encoding === undefined || encoding.toLowerCase() === 'utf-8') return;
    throw new StreamError('unsupported-encoding', 'A stream is in UTF-8 (RFC 6120, 11.6).');
  }

  #opened(tag: SaxesTagNS): void {
    if (!this.#rootOpen) {
      this.#rootOpen = true;
      this.#listener.opened(headerOf(tag));
      return;
    }
    this.#elements += 1;
    if (this.#open.length >= MAX_DEPTH) violation(`Elements are nested more than ${MAX_DEPTH} deep.`);
    if (this.#elements > MAX_ELEMENTS) violation(`A stanza has more than ${MAX_ELEMENTS} elements.`);
    this.#open.push({ tag, children: [] });
  }

  #text(text: string): void {
    const children = this.#open.at(-1)?.children;
    if (!children) {
      // Text outside the root is the parser's to refuse.
      if (this.#rootOpen && !this.#rootClosed && /[^ \t\r\n]/.test(text))
        throw new StreamError('bad-format', 'There is text between the stanzas.');
      return;
    }
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else if (text !== '') children.push(text);
  }

  #closed(): void {
    const done = this.#open.pop();
    if (!done) {
      this.#rootClosed = true;
      this.#listener.closed();
      return;
    }
    const element = elementOf(done.tag, done.children);
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else {
      this.#elements = 0;
      this.#listener.element(element);
    }
  }

  #failed(error: Error): never {
    const recent = (this.#recent + this.#chunk.slice(0, this.offset)).slice(-RECENT_CHARS);
    if (FORBIDDEN_MARKUP.test(recent)) restricted('Document types and entities have no place in a stream.');
    throw new StreamError('not-well-formed', `This is no well-formed XML: ${error.message}`);
  }
}

function restricted(message: string): never {
  throw new StreamError('restricted-xml', `${message} (RFC 6120, 11.1)`);
}

function violation(message: string): never {
  throw new StreamError('policy-violation', message);
}

function elementOf(tag: SaxesTagNS, children: XmlNode[]): XmlElement {
  const attrs: Record<string, string> = {};
  let count = 0;
  for (const name in tag.attributes) {
    count += 1;
    const attribute = tag.attributes[name];
    if (!attribute || attribute.uri === XMLNS) continue;
    attrs[attributeName(attribute.uri, attribute.local)] = attribute.value;
  }
  if (count > MAX_ATTRIBUTES) violation(`An element has more than ${MAX_ATTRIBUTES} attributes.`);
  return new XmlElement(tag.uri, tag.local, attrs, children);
}

/** A header keeps its default namespace as an attribute: it is that of the stanzas to come (RFC 6120 §4.8.2). */
function headerOf(tag: SaxesTagNS): XmlElement {
  return elementOf(tag, []).with({ xmlns: tag.attributes.xmlns?.value });
}

function attributeName(uri: string, local: string): string {
  if (uri === '') return local;
  return uri === XML ? `xml:${local}` : `{${uri}}${local}`;
}
