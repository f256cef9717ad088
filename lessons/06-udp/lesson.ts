import { any, data, failed, not, opened } from '../checks.ts';
import type { CommandSet } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { run, send } from '../solve.ts';

const echo = { demo: 'echo', transport: 'udp' } as const;
const toEcho = { ...echo, direction: 'to-server' } as const;
const fromEcho = { ...echo, direction: 'to-client' } as const;
const discard = { demo: 'discard', transport: 'udp' } as const;
const WORDS = 'onetwothree';
const overTcp = { id: 'over-tcp', when: opened({ transport: 'tcp' }) };
const notEcho = { id: 'not-echo', when: opened({ otherThan: 'echo', transport: 'udp' }) };
const refused = { id: 'refused', when: failed({ transport: 'udp' }) };
/** What the ICMP message becomes: Linux and macOS say the one, Windows the other. */
const nobodyThere = any(
  failed({ transport: 'udp', code: 'ECONNREFUSED' }),
  failed({ transport: 'udp', code: 'ECONNRESET' }),
);

/** Sends datagrams: with `send` here, and with one line that sh, PowerShell and cmd take alike elsewhere. */
function sendDatagrams(demo: string, parts: string, payloads: string): CommandSet {
  const [host, port] = [`{host:${demo}/udp}`, `{${demo}/udp}`];
  const steps = [
    "const s = require('dgram').createSocket('udp4')",
    "s.on('message', (m) => console.log(m.length, String(m)))",
    `s.connect(${port}, '${host}', () => ${payloads}.forEach((p) => s.send(p)))`,
    'setTimeout(() => s.close(), 1000)',
  ];
  return { ours: `send -u ${host} ${port} ${parts}`, own: { node: `node -e "${steps.join('; ')}"` } };
}

/** Datagrams. */
export const lesson = defineLesson({
  id: 'udp',
  number: 6,
  minutes: 9,
  topic: 'udp',
  steps: [
    {
      id: 'boundaries',
      command: sendDatagrams('echo', 'one --delay 0 two --delay 0 three', "['one', 'two', 'three']"),
      check: data({ ...toEcho, text: WORDS }),
      hints: [overTcp, notEcho, refused, { id: 'other-words', when: data(toEcho) }],
      predictions: [
        {
          id: 'how-many',
          choices: {
            one: data({ ...toEcho, text: WORDS, maxPieces: 1 }),
            two: data({ ...toEcho, text: WORDS, minPieces: 2, maxPieces: 2 }),
            three: data({ ...toEcho, text: WORDS, minPieces: 3 }),
          },
        },
      ],
      solve: [send('sender', '{echo/udp}', ['one', 'two', 'three'])],
    },
    {
      id: 'empty',
      command: sendDatagrams('echo', "''", "['']"),
      check: data({ ...fromEcho, exactly: 0 }),
      hints: [overTcp, notEcho, refused, { id: 'not-empty', when: data(toEcho) }],
      solve: [send('sender-of-nothing', '{echo/udp}', [''])],
    },
    {
      id: 'unanswered',
      command: sendDatagrams('discard', 'anybody?', "['anybody?']"),
      check: data({ ...discard, direction: 'to-server' }),
      hints: [overTcp, { id: 'answered', when: data({ transport: 'udp', direction: 'to-client' }) }, refused],
      solve: [send('caller', '{discard/udp}', ['anybody?'])],
    },
    {
      id: 'nobody',
      command: { ours: 'send -u 127.0.0.1 1 anybody?', own: {} },
      check: nobodyThere,
      hints: [
        overTcp,
        { id: 'somebody', when: data({ transport: 'udp', direction: 'to-server' }) },
        { id: 'other-failure', when: failed() },
      ],
      predictions: [
        {
          id: 'what-comes',
          choices: {
            silence: not(failed({ transport: 'udp' })),
            refusal: nobodyThere,
          },
        },
      ],
      solve: [run('stranger', 'send -u 127.0.0.1 1 anybody?', 'refused')],
    },
  ],
  quiz: [
    {
      id: 'no-answer',
      choices: ['lost-out', 'lost-back', 'server-down', 'cannot-tell'],
      right: 'cannot-tell',
    },
  ],
  breakIt: [
    {
      id: 'too-long',
      command: { ours: 'send -u 127.0.0.1 {echo/udp} --fill 65508', own: {} },
      check: failed({ transport: 'udp', code: 'EMSGSIZE' }),
      hints: [
        { id: 'it-went', when: data({ ...toEcho, minBytes: 65_000 }) },
        { id: 'small', when: data(toEcho) },
      ],
      solve: [run('bragger', 'send -u 127.0.0.1 {echo/udp} --fill 65508', 'too long')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc768',
    'https://www.rfc-editor.org/rfc/rfc791#section-3.1',
    'https://www.rfc-editor.org/rfc/rfc1122#section-3.2.2.1',
    'https://www.rfc-editor.org/rfc/rfc1122#section-4.1.3.3',
    'https://www.rfc-editor.org/rfc/rfc4443#section-3.1',
    'https://www.rfc-editor.org/rfc/rfc8085#section-3.2',
    'https://www.rfc-editor.org/rfc/rfc9000#section-14',
    'https://www.rfc-editor.org/rfc/rfc863',
    'https://man7.org/linux/man-pages/man7/udp.7.html',
    'https://man7.org/linux/man-pages/man2/send.2.html',
  ],
});
