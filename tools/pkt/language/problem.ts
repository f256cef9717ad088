/** Where something stands in a script; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * What keeps a script from being run. `syntax`: it is not written in the language; `unsupported`: it asks for what this
 * runner or the stack does not have, named in the message.
 */
export class ScriptProblem extends Error {
  readonly kind: 'syntax' | 'unsupported';
  readonly place: Place;

  constructor(kind: 'syntax' | 'unsupported', place: Place, message: string) {
    super(message);
    this.name = 'ScriptProblem';
    this.kind = kind;
    this.place = place;
  }
}
