/** Reads a command's options as getopt(3) does: `-lk`, `-p 80`, `-p80`, `--`, options before and between operands. */
import { ProgramError } from './errors.ts';

/** Options without (`flags`) and with (`values`) an argument, each one letter; `long` names some of them too. */
export interface OptionSpec {
  readonly flags: string;
  readonly values?: string;
  readonly long?: Readonly<Record<string, string>>;
}

/** What was read: options by their letter, and what is none. */
export interface Options {
  has(letter: string): boolean;
  /** The argument; the last where there are several. */
  value(letter: string): string | undefined;
  /** All arguments, in order. */
  values(letter: string): readonly string[];
  readonly operands: readonly string[];
}

interface Reading {
  readonly spec: OptionSpec;
  readonly given: Map<string, string[]>;
  readonly rest: string[];
}

/**
 * Reads `args`.
 * @throws ProgramError for an unknown option or a missing argument, worded as getopt words it
 */
export function readOptions(args: readonly string[], spec: OptionSpec): Options {
  const operands: string[] = [];
  const reading: Reading = { spec, given: new Map(), rest: [...args] };
  for (let word = reading.rest.shift(); word !== undefined; word = reading.rest.shift()) {
    if (word === '--') operands.push(...reading.rest.splice(0));
    else if (word.startsWith('--')) longOption(word, reading);
    else if (word.startsWith('-') && word.length > 1) letters(word.slice(1), reading);
    else operands.push(word);
  }
  const values = (letter: string): readonly string[] => reading.given.get(letter) ?? [];
  return { has: (letter) => reading.given.has(letter), value: (letter) => values(letter).at(-1), values, operands };
}

function give({ given }: Reading, letter: string, value: string): void {
  given.set(letter, [...(given.get(letter) ?? []), value]);
}

function letters(text: string, reading: Reading): void {
  const { spec, rest } = reading;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (spec.values?.includes(letter)) {
      const value = text.slice(at + 1) || rest.shift();
      if (value === undefined) throw new ProgramError(`option requires an argument -- '${letter}'`);
      give(reading, letter, value);
      return;
    }
    if (!spec.flags.includes(letter)) throw new ProgramError(`invalid option -- '${letter}'`);
    give(reading, letter, '');
  }
}

function longOption(word: string, reading: Reading): void {
  const { spec, rest } = reading;
  const [name = '', attached] = word.slice(2).split(/=(.*)/su);
  const letter = spec.long?.[name];
  if (letter === undefined) throw new ProgramError(`unrecognized option '--${name}'`);
  const takesValue = spec.values?.includes(letter) === true;
  const value = takesValue ? (attached ?? rest.shift()) : '';
  if (value === undefined) throw new ProgramError(`option '--${name}' requires an argument`);
  give(reading, letter, value);
}
