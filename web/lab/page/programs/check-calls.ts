/** A program can change every object of its worker, so what comes out of one is looked at before it is believed. */
import { MAX_CALLS_A_TURN, MAX_PENDING_WRITE_BYTES, MAX_PRINT_CHARS } from '../../net/programs/limits.ts';
import type { ProgramCall } from '../../net/programs/turn.ts';

type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value);
const isPort: Check = (value) => isNumber(value) && Number(value) >= 0 && Number(value) <= 65_535;
const isFlag: Check = (value) => typeof value === 'boolean';
const isBytes: Check = (value) => value instanceof Uint8Array;
const isTime: Check = (value) => typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
const isLine: Check = (value) => value === null || (isNumber(value) && Number(value) > 0);
const isHost: Check = (value) => value === null || (typeof value === 'string' && value.length <= 255);
/** A cut line has a sign behind it that it was cut. */
const isText: Check = (value) => typeof value === 'string' && value.length <= MAX_PRINT_CHARS + 100;

const SOCKET = { socket: isNumber };

/** The fields of every call; the compiler sees that none is missing. */
const FIELDS: { readonly [Name in ProgramCall['call']]: Readonly<Record<string, Check>> } = {
  listen: { ...SOCKET, port: isPort, backlog: isNumber },
  connect: { ...SOCKET, port: isPort, host: isHost },
  write: { ...SOCKET, bytes: isBytes },
  end: SOCKET,
  close: SOCKET,
  reset: SOCKET,
  pause: SOCKET,
  resume: SOCKET,
  'no-delay': { ...SOCKET, on: isFlag },
  'keep-alive': { ...SOCKET, on: isFlag, idleMs: isTime },
  bind: { ...SOCKET, port: isPort },
  send: { ...SOCKET, bytes: isBytes, port: isPort, host: isHost },
  'set-timer': { timer: isNumber, afterMs: isTime },
  'clear-timer': { timer: isNumber },
  print: { text: isText },
  fail: { text: isText, line: isLine },
};

/** The calls of a message from a program's worker; `null` where it is anything else, or more than a turn may hold. */
export function checkedCalls(message: unknown): readonly ProgramCall[] | null {
  const calls: unknown = Object(message).calls;
  if (!Array.isArray(calls) || calls.length > MAX_CALLS_A_TURN) return null;
  let bytes = 0;
  for (const call of calls) {
    if (!isCall(call)) return null;
    if ('bytes' in call) bytes += call.bytes.length;
  }
  return bytes <= MAX_PENDING_WRITE_BYTES ? calls : null;
}

function isCall(value: unknown): value is ProgramCall {
  const call = Object(value);
  if (typeof call.call !== 'string' || !Object.hasOwn(FIELDS, call.call)) return false;
  const fields: Readonly<Record<string, Check>> = Reflect.get(FIELDS, call.call);
  return Object.entries(fields).every(([name, check]) => check(call[name]));
}
