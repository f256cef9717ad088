import type { Problem } from './lesson-shape.ts';

/** What is wrong in a file that is named elsewhere. */
export type Finding = Omit<Problem, 'file'>;

/** What the lesson is checked against. */
export interface Surroundings {
  /** Ids of the demos there are. */
  readonly demos: readonly string[];
  /** Port numbers that a lesson must not write out: those that demos and page ask for. */
  readonly ports: readonly number[];
}

/** The ids of a list, in its order. */
export function ids(list: readonly { readonly id: string }[]): readonly string[] {
  return list.map(({ id }) => id);
}

/** Numbers in a text that are ports of demos or of the page. */
export function hardCoded(text: string, ports: readonly number[]): readonly string[] {
  return (text.match(/\d+/g) ?? []).filter((digits) => ports.includes(Number(digits)));
}

/** A message that names something that there is not. */
export function unknown(what: string, name: string, allowed: readonly string[]): string {
  return `there is no ${what} "${name}"; allowed: ${allowed.join(', ')}`;
}

/** Ids that occur twice. */
export function duplicates(list: readonly { readonly id: string }[]): readonly string[] {
  return ids(list).filter((id, index, all) => all.indexOf(id) !== index);
}
