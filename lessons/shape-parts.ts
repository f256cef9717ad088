/** Shapes of which the shape of a lesson is made. */
import * as z from 'zod/mini';
import type { Check } from './checks.ts';

/** An object whose every key is known; the message lists what is allowed. */
export function known<T extends z.core.$ZodLooseShape>(shape: T) {
  const allowed = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has no ${(issue.keys as string[]).join(', ')}; allowed: ${allowed}`
        : undefined,
  });
}

/** Words. */
export const text = z.string().check(z.minLength(1, 'must not be empty'));
/** Of a step, an exercise, a demo … */
export const id = z
  .string()
  .check(z.regex(/^[a-z0-9-]{1,64}$/, 'must be made of small letters, digits and hyphens, 64 at the most'));
/** Which end, where it is said. */
export const end = z.optional(z.enum(['client', 'server']));
/** A number from 1. */
export const count = z.int().check(z.minimum(1, 'must be at least 1'));
/** A port that a lesson names. */
export const port = z.int().check(z.minimum(1), z.maximum(65_535));

/** Names a kind of check. */
export const kind = <K extends Check['kind']>(name: K) => z.literal(name);
