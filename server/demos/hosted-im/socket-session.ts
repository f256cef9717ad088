/** One user's WebSocket from the welcome to its end. */
import type { RawData, WebSocket } from 'ws';
import { ONLINE } from '../../chat/presence.ts';
import type { Scheduler } from '../../chat/scheduler.ts';
import type { ChatSession } from '../../chat/session.ts';
import { GroupMembership } from './group.ts';
import { MAX_GROUPS, WARN_SHARE } from './limits.ts';
import { messageForm, PROTOCOL } from './message-format.ts';
import { Problem } from './problem.ts';
import { type SocketRequest, socketRequest } from './schemas.ts';
import type { HostedService } from './service.ts';
import { CLOSE_CODES, Subscriber } from './subscriber.ts';
import type { Token } from './tokens.ts';

/** What a session needs besides its socket. */
export interface SocketSessionOptions {
  readonly service: HostedService;
  readonly scheduler: Scheduler;
  readonly nowMs: () => number;
}

/** Lives as long as its socket does. */
export class SocketSession {
  readonly #options: SocketSessionOptions;
  readonly #socket: WebSocket;
  readonly #subscriber: Subscriber;
  readonly #session: ChatSession;
  readonly #user: string;
  #token: Token;
  #callOff: (() => void)[] = [];

  /** Opens it; a refusal closes the socket. The token is a user's. */
  static open(options: SocketSessionOptions, socket: WebSocket, token: Token, user: string): void {
    const subscriber = new Subscriber(user, socket);
    const { service } = options;
    const resource = service.freeResource('socket');
    const connected = service.chat.connect({ user, resource, protocol: PROTOCOL, sink: subscriber });
    if ('refused' in connected) socket.close(CLOSE_CODES.cutOff, connected.refused);
    else new SocketSession(options, socket, subscriber, connected.session, token).#begin();
  }

  private constructor(
    options: SocketSessionOptions,
    socket: WebSocket,
    subscriber: Subscriber,
    session: ChatSession,
    token: Token,
  ) {
    this.#options = options;
    this.#socket = socket;
    this.#subscriber = subscriber;
    this.#session = session;
    this.#user = session.user;
    this.#token = token;
  }

  #begin(): void {
    const { service } = this.#options;
    service.directory.add(this.#subscriber);
    const waiting = this.#session.takeOffline();
    this.#subscriber.tell({ event: 'welcome', user: this.#user, waiting: waiting.length });
    for (const message of waiting)
      this.#subscriber.tell({ event: 'message', message: messageForm(message), delayed: true });
    this.#session.takeSignals();
    this.#session.watchPresence();
    this.#session.setPresence(ONLINE);
    this.#watchToken();
    this.#socket.on('error', () => this.#socket.terminate());
    this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on('close', () => this.#end());
  }

  #end(): void {
    for (const callOff of this.#callOff) callOff();
    this.#options.service.directory.remove(this.#subscriber);
    this.#subscriber.leaveGroups('lost');
    this.#session.close();
  }

  /** Warns in time, and ends the connection when the token is no longer good. */
  #watchToken(): void {
    for (const callOff of this.#callOff) callOff();
    const { issuedMs, expiresMs } = this.#token;
    const leftMs = expiresMs - this.#options.nowMs();
    const warnMs = (expiresMs - issuedMs) * WARN_SHARE;
    const { scheduler } = this.#options;
    this.#callOff = [
      scheduler.later(Math.max(0, leftMs - warnMs), () =>
        this.#subscriber.tell({ event: 'token-will-expire', in: Math.round(warnMs / 1000) }),
      ),
      scheduler.later(Math.max(0, leftMs), () => {
        this.#subscriber.tell({ event: 'token-expired' });
        this.#socket.close(CLOSE_CODES.unauthorised, 'token-expired');
      }),
    ];
  }

  #receive(data: RawData, isBinary: boolean): void {
    let ref: string | undefined;
    try {
      const request = parsed(data, isBinary);
      ref = request.ref;
      this.#subscriber.tell({ event: 'done', ...(ref === undefined ? {} : { ref }), ...this.#do(request) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#subscriber.tell({ event: 'error', ...(ref === undefined ? {} : { ref }), ...error.toJSON() });
    }
  }

  #do(request: SocketRequest): object {
    const { service } = this.#options;
    switch (request.action) {
      case 'send':
        return service.send({ scope: 'user', user: this.#user }, request);
      case 'receipt':
        service.receipt(this.#user, request.message, request.state);
        return {};
      case 'join':
        return this.#join(request.group);
      case 'leave':
        this.#subscriber.groups.get(request.group)?.member?.leave('quit');
        return {};
      case 'renew':
        return this.#renew(request.token);
    }
  }

  #join(group: string): object {
    const { groups } = this.#subscriber;
    if (groups.has(group)) return {};
    if (groups.size >= MAX_GROUPS) throw new Problem('too-many');
    const membership = new GroupMembership(group, this.#subscriber);
    const { resource } = this.#session;
    const entrant = { user: this.#user, resource, recipient: membership };
    const entered = this.#options.service.chat.rooms.enter(group, this.#user, entrant);
    if ('refused' in entered) throw new Problem('not-allowed', entered.refused);
    membership.joined = entered;
    groups.set(group, membership);
    return { group: entered.room.name, members: entered.room.nicks() };
  }

  #renew(token: string): object {
    const renewed = this.#options.service.tokenOf(`Bearer ${token}`);
    if (renewed.bearer.scope !== 'user' || renewed.bearer.user !== this.#user) throw new Problem('not-allowed');
    this.#token = renewed;
    this.#watchToken();
    return {};
  }
}

function parsed(data: RawData, isBinary: boolean): SocketRequest {
  if (isBinary) throw new Problem('malformed', 'Text is wanted, not binary.');
  const request = socketRequest.safeParse(jsonOf(String(data)));
  if (!request.success) throw new Problem('malformed', request.error.issues[0]?.message ?? null);
  return request.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed', 'That is no JSON.');
  }
}
