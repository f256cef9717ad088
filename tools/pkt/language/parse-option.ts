/** TCP options as scripts write them: `<mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7>`. */
import type { Cursor } from './cursor.ts';
import type { OptionSpec, OrAny } from './packet.ts';

const MAX_SEQUENCE = 0xffff_ffff;
/** IANA's numbers of options that only scripts know. */
const FAST_OPEN = 34;
const MD5 = 19;
const EXPERIMENTAL = 254;
/** The magic number of Fast Open as an experiment, RFC 7413 appendix A. */
const FAST_OPEN_MAGIC = [0xf9, 0x89];

/** Reads `<…>` after the "<"; `any` of `<...>`. */
export function parseOptions(cursor: Cursor): OrAny<readonly OptionSpec[]> {
  if (cursor.takeIf('...')) {
    cursor.take('>');
    return 'any';
  }
  if (cursor.takeIf('>')) return [];
  const options = cursor.list(() => parseOption(cursor));
  cursor.take('>', '"," or ">" after a TCP option');
  return options;
}

function parseOption(cursor: Cursor): OptionSpec {
  if (cursor.takeIf('nop')) return { kind: 'nop' };
  if (cursor.takeIf('eol')) return { kind: 'eol' };
  if (cursor.takeIf('sackOK')) return { kind: 'sackOK' };
  if (cursor.takeIf('mss')) return { kind: 'mss', octets: cursor.takeNumber('an MSS', 0, 0xffff) };
  if (cursor.takeIf('wscale')) return { kind: 'wscale', shift: cursor.takeNumber('a window scale', 0, 0xff) };
  if (cursor.takeIf('sack')) return parseSack(cursor);
  if (cursor.takeIf('TS')) return parseTimestamps(cursor);
  return parseOther(cursor);
}

function parseSack(cursor: Cursor): OptionSpec {
  const blocks = [];
  while (cursor.isKind('integer')) {
    const left = cursor.takeNumber('the left edge of a SACK block', 0, MAX_SEQUENCE);
    cursor.take(':');
    blocks.push({ left, right: cursor.takeNumber('the right edge of a SACK block', 0, MAX_SEQUENCE) });
  }
  return blocks.length === 0 ? cursor.fail('a SACK block, like 1001:2001') : { kind: 'sack', blocks };
}

function parseTimestamps(cursor: Cursor): OptionSpec {
  cursor.take('val');
  const value = numberOrAny(cursor, 'a timestamp');
  cursor.take('ecr');
  return { kind: 'TS', value, echo: numberOrAny(cursor, 'an echoed timestamp') };
}

function numberOrAny(cursor: Cursor, what: string): OrAny<number> {
  return cursor.takeIf('...') ? 'any' : cursor.takeNumber(what, 0, MAX_SEQUENCE);
}

function parseOther(cursor: Cursor): OptionSpec {
  const name = cursor.peek().text;
  if (cursor.takeIf('FO')) return { kind: 'other', name, number: FAST_OPEN, data: parseHex(cursor) };
  if (cursor.takeIf('md5')) return { kind: 'other', name, number: MD5, data: parseHex(cursor) };
  if (cursor.takeIf('FOEXP')) {
    const data = Uint8Array.of(...FAST_OPEN_MAGIC, ...parseHex(cursor));
    return { kind: 'other', name, number: EXPERIMENTAL, data };
  }
  if (cursor.isKind('word')) return cursor.refuse(`the TCP option ${name} is not supported`);
  return cursor.fail('a TCP option');
}

function parseHex(cursor: Cursor): Uint8Array {
  const { text } = cursor.peek();
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(text)) return new Uint8Array(0);
  cursor.next();
  return Uint8Array.from(text.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
}
