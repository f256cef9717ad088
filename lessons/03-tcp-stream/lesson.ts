import { any, data, inOne, not, opened } from '../checks.ts';
import { type CommandSet, nodeClient } from '../commands.ts';
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
/** What `send` waits before a piece unless it is told otherwise. */
const PAUSE_MS = 200;
const LONG_PAUSE_MS = 500;
const SOLVE_PAUSE_MS = 100;

/** A piece of a stream as `send`, a POSIX shell and Node write it. */
interface Piece {
  readonly ours: string;
  readonly shell: string;
  readonly node: string;
}

/** A piece of text; its escapes are the same in all three. */
function text(piece: string): Piece {
  return { ours: /^\w+$/.test(piece) ? piece : `'${piece}'`, shell: `printf '${piece}'`, node: `'${piece}'` };
}

/**
 * Sends pieces one by one, with a pause before each but the first. In the learner's own terminal the pause is never short: other
 * clients start slowly, and what is printed before they read is joined in the pipe.
 */
function sendPieces(demo: string, pieces: readonly Piece[], pauseMs: number): CommandSet {
  const [host, port] = [`{host:${demo}}`, `{${demo}}`];
  const parts = pieces.map(({ ours }) => ours).join(pauseMs === PAUSE_MS ? ' ' : ` --delay ${pauseMs} `);
  const ownPauseMs = pauseMs === 0 ? 0 : LONG_PAUSE_MS;
  const printed = shellScript(pieces, ownPauseMs);
  const nodePieces = pieces.map(({ node }) => node);
  return {
    ours: `send ${host} ${port} ${parts}`,
    own: {
      nc: `(${printed}) | nc ${host} ${port}`,
      socat: `(${printed}) | socat - TCP:${host}:${port}`,
      node: nodeClient(host, port, { pieces: nodePieces, pauseMs: ownPauseMs, leave: 'end', stayMs: 1_000 }),
    },
  };
}

function shellScript(pieces: readonly Piece[], pauseMs: number): string {
  const printed = pieces.map(({ shell }) => shell);
  return pauseMs === 0 ? printed.join('; ') : `sleep 1; ${printed.join(`; sleep ${pauseMs / 1_000}; `)}`;
}

const WORD_PIECES = [text('one'), text('two'), text('three')];
const CHARACTER_PIECES: readonly Piece[] = [
  { ours: '0xe4 bd', shell: "printf '\\344\\275'", node: 'Buffer.from([0xe4, 0xbd])' },
  { ours: '0xa0', shell: "printf '\\240'", node: 'Buffer.from([0xa0])' },
];
const LINE_PIECES = [text('an'), text('na\\n/who\\n/qu'), text('it\\n')];
const ENDLESS_PIECES: readonly Piece[] = [
  text('anna\\n'),
  { ours: '--fill 5000', shell: "printf '%05000d' 0", node: "'x'.repeat(5000)" },
];

/** Bytes, not messages. */
export const lesson = defineLesson({
  id: 'tcp-stream',
  number: 3,
  minutes: 10,
  topic: 'tcp',
  steps: [
    {
      id: 'three-writes',
      command: sendPieces('echo', WORD_PIECES, 0),
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
      command: sendPieces('echo', WORD_PIECES, PAUSE_MS),
      check: data({ ...toEcho, text: WORDS, minPieces: 3 }),
      hints: [{ id: 'joined', when: data({ ...toEcho, text: WORDS, maxPieces: 2 }) }, anotherDemo, overUdp, otherWords],
      solve: [send('slow-writer', '{echo}', ['one', 'two', 'three'], SOLVE_PAUSE_MS)],
    },
    {
      id: 'cut-character',
      command: sendPieces('echo', CHARACTER_PIECES, LONG_PAUSE_MS),
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
      command: sendPieces('chat-lines', LINE_PIECES, PAUSE_MS),
      check: inOne(
        any(data({ ...toChat, text: 'anna', minPieces: 2 }), data({ ...toChat, text: '/quit', minPieces: 2 })),
        data({ ...fromChat, text: 'You are ' }),
        data({ ...fromChat, text: 'Goodbye' }),
      ),
      hints: [
        { id: 'echo-again', when: opened(echo) },
        {
          id: 'whole-lines',
          when: inOne(data({ ...toChat, text: '/quit' }), not(data({ ...toChat, text: '/quit', minPieces: 2 }))),
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
      command: sendPieces('chat-lines', ENDLESS_PIECES, PAUSE_MS),
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
