/** Whether a stanza is what a script expects. */
import type { XmlElement } from '../../server/demos/xmpp/xml/element.ts';
import { serialize } from '../../server/demos/xmpp/xml/serialize.ts';

/** Namespace that the prefix `scansion` stands for in a script. */
export const SCANSION = 'https://scansion.im/';

const STRICT = `{${SCANSION}}strict`;
const PLACEHOLDER = /\{scansion:(any|capture:[\w-]+)\}/;

/** What a script has captured, by name. */
export type Captures = Map<string, string>;

/**
 * Compares; answers what differs, or `null` when nothing does. The stanza may have more attributes and elements than are
 * expected, in any order, except where `scansion:strict='true'` is said. `{scansion:any}` stands for any text, and
 * `{scansion:capture:n}` also remembers it.
 */
export function differenceOf(wanted: XmlElement, got: XmlElement, captures: Captures): string | null {
  return tryMatch(wanted, got, captures, false);
}

function compare(wanted: XmlElement, got: XmlElement, captures: Captures, strict: boolean): string | null {
  const isStrict = wanted.attrs[STRICT] === undefined ? strict : wanted.attrs[STRICT] === 'true';
  if (wanted.name !== got.name || wanted.ns !== got.ns) {
    return `expected <${wanted.name}/> of ${wanted.ns}, got <${got.name}/> of ${got.ns}`;
  }
  return (
    attributesDiffer(wanted, got, captures, isStrict) ??
    textDiffers(wanted, got, captures) ??
    childrenDiffer(wanted, got, captures, isStrict)
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

function textDiffers(wanted: XmlElement, got: XmlElement, captures: Captures): string | null {
  const expected = wanted.text.trim();
  if (expected === '' || fits(expected, got.text.trim(), captures)) return null;
  return `<${wanted.name}/> says ${JSON.stringify(got.text)}, not ${JSON.stringify(expected)}`;
}

/** Each expected child takes one that nobody else has taken. */
function childrenDiffer(wanted: XmlElement, got: XmlElement, captures: Captures, isStrict: boolean): string | null {
  const left = got.elements;
  for (const child of wanted.elements) {
    const differences = left.map((candidate) => tryMatch(child, candidate, captures, isStrict));
    const found = differences.indexOf(null);
    if (found < 0) return likeliest(child, left, differences) ?? `<${wanted.name}/> lacks ${serialize(child)}`;
    left.splice(found, 1);
  }
  const [extra] = left;
  return isStrict && extra ? `<${wanted.name}/> has ${serialize(extra)}, which is not expected` : null;
}

/** Captures count only when the whole element fits. */
function tryMatch(wanted: XmlElement, got: XmlElement, captures: Captures, strict: boolean): string | null {
  const trial = new Map(captures);
  const difference = compare(wanted, got, trial, strict);
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
