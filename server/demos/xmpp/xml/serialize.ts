/** Elements as text (XML 1.0, Namespaces in XML). Single quotes, as the examples of RFC 6120 have them. */
import { NS } from '../namespaces.ts';
import type { XmlElement } from './element.ts';

const IN_TEXT = /[&<>\r]/;
const ALL_IN_TEXT = /[&<>\r]/g;
const IN_ATTRIBUTE = /[&<>'"\t\n\r]/;
const ALL_IN_ATTRIBUTE = /[&<>'"\t\n\r]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * The element as text.
 * @param surroundingNs the default namespace where the text is put; '' where there is none. Inside a stream
 * (surroundings that have one) the prefix `stream` is taken as declared, as RFC 6120 §4.8.5 has it.
 */
export function serialize(element: XmlElement, surroundingNs = ''): string {
  if (element.ns !== NS.streams) return markup(element, element.name, surroundingNs, '');
  const declaration = surroundingNs === '' ? ` xmlns:stream='${NS.streams}'` : '';
  return markup(element, `stream:${element.name}`, NS.streams, declaration);
}

/** Text as element content. */
function escapeText(text: string): string {
  return IN_TEXT.test(text) ? text.replace(ALL_IN_TEXT, escaped) : text;
}

/** Text as an attribute's value. White space is kept: an attribute's is normalised when it is not escaped. */
export function escapeAttribute(text: string): string {
  return IN_ATTRIBUTE.test(text) ? text.replace(ALL_IN_ATTRIBUTE, escaped) : text;
}

function escaped(character: string): string {
  return ESCAPES[character] ?? character;
}

function markup(element: XmlElement, tag: string, surroundingNs: string, declaration: string): string {
  let text = `<${tag}`;
  if (element.ns !== surroundingNs) text += ` xmlns='${escapeAttribute(element.ns)}'`;
  text += declaration + attributes(element);
  if (element.children.length === 0) return `${text}/>`;
  text += '>';
  for (const child of element.children) {
    text += typeof child === 'string' ? escapeText(child) : markup(child, child.name, element.ns, '');
  }
  return `${text}</${tag}>`;
}

function attributes({ attrs }: XmlElement): string {
  let text = '';
  let prefixes = 0;
  for (const name in attrs) {
    const value = escapeAttribute(attrs[name] ?? '');
    const end = name.startsWith('{') ? name.lastIndexOf('}') : -1;
    if (end < 0) text += ` ${name}='${value}'`;
    else {
      const prefix = `a${prefixes}`;
      prefixes += 1;
      text += ` xmlns:${prefix}='${escapeAttribute(name.slice(1, end))}' ${prefix}:${name.slice(end + 1)}='${value}'`;
    }
  }
  return text;
}
