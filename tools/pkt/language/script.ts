/** A script, and how it is read: options, then events, each with a time. */
import { Cursor } from './cursor.ts';
import { type EventTime, parseEventTime, parseSeconds } from './event-time.ts';
import { type Expression, parseExpression } from './expression.ts';
import type { PacketSpec } from './packet.ts';
import { parsePacket } from './parse-packet.ts';
import { type Place, ScriptProblem } from './problem.ts';

/** `--name=value`; `value` is `null` where none is given. */
export interface ScriptOption {
  readonly place: Place;
  readonly name: string;
  readonly value: string | null;
}

/** A socket call. */
export interface CallSpec {
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly result: Expression;
  /** Name of the errno that it is expected to fail with. */
  readonly error: string | null;
  /** When a call that blocks returns, as written after `...`; `null`: it returns at once. */
  readonly endUs: number | null;
}

/** What happens. `command`: for a shell; `code`: Python. */
export type Action =
  | { readonly action: 'packet'; readonly packet: PacketSpec }
  | { readonly action: 'call'; readonly call: CallSpec }
  | { readonly action: 'command'; readonly command: string }
  | { readonly action: 'code'; readonly code: string };

/** One event: what is done or expected, and when. */
export type ScriptEvent = Action & {
  readonly place: Place;
  readonly time: EventTime;
  /** As it stands in the script, its white space folded. */
  readonly text: string;
};

/** A whole script. */
export interface Script {
  readonly options: readonly ScriptOption[];
  readonly events: readonly ScriptEvent[];
}

/** Most events of one script. */
const MAX_EVENTS = 100_000;

/** Reads a script. Throws a ScriptProblem that says where it could not be read and why. */
export function parseScript(source: string): Script {
  const cursor = new Cursor(source);
  const options: ScriptOption[] = [];
  while (cursor.isKind('option')) options.push(parseOptionLine(cursor));
  const defined = definitions(options);
  const events: ScriptEvent[] = [];
  while (!cursor.isKind('end')) {
    if (events.length >= MAX_EVENTS)
      throw new ScriptProblem('syntax', cursor.peek().place, `a script has at most ${MAX_EVENTS} events`);
    events.push(parseEvent(cursor, defined));
  }
  if (events.length === 0) throw new ScriptProblem('syntax', cursor.peek().place, 'this script has no events');
  return { options, events };
}

function parseOptionLine(cursor: Cursor): ScriptOption {
  const { place, text } = cursor.next();
  const [, name = '', value = null] = /^--(\w+)(?:=([\s\S]*))?$/.exec(text) ?? [];
  return { place, name, value: value?.replace(/^"(.*)"$/, '$1') ?? null };
}

/** `--define=NAME=value`: the word NAME stands for the value. */
function definitions(options: readonly ScriptOption[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, value } of options) {
    const [, key, meaning] = (name === 'define' && /^(\w+)=([\s\S]*)$/.exec(value ?? '')) || [];
    if (key !== undefined && meaning !== undefined) found.set(key, meaning);
  }
  return found;
}

function parseEvent(cursor: Cursor, defined: ReadonlyMap<string, string>): ScriptEvent {
  substitute(cursor, defined);
  const first = cursor.peek();
  // The commands that set up and clean up stand without a time.
  const time: EventTime = cursor.isKind('command') ? { kind: 'relative', us: 0 } : parseEventTime(cursor);
  const action = parseAction(cursor, defined);
  refuseTime(first.place, time, action);
  const end = cursor.peek().start;
  const text = cursor.source.slice(first.start, end).replace(/\/\/[^\n]*/g, '');
  return { ...action, place: first.place, time, text: text.replace(/\s+/g, ' ').trim() };
}

function substitute(cursor: Cursor, defined: ReadonlyMap<string, string>): void {
  const meaning = cursor.isKind('word') ? defined.get(cursor.peek().text) : undefined;
  if (meaning !== undefined) cursor.replace(meaning);
}

function parseAction(cursor: Cursor, defined: ReadonlyMap<string, string>): Action {
  substitute(cursor, defined);
  if (cursor.isKind('command')) return { action: 'command', command: cursor.next().text };
  if (cursor.isKind('code')) return { action: 'code', code: cursor.next().text };
  if (cursor.is('<') || cursor.is('>')) return { action: 'packet', packet: parsePacket(cursor) };
  if (cursor.is('...') || cursor.isKind('word')) return { action: 'call', call: parseCall(cursor, defined) };
  return cursor.fail('a packet (< or >), a call, a command or code');
}

function refuseTime(place: Place, time: EventTime, action: Action): void {
  const expected = action.action === 'packet' && action.packet.direction === 'out';
  if (time.kind !== 'absolute' && time.kind !== 'relative' && !expected)
    throw new ScriptProblem('syntax', place, 'only an expected packet (>) may come at any time or in a range of time');
}

function parseCall(cursor: Cursor, defined: ReadonlyMap<string, string>): CallSpec {
  const endUs = cursor.takeIf('...') ? parseSeconds(cursor) : null;
  const name = cursor.takeKind('word', 'the name of a call').text;
  cursor.take('(');
  const substituted = () => {
    substitute(cursor, defined);
    return parseExpression(cursor);
  };
  const given = cursor.is(')') ? [] : cursor.list(substituted);
  cursor.take(')', '"," or ")" after an argument');
  cursor.take('=', '"=" and the result of the call');
  const result = parseExpression(cursor);
  const error = cursor.isKind('word') ? cursor.next().text : null;
  skipNote(cursor);
  return { name, arguments: given, result, error, endUs };
}

/** What strace says in brackets, for people: `(Operation now in progress)`. */
function skipNote(cursor: Cursor): void {
  if (!cursor.takeIf('(')) return;
  while (!cursor.takeIf(')')) {
    if (cursor.isKind('end')) cursor.fail('")" after a note');
    cursor.next();
  }
}
