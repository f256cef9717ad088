/** An object or stanza as a tree that can be folded. */

/** A node: a line, and what is within it. */
export interface Fold {
  /** Before what is within; the whole line where nothing is. */
  readonly head: string;
  /** After it; empty where nothing is within. */
  readonly tail: string;
  readonly inner: readonly Fold[];
}

/** JSON as a tree; `null` when it is none. */
export function foldJson(text: string): Fold | null {
  try {
    return jsonNode(JSON.parse(text), '', '');
  } catch {
    return null;
  }
}

/** XML as a tree; `null` when it is not well-formed on its own, as the opening of a stream is not. */
export function foldXml(text: string, parse: (text: string) => Element | null): Fold | null {
  const element = parse(text);
  return element && xmlNode(element);
}

/** Parses with the browser's own parser. */
export function parseXml(text: string): Element | null {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  return document.querySelector('parsererror') ? null : document.documentElement;
}

function jsonNode(value: unknown, name: string, comma: string): Fold {
  if (typeof value !== 'object' || value === null) {
    return { head: `${name}${JSON.stringify(value)}${comma}`, tail: '', inner: [] };
  }
  const isArray = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return { head: `${name}${open}${close}${comma}`, tail: '', inner: [] };
  const inner = entries.map(([key, each], index) =>
    jsonNode(each, isArray ? '' : `${JSON.stringify(key)}: `, index + 1 < entries.length ? ',' : ''),
  );
  return { head: `${name}${open}`, tail: `${close}${comma}`, inner };
}

function xmlNode(element: Element): Fold {
  const attributes = Array.from(element.attributes, ({ name, value }) => ` ${name}="${escaped(value)}"`).join('');
  const name = element.tagName;
  const children = Array.from(element.childNodes);
  const text = element.textContent ?? '';
  if (children.length === 0) return { head: `<${name}${attributes}/>`, tail: '', inner: [] };
  if (element.children.length === 0) {
    return { head: `<${name}${attributes}>${escaped(text)}</${name}>`, tail: '', inner: [] };
  }
  const inner = children.map(
    (child): Fold =>
      child instanceof Element ? xmlNode(child) : { head: escaped(child.textContent ?? ''), tail: '', inner: [] },
  );
  return { head: `<${name}${attributes}>`, tail: `</${name}>`, inner: inner.filter(({ head }) => head.trim() !== '') };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
