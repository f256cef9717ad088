/** An XML element as a value. Namespaces are resolved: what prefix somebody wrote does not matter. */

/** What an element contains: elements and text, in order. */
export type XmlNode = XmlElement | string;

/** Attributes by name; one in a namespace is called `{namespace}name`, except `xml:lang`. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** What may be given for an attribute: `undefined` and `null` leave it out. */
export type AttributeValues = Readonly<Record<string, string | number | undefined | null>>;

const NO_ATTRIBUTES: XmlAttributes = {};

/** One element with its name, namespace, attributes and content. Never changed once it is built. */
export class XmlElement {
  readonly name: string;
  readonly ns: string;
  readonly attrs: XmlAttributes;
  readonly children: readonly XmlNode[];

  constructor(ns: string, name: string, attrs: XmlAttributes = NO_ATTRIBUTES, children: readonly XmlNode[] = []) {
    this.ns = ns;
    this.name = name;
    this.attrs = attrs;
    this.children = children;
  }

  /** Whether this is the element `name` of the namespace `ns`. */
  is(ns: string, name: string): boolean {
    return this.name === name && this.ns === ns;
  }

  /** Child elements. */
  get elements(): XmlElement[] {
    return this.children.filter(isElement);
  }

  /** The first child element by that name; in the element's own namespace unless another is named. */
  child(name: string, ns: string = this.ns): XmlElement | undefined {
    for (const child of this.children) if (typeof child !== 'string' && child.is(ns, name)) return child;
    return undefined;
  }

  /** The first child element in the namespace `ns`. */
  childIn(ns: string): XmlElement | undefined {
    for (const child of this.children) if (typeof child !== 'string' && child.ns === ns) return child;
    return undefined;
  }

  /** All child elements by that name; in the element's own namespace unless another is named. */
  childrenNamed(name: string, ns: string = this.ns): XmlElement[] {
    return this.elements.filter((child) => child.is(ns, name));
  }

  /** Text directly in this element. */
  get text(): string {
    return this.children.filter((child) => typeof child === 'string').join('');
  }

  /** Text of the first child by that name, or `undefined` when there is none. */
  childText(name: string, ns: string = this.ns): string | undefined {
    return this.child(name, ns)?.text;
  }

  /** The same element with these attributes set; `undefined` and `null` remove one. */
  with(changes: AttributeValues): XmlElement {
    return new XmlElement(this.ns, this.name, merged(this.attrs, changes), this.children);
  }

  /** The same element with other content. */
  containing(children: readonly XmlNode[]): XmlElement {
    return new XmlElement(this.ns, this.name, this.attrs, children);
  }

  /** The same element with more at its end. */
  plus(...more: XmlNode[]): XmlElement {
    return this.containing([...this.children, ...more]);
  }
}

/** Builds an element: `xml(NS.ping, 'ping')`, `xml(NS.client, 'message', { to }, xml(NS.client, 'body', {}, 'hello'))`. */
export function xml(
  ns: string,
  name: string,
  attrs: AttributeValues = {},
  ...children: (XmlNode | undefined | null)[]
): XmlElement {
  return new XmlElement(ns, name, merged(NO_ATTRIBUTES, attrs), children.filter(isPresent));
}

function merged(attrs: XmlAttributes, changes: AttributeValues): XmlAttributes {
  const result: Record<string, string> = { ...attrs };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === null) delete result[name];
    else result[name] = String(value);
  }
  return result;
}

function isElement(node: XmlNode): node is XmlElement {
  return typeof node !== 'string';
}

function isPresent(node: XmlNode | undefined | null): node is XmlNode {
  return node !== undefined && node !== null;
}
