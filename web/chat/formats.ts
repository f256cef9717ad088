import type { Frame, SeatState } from './seat-state.ts';
import type { ProtocolId } from './speakers/speaker.ts';
import type { ChatLine } from './transcript.ts';

/** One message as it was on the wire of one protocol. */
export interface Format {
  readonly protocol: ProtocolId;
  readonly user: string;
  readonly frame: Frame;
}

/** By what a message is known in every protocol: its words, or the id of the file that it is. */
export type Needle = { readonly body: string; readonly isCut: boolean } | { readonly fileId: string };

/** The newest message that was said in the room, if any. */
export function newestSaid(seats: readonly SeatState[]): Needle | null {
  const said = seats
    .flatMap(({ lines }) => lines)
    .filter(({ kind, with: conversation }) => kind === 'message' && conversation.startsWith('#'));
  const newest = said.reduce<ChatLine | null>((best, line) => (best && best.atMs > line.atMs ? best : line), null);
  if (!newest) return null;
  const fileId = FILE_ID.exec(newest.file?.path ?? newest.body)?.[1];
  return fileId === undefined ? { body: newest.body, isCut: newest.cutChars > 0 } : { fileId };
}

/** How each protocol carried that message: the newest object, line or stanza of each that has it. */
export function formatsOf(seats: readonly SeatState[], needle: Needle): Format[] {
  const formats = new Map<ProtocolId, Format>();
  for (const { protocol, user, frames } of seats) {
    const frame = frames.findLast(({ text }) => isIn(protocol, text, needle));
    const known = formats.get(protocol)?.frame;
    // What was received says more than what was sent: id, time, sender.
    if (!frame || (known && known.direction === 'received')) continue;
    formats.set(protocol, { protocol, user, frame });
  }
  return [...formats.values()];
}

/** The id in the address of a file of the chat; by lines that address is all there is. */
const FILE_ID = /\/api\/files\/([\w-]+)\//;

function isIn(protocol: ProtocolId, text: string, needle: Needle): boolean {
  const body = bodyOf(protocol, text);
  if (body === null) return false;
  if ('fileId' in needle) return text.includes(needle.fileId);
  return needle.isCut ? body.startsWith(needle.body) : body === needle.body;
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
