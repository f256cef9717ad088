/** What goes wrong, by codes that stay, with the status they have over HTTP. */
export const PROBLEMS = {
  malformed: { status: 400, message: 'The body is not what this call takes.' },
  'wrong-credentials': { status: 401, message: 'Name and password, or id and secret, do not fit.' },
  'no-token': { status: 401, message: 'Say who you are: Authorization: Bearer TOKEN. POST /token gives one.' },
  'unknown-token': { status: 401, message: 'There is no such token. POST /token gives one.' },
  'token-expired': { status: 401, message: 'The token was good for a while, and no longer is. Renew it in time.' },
  'not-allowed': { status: 403, message: 'This token does not allow that.' },
  'registration-closed': { status: 403, message: 'Only the app’s own server registers users: use its token.' },
  blocked: { status: 403, message: 'The user does not want to hear from you.' },
  'bad-host': { status: 400, message: 'A request has exactly one Host, and that is a name or an address.' },
  'not-http': { status: 400, message: 'That is no HTTP request. GET /openapi.json lists what can be asked.' },
  'head-too-long': { status: 431, message: 'The request’s line and headers are longer than 16 KiB.' },
  'no-such-app': { status: 404, message: 'There is no app of this key.' },
  'no-such-user': { status: 404, message: 'There is no user of this name.' },
  'no-such-message': { status: 404, message: 'There is no message of this id, or it is forgotten by now.' },
  'not-found': { status: 404, message: 'There is nothing at this address. GET /openapi.json lists what there is.' },
  'not-in-group': { status: 409, message: 'Join the group first, over the WebSocket.' },
  'name-taken': { status: 409, message: 'There is a user of this name already.' },
  'bad-name': { status: 422, message: 'A name is made of letters, digits, and _ . ~ + = - between them.' },
  'bad-password': { status: 422, message: 'The password is empty, too long, or has characters that none may have.' },
  'bad-file': { status: 422, message: 'Its name, type or size is not taken: see /openapi.json for what is.' },
  'too-long': { status: 413, message: 'That is longer than a message may be.' },
  'too-many': { status: 429, message: 'There is no more room for that at the moment.' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly message: string }>>;

/** Every code; clients may rely on them. */
export type ProblemCode = keyof typeof PROBLEMS;

/** A refusal. */
export class Problem extends Error {
  readonly code: ProblemCode;
  /** What exactly, where there is more to say. */
  readonly detail: string | null;

  constructor(code: ProblemCode, detail: string | null = null) {
    super(PROBLEMS[code].message);
    this.code = code;
    this.detail = detail;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  /** As it goes over the wire. */
  toJSON(): object {
    return { error: this.code, message: this.message, ...(this.detail === null ? {} : { detail: this.detail }) };
  }
}
