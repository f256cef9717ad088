/** The solutions in C, Python and Node: which file passes which challenge. */

/** Languages that the tests start programs of. */
const SOLUTION_LANGUAGES = ['c', 'python', 'node'] as const;
/** One of them. */
export type SolutionLanguage = (typeof SOLUTION_LANGUAGES)[number];

const SOLUTIONS = 'server/check/solutions';
const LESSON = 'lessons/11-your-own-server/code';

/** One program and the challenge that it must pass. */
export interface Solution {
  readonly challenge: string;
  readonly language: SolutionLanguage;
  /** From the repository’s root. */
  readonly file: string;
}

/** Every solution. The echo server and client are those of lesson 11. */
export const ALL_SOLUTIONS: readonly Solution[] = [
  ...inEach('echo', `${LESSON}/echo-server.c`, `${LESSON}/echo_server.py`, `${LESSON}/echo-server.js`),
  ...own('udp-echo'),
  ...own('time', { python: 'clock' }),
  ...own('lines'),
  ...inEach('crowd', `${SOLUTIONS}/c/crowd.c`, `${SOLUTIONS}/python/crowd.py`, `${LESSON}/echo-server.js`),
  ...own('half-close'),
  ...own('kv-udp'),
  ...own('chat-room'),
  ...own('length-prefix'),
  ...own('http', { python: 'http_server' }),
  ...own('chat-json'),
  ...inEach('client-echo', `${LESSON}/echo-client.c`, `${LESSON}/echo_client.py`, `${LESSON}/echo-client.js`),
  ...own('client-lines'),
  ...own('client-http'),
];

function inEach(challenge: string, c: string, python: string, node: string): readonly Solution[] {
  return [
    { challenge, language: 'c', file: c },
    { challenge, language: 'python', file: python },
    { challenge, language: 'node', file: node },
  ];
}

/** Files of the challenge’s name, in the folder of each language. */
function own(challenge: string, names: { readonly python?: string } = {}): readonly Solution[] {
  return inEach(
    challenge,
    `${SOLUTIONS}/c/${challenge}.c`,
    `${SOLUTIONS}/python/${names.python ?? challenge}.py`,
    `${SOLUTIONS}/node/${challenge}.js`,
  );
}
