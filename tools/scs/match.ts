/** Whether a stanza is what a script expects. */
import type { XmlElement } from '../../server/demos/xmpp/xml/element.ts';
import { serialize } from '../../server/demos/xmpp/xml/serialize.ts';

/** Namespace that the prefix `scansion` stands for in a script. */
export const SCANSION = 'https://scansion.im/';

const STRICT = `{${SCANSION}}strict`;
const PLACEHOLDER = /\{scansion:(any|capture:[\w-]+)\}/;

/** What a script has captured, by name. */
export type Captures = Map<string, string>;

/** How strictly is compared where the script does not say. */
export interface Rules {
  /**
   * Whether an element with a namespace of its own, and all within, is to be exactly what is expected, as in Scansion.
   * Default: no, which leaves servers free in what they add.
   */
  readonly strictNamespaces?: boolean;
}

/**
 * Compares; answers what differs, or `null` when nothing does. The stanza may have more attributes and elements than are
 * expected, in any order, except where `scansion:strict='true'` is said, or by rule. `{scansion:any}` stands for any
 * text, and `{scansion:capture:n}` also remembers it.
 */
export function differenceOf(
  wanted: XmlElement,
  got: XmlElement,
  captures: Captures,
  { strictNamespaces = false }: Rules = {},
): string | null {
  return tryMatch(wanted, got, captures, { isStrict: false, stanzaNs: strictNamespaces ? wanted.ns : null });
}

/** What is in force where an element stands. */
interface Mode {
  readonly isStrict: boolean;
  /** Elements in another namespace than this are strict; `null`: none is by that. */
  readonly stanzaNs: string | null;
}

function compare(wanted: XmlElement, got: XmlElement, captures: Captures, outer: Mode): string | null {
  const byRule = outer.isStrict || (outer.stanzaNs !== null && wanted.ns !== outer.stanzaNs);
  const isStrict = wanted.attrs[STRICT] === undefined ? byRule : wanted.attrs[STRICT] === 'true';
  const mode = { isStrict, stanzaNs: wanted.attrs[STRICT] === 'false' ? null : outer.stanzaNs };
  if (wanted.name !== got.name || wanted.ns !== got.ns) {
    return `expected <${wanted.name}/> of ${wanted.ns}, got <${got.name}/> of ${got.ns}`;
  }
  return (
    attributesDiffer(wanted, got, captures, isStrict) ??
    textDiffers(wanted, got, captures, isStrict) ??
    (isStrict ? sequenceDiffers(wanted, got, captures, mode) : childrenDiffer(wanted, got, captures, mode))
  );
}

function attributesDiffer(wanted: XmlElement, got: XmlElement, captures: Captures, isStrict: boolean): string | null {
  for (const [name, value] of Object.entries(wanted.attrs)) {
    if (name === STRICT) continue;
    const found = got.attrs[name];
    if (found === undefined) return `<${wanted.name}/> has no ${name}`;
    if (!fits(value, found, captures)) return `${name} of <${wanted.name}/> is ${found}, not ${value}`;
  }
  if (!isStrict) return null;
  const extra = Object.keys(got.attrs).find((name) => wanted.attrs[name] === undefined);
  return extra === undefined ? null : `<${wanted.name}/> has ${extra}, which is not expected`;
}

function textDiffers(wanted: XmlElement, got: XmlElement, captures: Captures, isStrict: boolean): string | null {
  const expected = wanted.text.trim();
  if ((expected === '' && !isStrict) || fits(expected, got.text.trim(), captures)) return null;
  return `<${wanted.name}/> says ${JSON.stringify(got.text)}, not ${JSON.stringify(expected)}`;
}

/** Each expected child takes one that nobody else has taken. */
function childrenDiffer(wanted: XmlElement, got: XmlElement, captures: Captures, mode: Mode): string | null {
  const left = got.elements;
  for (const child of wanted.elements) {
    const differences = left.map((candidate) => tryMatch(child, candidate, captures, mode));
    const found = differences.indexOf(null);
    if (found < 0) return likeliest(child, left, differences) ?? `<${wanted.name}/> lacks ${serialize(child)}`;
    left.splice(found, 1);
  }
  return null;
}

/** The same children in the same order. */
function sequenceDiffers(wanted: XmlElement, got: XmlElement, captures: Captures, mode: Mode): string | null {
  const left = got.elements;
  for (const [index, child] of wanted.elements.entries()) {
    const candidate = left[index];
    const difference = candidate ? tryMatch(child, candidate, captures, mode) : `it lacks ${serialize(child)}`;
    if (difference !== null) return `in <${wanted.name}/>, which is strict: ${difference}`;
  }
  const extra = left[wanted.elements.length];
  return extra ? `<${wanted.name}/> has ${serialize(extra)}, which is not expected` : null;
}

/** Captures count only when the whole element fits. */
function tryMatch(wanted: XmlElement, got: XmlElement, captures: Captures, mode: Mode): string | null {
  const trial = new Map(captures);
  const difference = compare(wanted, got, trial, mode);
  if (difference === null) for (const [name, value] of trial) captures.set(name, value);
  return difference;
}

function likeliest(child: XmlElement, candidates: readonly XmlElement[], differences: readonly (string | null)[]) {
  const same = candidates.findIndex((candidate) => candidate.is(child.ns, child.name));
  return same < 0 ? null : (differences[same] ?? null);
}

function fits(pattern: string, text: string, captures: Captures): boolean {
  const placeholder = PLACEHOLDER.exec(pattern);
  if (!placeholder) return pattern === text;
  const names: string[] = [];
  const expression = pattern.split(/(\{scansion:(?:any|capture:[\w-]+)\})/).map((part) => {
    const kind = PLACEHOLDER.exec(part)?.[1];
    if (!kind) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(kind === 'any' ? '' : kind.slice('capture:'.length));
    return '([\\s\\S]*)';
  });
  const found = new RegExp(`^${expression.join('')}$`).exec(text);
  for (const [index, name] of names.entries()) if (found && name) captures.set(name, found[index + 1] ?? '');
  return found !== null;
}
