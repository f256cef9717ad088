import type { Failure } from '#protocol/check.ts';
import { SENTENCES } from './sentences.ts';
import { type Facts, filled } from './words.ts';

/** Names why a stage failed; stable, so that tests and scripts may rest on it. */
export type FailureCode = keyof typeof SENTENCES;

/** A stage failed because of what the learner's program did. */
export class CheckFailure extends Error {
  readonly code: FailureCode;
  readonly facts: Facts;

  constructor(code: FailureCode, facts: Facts = {}) {
    super(filled(SENTENCES[code], facts).en);
    this.code = code;
    this.facts = facts;
  }

  /** As the report carries it. */
  get failure(): Failure {
    return { code: this.code, sentence: filled(SENTENCES[this.code], this.facts) };
  }
}

/** Silence of a client that should speak first has its own sentence; everything else stays as it is. */
export function saidNothing(error: unknown): never {
  const isSilence = error instanceof CheckFailure && error.code === 'silent';
  throw isSilence ? new CheckFailure('client-silent', error.facts) : error;
}
