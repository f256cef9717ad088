/** What the C library says for an errno or resolver code, so that our messages read like the real tools'. */
const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EAI_AGAIN: 'Temporary failure in name resolution',
  ECONNABORTED: 'Software caused connection abort',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EHOSTUNREACH: 'No route to host',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  EMSGSIZE: 'Message too long',
  ENETUNREACH: 'Network is unreachable',
  ENOBUFS: 'No buffer space available',
  ENODATA: 'No address associated with hostname',
  ENOTFOUND: 'Name or service not known',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  ETIMEDOUT: 'Connection timed out',
};

/** The errno name or other code of an error, `EUNKNOWN` where it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'EUNKNOWN';
}

/** The sentence for a code, e.g. `Connection refused`; the code itself where none is known. */
export function sentenceOf(code: string): string {
  return SENTENCES[code] ?? code;
}

/** The program was interrupted (Ctrl-C, the terminal went away) while it waited. */
export class Interrupted extends Error {
  readonly code = 'interrupted';
  constructor() {
    super('interrupted');
  }
}

/** A program cannot go on: `message` is for the learner (without the program's name), `exitCode` for `$?`. */
export class ProgramError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1, cause?: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}
