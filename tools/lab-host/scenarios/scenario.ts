import type { Lab } from '../lab.ts';

/** What is done in the namespace on request; options and answer go over a pipe as JSON. */
export type Scenario = (lab: Lab, options: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** A number among the options. */
export function numberIn(options: Readonly<Record<string, unknown>>, name: string, otherwise: number): number {
  const value = options[name];
  return typeof value === 'number' ? value : otherwise;
}

/** An option that must be a text. Throws a TypeError when it is none. */
export function textIn(options: Readonly<Record<string, unknown>>, name: string): string {
  const value = options[name];
  if (typeof value !== 'string') throw new TypeError(`${name} is a text`);
  return value;
}
