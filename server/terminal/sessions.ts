import { MAX_TERMINALS } from '#protocol/limits.ts';
import type { TerminalRequest } from '#protocol/terminal-messages.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import { COMMANDS } from './commands/commands.ts';
import { systemEffects, type TerminalEffects } from './effects.ts';
import type { TerminalHost } from './host.ts';
import { createListenerTable } from './net/listener-table.ts';
import { createSession, type Session, type SessionSurroundings } from './session.ts';
import type { TerminalLink } from './session-output.ts';

export type { TerminalLink } from './session-output.ts';

/** One WebSocket's end in the terminal room. */
export interface TerminalAttachment {
  /** Takes a request that the gateway has checked against its schema. */
  receive(request: TerminalRequest): void;
  /** `bufferedBytes` of the link has fallen. */
  drained(): void;
  /** The WebSocket is closed. The terminal waits SESSION_GRACE_MS for another one. */
  lost(): void;
}

/** The terminals of one Porthole: at most MAX_TERMINALS, numbered from 1. */
export interface TerminalSessions {
  attach(link: TerminalLink): TerminalAttachment;
  /** Ends all terminals and closes whatever they have opened. */
  close(): void;
}

type OpenRequest = Extract<TerminalRequest, { type: 'open' }>;

const TOO_MANY = `${MAX_TERMINALS} terminals are open already. Close one; one whose tab was closed ends within a minute.`;

class Sessions implements TerminalSessions {
  readonly #around: SessionSurroundings;
  readonly #byId = new Map<string, Session>();
  #closed = false;

  constructor(around: SessionSurroundings) {
    this.#around = around;
  }

  attach(link: TerminalLink): TerminalAttachment {
    let session: Session | null = null;
    return {
      receive: (request) => {
        if (request.type === 'ping') {
          link.send({ type: 'pong' });
        } else if (request.type !== 'open') {
          if (session === null) refuse(link, 'not-open', 'Send `open` first.');
          else session.receive(link, request);
        } else if (session !== null) {
          refuse(link, 'already-open', 'This WebSocket has its terminal already.');
        } else {
          session = this.#open(link, request);
        }
      },
      drained: () => session?.drained(),
      lost: () => session?.lost(link),
    };
  }

  close(): void {
    this.#closed = true;
    for (const session of [...this.#byId.values()]) session.end();
  }

  #open(link: TerminalLink, request: OpenRequest): Session | null {
    if (request.version !== CONTRACT_VERSION) {
      link.send({ type: 'reload', version: CONTRACT_VERSION });
      return null;
    }
    const known = request.session === undefined ? undefined : this.#byId.get(request.session);
    const session = known ?? this.#create();
    if (session === null) refuse(link, 'too-many-terminals', TOO_MANY);
    else session.attach(link, request, known === undefined ? 0 : (request.received ?? 0));
    return session;
  }

  #create(): Session | null {
    if (this.#closed) return null;
    if (this.#byId.size >= MAX_TERMINALS) this.#endOneNobodyUses();
    const number = this.#freeNumber();
    if (number > MAX_TERMINALS) return null;
    const session = createSession(number, this.#around, () => this.#byId.delete(session.id));
    this.#byId.set(session.id, session);
    return session;
  }

  /** A terminal at its prompt whose tab is gone gives its place to a new one. */
  #endOneNobodyUses(): void {
    for (const session of this.#byId.values()) {
      if (session.isLost && session.isIdle) {
        session.end();
        return;
      }
    }
  }

  #freeNumber(): number {
    const taken = new Set(Array.from(this.#byId.values(), (session) => session.number));
    let number = 1;
    while (taken.has(number)) number += 1;
    return number;
  }
}

function refuse(link: TerminalLink, code: string, message: string): void {
  link.send({ type: 'error', code, message });
}

/**
 * The terminals of one Porthole.
 * @param effects time, names and interfaces; the system's own unless a test hands in others
 */
export function createTerminalSessions(host: TerminalHost, effects: TerminalEffects = systemEffects): TerminalSessions {
  return new Sessions({ host, effects, listeners: createListenerTable(), commands: COMMANDS });
}
