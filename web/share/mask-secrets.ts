/** Passwords and their like in a recording, replaced octet by octet with asterisks before it is shared. Pure. */
import type { Direction } from '#protocol/wire.ts';
import { type RecordedEvent, type Recording, recordedEvent } from './recording.ts';

/** A recording without the secrets that were found, and how many there were. */
export interface Masked {
  readonly recording: Recording;
  readonly secrets: number;
}

/**
 * Where secrets are told by what stands before them; the first group is the secret. HTTP fields and forms, JSON, the PASS of
 * FTP, POP3 and IRC, /login of the chat by lines, SASL in XMPP. What has no such sign can't be found, and the dialog says so.
 */
const SIGNS: readonly RegExp[] = [
  /\b(?:proxy-)?authorization:[ \t]*(?:[a-z-]+[ \t]+)?([^\r\n]+)/gi,
  /\b(?:set-)?cookie:[ \t]*([^\r\n]+)/gi,
  /["']?\b(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key)["']?[ \t]*[=:][ \t]*["']?([^\s"'&;,<>}]+)/gi,
  /^pass[ \t]+(\S+)/gim,
  /^\/login[ \t]+\S+[ \t]+(\S+)/gim,
  /<(?:auth|response|password)\b[^>]*>([^<]+)</gi,
];

/** The end of what a server says before a password is typed. */
const PROMPT = /(?:password|passphrase)[^\r\n]{0,40}[:>][ \t]*$/i;

/** A secret of fewer octets is masked where it stands, but not looked for elsewhere: it would hit ordinary words. */
const MIN_ECHOED_OCTETS = 4;

/** Secrets that are looked for in all streams. */
const MAX_ECHOED = 100;

const ASTERISK = 0x2a;

/** One direction of a conversation as a text in which a character is an octet, and whose octets they are. */
interface Stream {
  readonly text: string;
  readonly pieces: readonly { readonly from: number; readonly copy: Uint8Array }[];
}

/**
 * Masks what is found, also where it was cut into several reads, and wherever else it was repeated: an echo sends a
 * password back.
 */
export function maskSecrets(recording: Recording): Masked {
  const copies = recording.events.map(({ payload }) => payload.slice());
  const streams = streamsOf(recording.events, copies);
  const found = [...streams.flatMap(signed), ...prompted(recording.events, copies)];
  for (const { stream, from, to } of found) blacken(stream, from, to);
  const words = new Set(found.map(({ secret }) => secret).filter(({ length }) => length >= MIN_ECHOED_OCTETS));
  for (const secret of [...words].slice(0, MAX_ECHOED)) for (const stream of streams) blackenEvery(stream, secret);
  const events = recording.events.map((event, at) => withPayload(event, copies[at] ?? event.payload));
  return { recording: { ...recording, events }, secrets: found.length };
}

interface Found {
  readonly stream: Stream;
  readonly from: number;
  readonly to: number;
  readonly secret: string;
}

function streamsOf(events: readonly RecordedEvent[], copies: readonly Uint8Array[]): Stream[] {
  const parts = new Map<string, { text: string; pieces: { from: number; copy: Uint8Array }[] }>();
  for (const [at, { event }] of events.entries()) {
    const copy = copies[at];
    if (!copy || copy.length === 0) continue;
    const key = `${event.conversation} ${event.direction}`;
    const stream = parts.get(key) ?? { text: '', pieces: [] };
    stream.pieces.push({ from: stream.text.length, copy });
    stream.text += latin1(copy);
    parts.set(key, stream);
  }
  return [...parts.values()];
}

function signed(stream: Stream): Found[] {
  return SIGNS.flatMap((sign) =>
    [...stream.text.matchAll(sign)].flatMap((match) => {
      const secret = match[1] ?? '';
      const from = match.index + match[0].lastIndexOf(secret);
      return secret === '' ? [] : [{ stream, from, to: from + secret.length, secret }];
    }),
  );
}

/** The line that a client sends after a server has asked for a password. */
function prompted(events: readonly RecordedEvent[], copies: readonly Uint8Array[]): Found[] {
  const said = new Map<number, { direction: Direction | null; text: string }>();
  const found: Found[] = [];
  for (const [at, { event }] of events.entries()) {
    const copy = copies[at];
    if (!copy || copy.length === 0) continue;
    const text = latin1(copy);
    const before = said.get(event.conversation);
    const asked = before?.direction === 'to-client' && event.direction === 'to-server' && PROMPT.test(before.text);
    const secret = asked ? (/^[^\r\n]+/.exec(text)?.[0] ?? '') : '';
    if (secret !== '')
      found.push({ stream: { text, pieces: [{ from: 0, copy }] }, from: 0, to: secret.length, secret });
    said.set(event.conversation, { direction: event.direction, text });
  }
  return found;
}

function blackenEvery(stream: Stream, secret: string): void {
  for (let at = stream.text.indexOf(secret); at >= 0; at = stream.text.indexOf(secret, at + secret.length))
    blacken(stream, at, at + secret.length);
}

function blacken({ pieces }: Stream, from: number, to: number): void {
  for (const { from: begin, copy } of pieces) {
    if (begin >= to || begin + copy.length <= from) continue;
    copy.fill(ASTERISK, Math.max(0, from - begin), Math.min(copy.length, to - begin));
  }
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) text += String.fromCharCode(octet);
  return text;
}

function withPayload({ event, payload }: RecordedEvent, copy: Uint8Array): RecordedEvent {
  if (payload.length === 0) return { event, payload };
  const { preview: _old, recorded: _count, ...rest } = event;
  return recordedEvent(rest, copy);
}
