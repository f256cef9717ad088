import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** A command line that can't be understood; the message says what to do. */
export class UsageError extends Error {
  readonly code = 'usage';
}

/**
 * Reads options and what stands between them. Throws a UsageError that names the option which is wrong, and `help`, the
 * command that lists them.
 */
export function readOptions<T extends Options>(
  args: readonly string[],
  options: T,
  help: string,
): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>> {
  const given = { args: [...args], options };
  // Node's own sentences are about programming.
  for (const token of parseArgs({ ...given, allowPositionals: true, strict: false, tokens: true }).tokens) {
    const wrong = token.kind === 'option' ? whatIsWrong(token, options[token.name]?.type) : null;
    if (wrong !== null) throw new UsageError(`${wrong}.\n${help} lists the options.`);
  }
  return parseArgs({ ...given, allowPositionals: true, strict: true });
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function whatIsWrong({ rawName, value, inlineValue }: OptionToken, type: 'string' | 'boolean' | undefined) {
  if (type === undefined) return `There is no option ${rawName}`;
  if (type === 'boolean') return value === undefined ? null : `${rawName} takes no value`;
  if (value === undefined) return `${rawName} takes a value`;
  return value.startsWith('-') && !inlineValue ? `${rawName} takes a value, and ${value} looks like an option` : null;
}
