/** The command line of `porthole check`. */
import type { CheckRequest, Words } from '#protocol/check.ts';
import { parseAllowed, parsePort, parseSeed } from './option-values.ts';
import { readOptions, UsageError } from './read-options.ts';

/** Language of what is printed. */
export type CheckLanguage = keyof Words;

/** What `porthole check …` asks for. */
export type CheckCommand =
  | { readonly type: 'help' }
  | { readonly type: 'list'; readonly json: boolean; readonly language: CheckLanguage }
  | {
      readonly type: 'check';
      readonly request: CheckRequest;
      readonly allow: ReadonlySet<string>;
      readonly json: boolean;
      readonly language: CheckLanguage;
    };

/** Text of `porthole check --help`. */
export const CHECK_USAGE = `porthole check: tests a server or a client that you wrote, stage by stage

Usage: porthole check CHALLENGE --port PORT [options]
       porthole check --list

  --port PORT        where your server listens; where you write the client,
                     where it is waited for (0: any port)
  --host HOST        where your server runs (default: localhost)
  --udp              the challenge of this name by UDP: check echo --udp is check udp-echo
  --seed N           the same seed sends the same octets, cut in the same places
  --allow HOST:PORT  a server on another machine that may be reached; may be repeated
  --lang en|zh       language of what is printed (default: en)
  --json             one line of JSON with the whole report, transcripts included
  --list             the challenges, with what each asks for

Exit status: 0 when every stage passed, 1 when one failed, 2 when the command is not understood.
`;

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  udp: { type: 'boolean' },
  seed: { type: 'string' },
  allow: { type: 'string', multiple: true },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  list: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the arguments after `check`. Throws a UsageError that says what is wrong. */
export function parseCheckCommand(args: readonly string[]): CheckCommand {
  const { values, positionals } = readOptions(args, OPTIONS, 'porthole check --help');
  const json = values.json ?? false;
  if (values.help) return { type: 'help' };
  const language = languageOf(values.lang);
  if (values.list) return { type: 'list', json, language };
  const [challenge, ...more] = positionals;
  if (challenge === undefined || more.length > 0)
    throw new UsageError('Name one challenge: porthole check echo --port 9000. porthole check --list shows them.');
  if (values.port === undefined && !challenge.startsWith('client-'))
    throw new UsageError(`Where does your server listen? porthole check ${challenge} --port PORT`);
  return {
    type: 'check',
    request: {
      challenge: values.udp && !challenge.startsWith('udp-') ? `udp-${challenge}` : challenge,
      host: values.host ?? 'localhost',
      port: parsePort(values.port ?? '0', '--port'),
      ...(values.seed !== undefined && { seed: parseSeed(values.seed) }),
    },
    allow: new Set((values.allow ?? []).map(parseAllowed)),
    json,
    language,
  };
}

function languageOf(text = 'en'): CheckLanguage {
  if (text === 'en') return 'en';
  if (text === 'zh' || text === 'zh-CN') return 'zh-CN';
  throw new UsageError(`--lang takes en or zh, not ${JSON.stringify(text)}`);
}
