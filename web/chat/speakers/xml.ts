/** An element as the XMPP speaker reads it; which parser made it is not its affair. */
export interface Xml {
  readonly name: string;
  /** Namespace of the element itself. */
  readonly xmlns: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Xml[];
  /** All text within. */
  readonly text: string;
}

/** Reads one whole element; `null` when it is not well-formed. */
export type ParseXml = (text: string) => Xml | null;

/** With the browser's own parser. */
export const browserXml: ParseXml = (text) => {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  return document.querySelector('parsererror') ? null : fromDom(document.documentElement);
};

function fromDom(element: Element): Xml {
  return {
    name: element.localName,
    xmlns: element.namespaceURI ?? '',
    attributes: Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value])),
    children: Array.from(element.children, fromDom),
    text: element.textContent ?? '',
  };
}

/** The first child of this name, and namespace if one is given. */
export function childOf(element: Xml, name: string, xmlns?: string): Xml | undefined {
  return element.children.find((child) => child.name === name && (xmlns === undefined || child.xmlns === xmlns));
}

/** Text as it stands in an element or an attribute. */
export function escapeXml(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll("'", '&apos;')
      .replaceAll('"', '&quot;')
      // Characters that XML 1.0 §2.2 can't carry at all.
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
  );
}
