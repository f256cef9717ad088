/** What a seat shows of its conversations. Pure: each change is a new list. */
import { MAX_BODY_CHARS, MAX_BODY_ROWS, MAX_LINES } from './limits.ts';
import type { SharedFile } from './speakers/speaker.ts';

/**
 * How far a message of ours has come. `unknown`: the connection broke before an acknowledgement came, and this protocol
 * has no way to send it again without its perhaps being there twice.
 */
export type Mark = 'sending' | 'sent' | 'acknowledged' | 'stored' | 'delivered' | 'read' | 'refused' | 'unknown';

/** A message, or a notice, as a seat shows it. */
export interface ChatLine {
  readonly key: string;
  readonly kind: 'message' | 'notice';
  readonly id: string | null;
  readonly from: string;
  readonly mine: boolean;
  readonly with: string;
  /** Its beginning, where it is longer than MAX_BODY_CHARS, or has more rows than MAX_BODY_ROWS. */
  readonly body: string;
  /** Characters that are left out. */
  readonly cutChars: number;
  readonly file: SharedFile | null;
  readonly atMs: number;
  /** For messages of ours. */
  readonly mark: Mark | null;
  /** Why it was refused; empty otherwise. */
  readonly problem: string;
}

type Lines = readonly ChatLine[];

/** A line more; the oldest go. */
export function withLine(lines: Lines, line: Omit<ChatLine, 'cutChars'>): Lines {
  const body = beginningOf(line.body);
  return [...lines, { ...line, body, cutChars: line.body.length - body.length }].slice(-MAX_LINES);
}

/** No more than MAX_BODY_CHARS characters, and MAX_BODY_ROWS rows. */
function beginningOf(body: string): string {
  const rows = body.slice(0, MAX_BODY_CHARS).split('\n', MAX_BODY_ROWS + 1);
  return rows.slice(0, MAX_BODY_ROWS).join('\n');
}

/** The line of this key, changed. */
export function withChange(lines: Lines, key: string, change: Partial<ChatLine>): Lines {
  return lines.map((line) => (line.key === key ? { ...line, ...change } : line));
}

/** What is read was delivered, and so was everything before it. */
export function withReceipt(lines: Lines, id: string, state: 'delivered' | 'read'): Lines {
  const at = lines.findIndex((line) => line.id === id);
  const peer = lines[at]?.with;
  return lines.map((line, index) =>
    index <= at && line.mine && line.with === peer && line.mark !== 'refused' && line.mark !== 'read'
      ? { ...line, mark: state }
      : line,
  );
}

/** The mark for what an acknowledgement says. */
export function markOf(status: string): Mark {
  if (status === 'delivered' || status === 'stored' || status === 'sent') return status;
  return 'acknowledged';
}
