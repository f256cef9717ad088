import { all, any, data, not, opened } from '../checks.ts';
import type { CommandSet } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { run, send } from '../solve.ts';

const echo = { demo: 'echo', transport: 'tcp' } as const;
const toEcho = { ...echo, direction: 'to-server' } as const;
const toChat = { demo: 'chat-lines', direction: 'to-server' } as const;
const fromChat = { demo: 'chat-lines', direction: 'to-client' } as const;
const WORDS = 'onetwothree';
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'echo' }) };
const overUdp = { id: 'over-udp', when: opened({ demo: 'echo', transport: 'udp' }) };
const otherWords = { id: 'other-words', when: data(toEcho) };
const PAUSE_MS = 200;
/** A pause longer than two writes of a test are ever joined over. */
const SOLVE_PAUSE_MS = 100;

/** Sends pieces one by one: with `send` here, and with one line that sh, PowerShell and cmd take alike elsewhere. */
function sendPieces(demo: string, parts: string, pieces: readonly string[], pauseMs: number): CommandSet {
  const end = pauseMs * pieces.length + 1_000;
  const steps = [
    `const s=require('net').connect({${demo}},'{host:${demo}}')`,
    's.setNoDelay()',
    's.pipe(process.stdout)',
    `[${pieces.join(',')}].forEach((p,i)=>setTimeout(()=>s.write(p),i*${pauseMs}))`,
    `setTimeout(()=>s.end(),${end})`,
  ];
  return { ours: `send {host:${demo}} {${demo}} ${parts}`, own: { node: `node -e "${steps.join(';')}"` } };
}

/** Bytes, not messages. */
export const lesson = defineLesson({
  id: 'tcp-stream',
  number: 3,
  minutes: 10,
  topic: 'tcp',
  steps: [
    {
      id: 'three-writes',
      command: sendPieces('echo', 'one --delay 0 two --delay 0 three', ["'one'", "'two'", "'three'"], 0),
      check: data({ ...toEcho, text: WORDS }),
      hints: [anotherDemo, overUdp, otherWords],
      predictions: [
        {
          id: 'how-many',
          choices: {
            three: data({ ...toEcho, text: WORDS, minPieces: 3 }),
            two: data({ ...toEcho, text: WORDS, minPieces: 2, maxPieces: 2 }),
            one: data({ ...toEcho, text: WORDS, maxPieces: 1 }),
          },
        },
      ],
      solve: [send('writer', '{echo}', ['one', 'two', 'three'])],
    },
    {
      id: 'with-pauses',
      command: sendPieces('echo', 'one two three', ["'one'", "'two'", "'three'"], PAUSE_MS),
      check: data({ ...toEcho, text: WORDS, minPieces: 3 }),
      hints: [{ id: 'joined', when: data({ ...toEcho, text: WORDS, maxPieces: 2 }) }, anotherDemo, overUdp, otherWords],
      solve: [send('slow-writer', '{echo}', ['one', 'two', 'three'], SOLVE_PAUSE_MS)],
    },
    {
      id: 'cut-character',
      command: sendPieces('echo', '0xe4 bd --delay 500 0xa0', ['Buffer.from([0xe4,0xbd])', 'Buffer.from([0xa0])'], 500),
      check: data({ ...toEcho, cutCharacter: true }),
      hints: [
        { id: 'whole-character', when: data({ ...toEcho, text: '你', maxPieces: 1 }) },
        anotherDemo,
        overUdp,
        { id: 'no-cut', when: data(toEcho) },
      ],
      solve: [send('cutter', '{echo}', [[0xe4, 0xbd], [0xa0]], SOLVE_PAUSE_MS)],
    },
    {
      id: 'who-keeps',
      command: sendPieces(
        'chat-lines',
        "'an' 'na\\n/who\\n/qu' 'it\\n'",
        ["'an'", "'na\\n/who\\n/qu'", "'it\\n'"],
        PAUSE_MS,
      ),
      check: all(
        any(data({ ...toChat, text: 'anna', minPieces: 2 }), data({ ...toChat, text: '/quit', minPieces: 2 })),
        data({ ...fromChat, text: 'You are ' }),
        data({ ...fromChat, text: 'Goodbye' }),
      ),
      hints: [
        { id: 'echo-again', when: opened(echo) },
        {
          id: 'whole-lines',
          when: all(data({ ...toChat, text: '/quit' }), not(data({ ...toChat, text: '/quit', minPieces: 2 }))),
        },
        { id: 'nick-taken', when: data({ ...fromChat, text: 'already. Try another nick' }) },
      ],
      solve: [send('anna', '{chat-lines}', ['an', 'na\n/who\n/qu', 'it\n'], SOLVE_PAUSE_MS)],
    },
  ],
  quiz: [
    {
      id: 'parse',
      choices: ['some-day', 'one-each', 'order', 'no-delay'],
      right: 'some-day',
    },
  ],
  breakIt: [
    {
      id: 'endless-line',
      command: sendPieces('chat-lines', "'anna\\n' --fill 5000", ["'anna\\n'", "'x'.repeat(5000)"], PAUSE_MS),
      check: data({ ...fromChat, text: 'longer than' }),
      hints: [{ id: 'nick-taken-too', when: data({ ...fromChat, text: 'already. Try another nick' }) }],
      solve: [run('talker', "send {host:chat-lines} {chat-lines} 'anna\\n' --fill 5000", 'longer than')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc9293#section-2.2',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.4',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.7.4',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.9.1.2',
    'https://www.rfc-editor.org/rfc/rfc3629#section-3',
    'https://man7.org/linux/man-pages/man2/recv.2.html',
    'https://man7.org/linux/man-pages/man7/tcp.7.html',
  ],
});
