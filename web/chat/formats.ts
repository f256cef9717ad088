import { MAX_BODY_CHARS } from './limits.ts';
import type { Frame, SeatState } from './seat.ts';
import type { ProtocolId } from './speakers/speaker.ts';

/** One message as it was on the wire of one protocol. */
export interface Format {
  readonly protocol: ProtocolId;
  readonly user: string;
  readonly frame: Frame;
}

/** The newest message that was said in the room, if any. */
export function newestBody(seats: readonly SeatState[]): string | null {
  const said = seats
    .flatMap(({ lines }) => lines)
    .filter(({ kind, body, with: conversation }) => kind === 'message' && body !== '' && conversation.startsWith('#'));
  return (
    said.reduce<(typeof said)[number] | null>(
      (newest, line) => (newest && newest.atMs > line.atMs ? newest : line),
      null,
    )?.body ?? null
  );
}

/** How each protocol carried that message: the newest object, line or stanza of each that has it. */
export function formatsOf(seats: readonly SeatState[], body: string): Format[] {
  const formats = new Map<ProtocolId, Format>();
  for (const { protocol, user, frames } of seats) {
    const frame = frames.findLast(({ text }) => bodyOf(protocol, text)?.slice(0, MAX_BODY_CHARS) === body);
    const known = formats.get(protocol)?.frame;
    // What was received says more than what was sent: id, time, sender.
    if (!frame || (known && known.direction === 'received')) continue;
    formats.set(protocol, { protocol, user, frame });
  }
  return [...formats.values()];
}

/** What a frame says, or `null` when it is no message. */
export function bodyOf(protocol: ProtocolId, text: string): string | null {
  switch (protocol) {
    case 'json':
      return jsonBody(text);
    case 'lines':
      return /^\* /.test(text) ? null : text.replace(/^<[^>]+> /, '').replace(/\r?\n$/, '');
    case 'xmpp':
      return xmlBody(text);
    default:
      return protocol satisfies never;
  }
}

function jsonBody(text: string): string | null {
  if (!text.startsWith('{"type":"message"')) return null;
  try {
    const { body }: { body?: unknown } = JSON.parse(text);
    return typeof body === 'string' ? body : null;
  } catch {
    return null;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function xmlBody(text: string): string | null {
  const [, body] = /^<message\b[\s\S]*?<body(?:\s[^>]*)?>([^<]*)<\/body>/.exec(text) ?? [];
  return body?.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '') ?? null;
}
