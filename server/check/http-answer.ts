/** Reads one HTTP/1.1 response off a connection. RFC 9112 §2 and §6. */
import { CheckFailure } from './failure.ts';
import type { Peer } from './peer.ts';
import { quoted } from './quote.ts';

/** Fields that a response may have at the most. */
const MAX_FIELDS = 64;

/** The head of a response. */
export interface AnswerHead {
  readonly status: number;
  /** Values by field name in lower case. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Waits for a response’s head. Every line of it ends with \r\n. */
export async function readHead(peer: Peer): Promise<AnswerHead> {
  const first = await headLine(peer);
  const [, status] = /^HTTP\/1\.[01] (\d{3})(?: .*)?$/.exec(first) ?? [];
  if (!status) throw new CheckFailure('no-status-line', { got: quoted(first) });
  const fields = new Map<string, string>();
  for (let line = await headLine(peer); line !== ''; line = await headLine(peer)) {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (!name || fields.size >= MAX_FIELDS) throw new CheckFailure('malformed-field', { got: quoted(line) });
    fields.set(name.toLowerCase(), value ?? '');
  }
  return { status: Number(status), fields };
}

/** The length that the head says; it must say one. */
export function lengthOf({ fields }: AnswerHead): number {
  const text = fields.get('content-length');
  if (text === undefined) throw new CheckFailure('missing-field', { field: 'Content-Length' });
  if (!/^\d{1,9}$/.test(text)) throw new CheckFailure('malformed-field', { got: quoted(`Content-Length: ${text}`) });
  return Number(text);
}

async function headLine(peer: Peer): Promise<string> {
  const line = (await peer.rawLine()).toString('latin1');
  if (!line.endsWith('\r\n')) throw new CheckFailure('bare-lf', { got: quoted(line) });
  return line.slice(0, -2);
}
