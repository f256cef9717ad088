/** Arguments and results of socket calls. */
import type { Cursor } from './cursor.ts';
import type { Place } from './problem.ts';

/** One field of `{…}`; `name` is `null` where only a value stands, `count` is what stands in `msg_iov(1)=`. */
export interface Field {
  readonly name: string | null;
  readonly count: Expression | null;
  readonly value: Expression;
}

/** An argument or a result. */
export type Expression = { readonly place: Place } & (
  | { readonly kind: 'any' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly name: string }
  /** `open`: only its beginning is said, `"HTTP"...`. */
  | { readonly kind: 'text'; readonly text: string; readonly open: boolean }
  | { readonly kind: 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
);

/** Reads one expression. */
export function parseExpression(cursor: Cursor): Expression {
  const place = cursor.peek().place;
  let left = parseTerm(cursor);
  while (cursor.takeIf('|')) left = { place, kind: 'or', left, right: parseTerm(cursor) };
  return left;
}

function parseTerm(cursor: Cursor): Expression {
  const { place, kind, text } = cursor.peek();
  if (cursor.takeIf('...')) return { place, kind: 'any' };
  if (cursor.takeIf('[')) return { place, kind: 'list', items: parseItems(cursor, ']') };
  if (cursor.takeIf('{')) return { place, kind: 'fields', fields: parseFields(cursor) };
  if (kind === 'integer' || kind === 'hex' || kind === 'float') {
    cursor.next();
    return { place, kind: 'number', value: Number(text) };
  }
  if (kind === 'string') return parseText(cursor, place);
  if (kind === 'word') return parseWord(cursor, place);
  return cursor.fail('a value');
}

/** Strings side by side are one. */
function parseText(cursor: Cursor, place: Place): Expression {
  let text = '';
  while (cursor.isKind('string')) text += cursor.next().text;
  return { place, kind: 'text', text, open: cursor.takeIf('...') };
}

function parseWord(cursor: Cursor, place: Place): Expression {
  const name = cursor.next().text;
  if (!cursor.takeIf('(')) return { place, kind: 'word', name };
  return { place, kind: 'call', name, arguments: parseItems(cursor, ')') };
}

function parseItems(cursor: Cursor, close: ']' | ')'): readonly Expression[] {
  if (cursor.takeIf(close)) return [];
  const items = cursor.list(() => parseExpression(cursor));
  cursor.take(close);
  return items;
}

function parseFields(cursor: Cursor): readonly Field[] {
  if (cursor.takeIf('}')) return [];
  const fields = cursor.list(() => parseField(cursor));
  cursor.take('}');
  return fields;
}

function parseField(cursor: Cursor): Field {
  const value = parseExpression(cursor);
  if (!cursor.takeIf('=')) return { name: null, count: null, value };
  if (value.kind === 'word') return { name: value.name, count: null, value: parseExpression(cursor) };
  if (value.kind === 'call')
    return { name: value.name, count: value.arguments[0] ?? null, value: parseExpression(cursor) };
  return cursor.fail('the name of a field before "="');
}

/** The value of a named field; `null` when it is not there. */
export function fieldOf(fields: readonly Field[], name: string): Expression | null {
  return fields.find((each) => each.name === name)?.value ?? null;
}
