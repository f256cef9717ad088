/** What stands beside the lifelines: calls, reasons, states, what was ignored, what programs print. */
import type { TFunction } from 'i18next';
import type { HostId } from '../../net/link-settings.ts';
import type { PacketRecord } from '../../net/packet-record.ts';
import type { RunEvent } from '../../net/run-event.ts';
import type { Answer, Call } from '../../stack/calls.ts';

/** The lab's words in the present language. */
export type LabWords = TFunction<'lab'>;

/** How a note is drawn. */
export type NoteTone = 'because' | 'call' | 'waiting' | 'open' | 'closing' | 'idle' | 'bad' | 'output';

/** One line beside a lifeline. */
export interface Note {
  readonly host: HostId;
  readonly tone: NoteTone;
  readonly text: string;
}

const MAX_OUTPUT_CHARS = 80;

/** The note of an event; `null`: its arrow says it all. */
export function noteOf(t: LabWords, event: RunEvent, packets: readonly PacketRecord[]): Note | null {
  const { host } = event;
  switch (event.kind) {
    case 'sent': {
      const because = packets[event.packet]?.because;
      return because ? { host, tone: 'because', text: t(`because.${because.rule}`) } : null;
    }
    case 'arrived': {
      const reason = packets[event.packet]?.arrivals[event.copy]?.discarded;
      return reason ? { host, tone: 'bad', text: t('note.ignored', { reason: discardText(t, reason) }) } : null;
    }
    case 'state':
      return null;
    case 'call':
      return { host, tone: event.answer.ok ? 'call' : 'bad', text: callText(event.call, event.answer) };
    case 'notice':
      return 'error' in event.notice ? { host, tone: 'bad', text: event.notice.error } : null;
    case 'output':
      return { host, tone: event.failed ? 'bad' : 'output', text: `“${event.text.slice(0, MAX_OUTPUT_CHARS)}”` };
    case 'lost':
      return null;
  }
}

/** Why a packet was ignored, in words where there are some, else the stack's own code. */
export function discardText(t: LabWords, reason: string): string {
  return t(`discard.${reason}`, { defaultValue: reason });
}

/** A call as a C programmer would read it: `send(1460) = 1000`. */
export function callText(call: Call, answer: Answer): string {
  const result = answer.ok ? '' : ` = ${answer.error}`;
  switch (call.call) {
    case 'tcp.listen':
      return `listen(${call.port})${result}`;
    case 'tcp.accept':
      return `accept()${answer.ok && answer.peer ? ` = :${answer.peer.port}` : result}`;
    case 'tcp.connect':
      return `connect(${call.to.address}:${call.to.port})${result}`;
    case 'tcp.send':
      return `send(${call.bytes.length})${answer.ok && answer.value < call.bytes.length ? ` = ${answer.value}` : result}`;
    case 'tcp.receive':
      return `recv() = ${answer.ok ? (answer.end && answer.bytes.length === 0 ? 'FIN' : answer.bytes.length) : answer.error}`;
    case 'tcp.shutdown':
      return `shutdown()${result}`;
    case 'tcp.close':
    case 'udp.close':
      return `close()${result}`;
    case 'tcp.abort':
      return `abort()${result}`;
    case 'tcp.set':
      return `setsockopt(${Object.keys(call.options).join(', ')})${result}`;
    case 'udp.bind':
      return `bind(${call.port})${result}`;
    case 'udp.connect':
      return `connect(${call.to.address}:${call.to.port})${result}`;
    case 'udp.send':
      return `sendto(${call.bytes.length})${result}`;
    case 'ping':
      return `ping(${call.to})${result}`;
  }
}
