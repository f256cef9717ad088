/** Octets → a request, or why not. JSON: RFC 8259. https://www.rfc-editor.org/rfc/rfc8259 */
import type { ChatErrorCode } from '#protocol/chat-error-code.ts';
import { MAX_CHAT_DEPTH } from '#protocol/chat-limits.ts';
import { type ChatRequest, chatRequestSchema } from '#protocol/chat-request.ts';

/** What is wrong with what came. */
export interface BadRequest {
  readonly code: ChatErrorCode;
  /** The `id` in it, where one can be read. */
  readonly re: string | undefined;
  /** Where in the object, as `file.name`; empty when it is no matter of one member. */
  readonly where: string;
}

/** One or the other. */
export type Parsed = { readonly request: ChatRequest } | { readonly bad: BadRequest };

/** Keys that would reach an object's prototype where somebody copies members carelessly; nobody means them. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses one line or message; `null` for a blank one. Nothing is guessed: invalid UTF-8 is refused, not replaced
 * (RFC 8259 §8.1).
 */
export function parseRequest(bytes: Uint8Array): Parsed | null {
  const text = decode(bytes);
  if (text === null) return bad('not-utf8');
  if (text.trim() === '') return null;
  if (isTooDeep(text)) return bad('too-deep');
  const value = parseJson(text);
  if (value === undefined) return bad('not-json');
  if (!isObject(value)) return bad('malformed');
  if (hasForbiddenKey(value)) return bad('forbidden-key', value);
  return checked(value);
}

function checked(value: Readonly<Record<string, unknown>>): Parsed {
  const parsed = chatRequestSchema.safeParse(value);
  if (parsed.success) return { request: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue?.code === 'invalid_union') return bad(typeof value.type === 'string' ? 'unknown-type' : 'malformed', value);
  return bad('malformed', value, issue?.path.join('.') ?? '');
}

function bad(code: ChatErrorCode, value: Readonly<Record<string, unknown>> = {}, where = ''): Parsed {
  const { id } = value;
  return { bad: { code, re: typeof id === 'string' && id.length <= 128 ? id : undefined, where } };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** `undefined`, which is no JSON value, when the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Counts brackets outside strings before anything is built from them. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString && character === '\\') at += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && (character === '{' || character === '[')) depth += 1;
    else if (!inString && (character === '}' || character === ']')) depth -= 1;
    if (depth > MAX_CHAT_DEPTH) return true;
  }
  return false;
}

/** Its depth is bounded already. */
function hasForbiddenKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => FORBIDDEN_KEYS.has(key) || hasForbiddenKey(inner));
}
