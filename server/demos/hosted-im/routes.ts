/** Every call of the service: who may make it, what it takes and answers. The OpenAPI document is made from this list. */
import type * as z from 'zod/mini';
import { Problem } from './problem.ts';
import * as schemas from './schemas.ts';
import type { HostedService } from './service.ts';
import type { Bearer, Token } from './tokens.ts';

/** What a call is made with. */
export interface Call {
  readonly service: HostedService;
  /** Who makes it; `null` where nobody has to say. */
  readonly token: Token | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
}

/** One call, and what carries it out. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1/apps/{app}`; parameters in braces. */
  readonly path: string;
  readonly summary: string;
  /** Whose token it takes; `maybe`: one that is given is looked at. */
  readonly who: 'maybe' | 'user' | 'app' | 'either';
  readonly body?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  /** Of status 200; none: 204. */
  readonly answer?: z.ZodMiniType;
  /** The body is the file itself. */
  readonly raw?: true;
  handle(call: Call): unknown;
}

/** All of them, in the order of the document. */
export const ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/token',
    summary: 'Gives a token: to the app’s own server, to a user, or another one for the same bearer.',
    who: 'maybe',
    body: schemas.tokenRequest,
    answer: schemas.tokenAnswer,
    handle: giveToken,
  },
  {
    method: 'GET',
    path: '/settings',
    summary: 'Who may register users.',
    who: 'app',
    answer: schemas.settings,
    handle: ({ service }) => ({ registration: service.registration }),
  },
  {
    method: 'PUT',
    path: '/settings',
    summary: 'Opens registration to everybody, or leaves it to the app’s own server.',
    who: 'app',
    body: schemas.settings,
    answer: schemas.settings,
    handle: ({ service, body }) => {
      const { registration } = valid(schemas.settings, body);
      service.registration = registration;
      return { registration };
    },
  },
  {
    method: 'POST',
    path: '/users',
    summary: 'Registers a user.',
    who: 'maybe',
    body: schemas.userRequest,
    answer: schemas.userAnswer,
    handle: async ({ service, token, body }) => {
      const { username, password } = valid(schemas.userRequest, body);
      return userForm(service, await service.register(token?.bearer ?? null, username, password));
    },
  },
  {
    method: 'GET',
    path: '/users/{user}',
    summary: 'Whether a user is there, over which protocols, and what waits.',
    who: 'either',
    answer: schemas.userAnswer,
    handle: ({ service, parameters }) => userForm(service, parameters.user ?? ''),
  },
  {
    method: 'DELETE',
    path: '/users/{user}',
    summary: 'Forgets a user, and ends its connections and tokens.',
    who: 'app',
    handle: ({ service, parameters }) => service.removeUser(parameters.user ?? ''),
  },
  {
    method: 'POST',
    path: '/messages',
    summary: 'Sends a message to a user or a group.',
    who: 'either',
    body: schemas.messageRequest,
    answer: schemas.messageAnswer,
    handle: ({ service, token, body }) => service.send(bearerOf(token), valid(schemas.messageRequest, body)),
  },
  {
    method: 'GET',
    path: '/messages',
    summary: 'What was said with a user: the newest, or what came after a message.',
    who: 'user',
    query: schemas.historyQuery,
    answer: schemas.historyAnswer,
    handle: ({ service, token, query }) => service.history(userOf(token), valid(schemas.historyQuery, query)),
  },
  {
    method: 'POST',
    path: '/receipts',
    summary: 'Tells a sender that its message has come, or has been read.',
    who: 'user',
    body: schemas.receiptRequest,
    handle: ({ service, token, body }) => {
      const { message, state } = valid(schemas.receiptRequest, body);
      service.receipt(userOf(token), message, state);
    },
  },
  {
    method: 'POST',
    path: '/files',
    summary: 'Reserves a place for a file; its octets are then PUT there.',
    who: 'user',
    body: schemas.fileRequest,
    answer: schemas.fileAnswer,
    handle: ({ service, body }) => {
      const { name, type, size } = valid(schemas.fileRequest, body);
      const place = service.chat.files.reserve({ name, type, sizeBytes: size });
      if ('refused' in place) throw new Problem('bad-file', place.refused);
      return { file: place.id, url: place.path };
    },
  },
  {
    method: 'PUT',
    path: '/files/{file}',
    summary: 'Takes the octets of a file.',
    who: 'user',
    raw: true,
    handle: ({ service, parameters, body }) => {
      const outcome = service.chat.files.put(parameters.file ?? '', Buffer.isBuffer(body) ? body : Buffer.alloc(0));
      if (outcome !== 'stored') throw new Problem('bad-file', outcome);
    },
  },
  {
    method: 'GET',
    path: '/pushes',
    summary: 'The pushes that were sent for users who were not there.',
    who: 'app',
    answer: schemas.pushes,
    handle: ({ service }) => ({ pushes: service.pushes.list() }),
  },
];

async function giveToken({ service, token, body }: Call): Promise<object> {
  const request = valid(schemas.tokenRequest, body);
  switch (request.grant_type) {
    case 'client_credentials':
      return tokenForm(service.appToken(request.client_id, request.client_secret, request.ttl));
    case 'password':
      return tokenForm(await service.userToken(request.username, request.password, request.ttl));
    case 'renew':
      if (token === null) throw new Problem('no-token');
      return tokenForm(service.renew(token, request.ttl));
  }
}

function tokenForm({ token, bearer, issuedMs, expiresMs }: Token): object {
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: Math.round((expiresMs - issuedMs) / 1000),
    scope: bearer.scope,
    user: bearer.scope === 'user' ? bearer.user : null,
  };
}

function userForm({ chat }: HostedService, user: string): object {
  if (!chat.accounts.has(user)) throw new Problem('no-such-user');
  const sessions = chat.sessionsOf(user);
  return {
    user,
    online: sessions.some(({ currentPresence }) => currentPresence !== null),
    connections: sessions.map(({ protocol, resource }) => ({ protocol, resource })),
    waiting: chat.offlineCount(user),
  };
}

function bearerOf(token: Token | null): Bearer {
  if (token === null) throw new Problem('no-token');
  return token.bearer;
}

function userOf(token: Token | null): string {
  const bearer = bearerOf(token);
  if (bearer.scope !== 'user') throw new Problem('not-allowed', 'A user’s token is wanted.');
  return bearer.user;
}

function valid<T extends z.ZodMiniType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem('malformed', issue ? `${issue.path.join('.')}: ${issue.message}` : null);
}
