/** Forms. https://xmpp.org/extensions/xep-0004.html */
import { NS } from './namespaces.ts';
import { type XmlElement, xml } from './xml/element.ts';

/** One field of a form that is sent. */
export interface FormField {
  readonly var: string;
  /** Default: a `result` needs none. */
  readonly type?: 'boolean' | 'hidden' | 'jid-single' | 'list-single' | 'text-private' | 'text-single';
  readonly label?: string;
  /** Default: none. */
  readonly value?: string | boolean;
  /** What can be chosen, with its label. Default: none. */
  readonly options?: Readonly<Record<string, string>>;
  /** Default: no. */
  readonly isRequired?: boolean;
}

/** A form, or what one says. @param kind its FORM_TYPE. */
export function formOf(type: 'form' | 'result' | 'submit', kind: string, fields: readonly FormField[]): XmlElement {
  return xml(
    NS.forms,
    'x',
    { type },
    fieldOf({ var: 'FORM_TYPE', type: 'hidden', value: kind }),
    ...fields.map(fieldOf),
  );
}

/** What somebody has filled in, the first value of each field; `null` where no form was submitted. */
export function filledIn(parent: XmlElement): ReadonlyMap<string, string> | null {
  const form = parent.child('x', NS.forms);
  if (form?.attrs.type !== 'submit') return null;
  return new Map(form.childrenNamed('field').map((field) => [field.attrs.var ?? '', field.childText('value') ?? '']));
}

/** A boolean as XEP-0004 writes it. */
export function isTrue(text: string): boolean {
  return text === '1' || text === 'true';
}

function fieldOf({ var: name, type, label, value, options = {}, isRequired }: FormField): XmlElement {
  const text = typeof value === 'boolean' ? String(Number(value)) : value;
  return xml(
    NS.forms,
    'field',
    { var: name, type, label },
    isRequired ? xml(NS.forms, 'required') : null,
    text === undefined ? null : xml(NS.forms, 'value', {}, text),
    ...Object.entries(options).map(([choice, meaning]) =>
      xml(NS.forms, 'option', { label: meaning }, xml(NS.forms, 'value', {}, choice)),
    ),
  );
}
