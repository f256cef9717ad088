import { Buffer } from 'node:buffer';
import { PREVIEW_BYTES } from '#protocol/limits.ts';
import type { Conversation, Direction, WireEvent, WireEventKind } from '#protocol/wire.ts';

/** Ports as a test's demos have them; none is a real demo's default. */
export const PORTS: Readonly<Record<string, number>> = {
  echo: 41_007,
  'chat-lines': 41_020,
  daytime: 41_013,
  page: 41_070,
};

/** Wall clock of event 0, in milliseconds. */
const BEGAN_MS = 1_000_000;

/** What may differ from an ordinary conversation of a browser's terminal with echo over IPv4. */
export type ConversationDetails = Partial<
  Pick<Conversation, 'demo' | 'transport' | 'client' | 'server' | 'terminal' | 'observer'>
>;

/** Writes down events as the journal would, so that a test reads like what happened. */
export interface WireScript {
  readonly events: readonly WireEvent[];
  readonly conversations: ReadonlyMap<number, Conversation>;
  /** All octets of events that carry any, by `seq`. */
  readonly octets: ReadonlyMap<number, Uint8Array>;
  /** `opened`; answers the conversation's id. */
  open(demo?: string, details?: ConversationDetails): number;
  /** `data` from the client. */
  say(id: number, text: string | Uint8Array): WireEvent;
  /** `data` from the server. */
  answer(id: number, text: string | Uint8Array): WireEvent;
  /** FIN from this end. */
  finish(id: number, by: 'client' | 'server'): WireEvent;
  /** FIN from `by`, then from the other end, then `closed`. */
  close(id: number, by?: 'client' | 'server'): void;
  reset(id: number, by?: 'client' | 'server'): WireEvent;
  /** A connection that never came to be. */
  fail(code?: string, details?: ConversationDetails): number;
  /** Octets that went by unrecorded. */
  skip(id: number, direction: Direction, length: number): WireEvent;
  /** Any event. */
  add(id: number, kind: WireEventKind, details?: Partial<WireEvent>): WireEvent;
}

/** An empty one. */
export function wireScript(): WireScript {
  return new Script();
}

const AWAY: Readonly<Record<'client' | 'server', Direction>> = { client: 'to-server', server: 'to-client' };

class Script implements WireScript {
  readonly events: WireEvent[] = [];
  readonly conversations = new Map<number, Conversation>();
  readonly octets = new Map<number, Uint8Array>();

  open(demo = 'echo', details: ConversationDetails = {}): number {
    const id = this.#begin({ demo, ...details });
    this.add(id, 'opened', { direction: 'to-server' });
    return id;
  }

  say(id: number, text: string | Uint8Array): WireEvent {
    return this.#carry(id, 'to-server', text);
  }

  answer(id: number, text: string | Uint8Array): WireEvent {
    return this.#carry(id, 'to-client', text);
  }

  finish(id: number, by: 'client' | 'server'): WireEvent {
    return this.add(id, 'half-closed', { direction: AWAY[by] });
  }

  close(id: number, by: 'client' | 'server' = 'client'): void {
    this.finish(id, by);
    this.finish(id, by === 'client' ? 'server' : 'client');
    this.add(id, 'closed');
  }

  reset(id: number, by: 'client' | 'server' = 'client'): WireEvent {
    return this.add(id, 'reset', { direction: AWAY[by], code: 'ECONNRESET' });
  }

  fail(code = 'ECONNREFUSED', details: ConversationDetails = {}): number {
    const server = { address: '127.0.0.1', port: 1 };
    const id = this.#begin({ demo: null, observer: 'client', server, terminal: 1, ...details });
    this.add(id, 'failed', { direction: 'to-server', code });
    return id;
  }

  skip(id: number, direction: Direction, length: number): WireEvent {
    return this.add(id, 'skipped', { direction, length, count: 1 });
  }

  add(id: number, kind: WireEventKind, details: Partial<WireEvent> = {}): WireEvent {
    const seq = this.events.length + 1;
    const event: WireEvent = {
      seq,
      conversation: id,
      kind,
      timeUs: seq * 1_000,
      wallMs: BEGAN_MS + seq,
      evidence: 'observed',
      direction: null,
      length: 0,
      recorded: 0,
      preview: '',
      evicted: false,
      count: 0,
      code: null,
      ...details,
    };
    this.events.push(event);
    return event;
  }

  #carry(id: number, direction: Direction, text: string | Uint8Array): WireEvent {
    const octets = Buffer.from(text);
    const kind = this.conversations.get(id)?.transport === 'udp' ? 'datagram' : 'data';
    const preview = octets.subarray(0, PREVIEW_BYTES).toString('base64');
    const event = this.add(id, kind, { direction, length: octets.length, recorded: octets.length, preview });
    this.octets.set(event.seq, octets);
    return event;
  }

  #begin(details: ConversationDetails): number {
    const id = this.conversations.size + 1;
    const none = { events: 0, bytes: 0 };
    this.conversations.set(id, {
      id,
      transport: 'tcp',
      demo: 'echo',
      observer: 'server',
      client: { address: '127.0.0.1', port: 50_000 + id },
      server: { address: '127.0.0.1', port: PORTS[details.demo ?? ''] ?? 41_000 },
      terminal: null,
      openedUs: 0,
      openedWallMs: BEGAN_MS,
      state: 'open',
      toServer: none,
      toClient: none,
      skipped: none,
      ...details,
    });
    return id;
  }
}
