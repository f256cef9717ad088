import { all, any, data, inOne, not, opened } from '../checks.ts';
import { type CommandSet, talkTo } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { connect, run, send } from '../solve.ts';

const http = { demo: 'http', transport: 'tcp' } as const;
const asked = { ...http, direction: 'to-server' } as const;
const answered = { ...http, direction: 'to-client' } as const;
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'http' }) };
const silent = { id: 'no-answer', when: all(data(asked), not(data(answered))) };
const wasOk = { id: 'was-ok', when: data({ ...answered, text: 'HTTP/1.1 200 OK' }) };
const wasRefused = { id: 'was-refused', when: data({ ...answered, text: 'HTTP/1.1 4' }) };
const refused = (sentence: string) => all(data(answered), data({ ...answered, text: sentence }));
/** Between a handshake and the first frame, for clients that print both into one pipe. */
const PAUSE_MS = 500;

const HOST = 'Host: localhost\\r\\n';
const CLOSE = 'Connection: close\\r\\n';
const HELLO = `GET /hello HTTP/1.1\\r\\n${HOST}`;
const NO_HOST = 'GET /hello HTTP/1.1\\r\\n\\r\\n';
const TOO_SHORT = `POST /echo HTTP/1.1\\r\\n${HOST}Content-Length: 5\\r\\n\\r\\nhello, world\\r\\n`;
const CHUNKED = `GET /chunked?count=3&delay=300 HTTP/1.1\\r\\n${HOST}${CLOSE}\\r\\n`;
/** Longer than all chunks take; the server closes before. */
const CHUNKS_WAIT_SECONDS = 5;
const TWO = `${HELLO}\\r\\nGET /cookies HTTP/1.1\\r\\n${HOST}${CLOSE}\\r\\n`;
const UPGRADE = [
  `GET /ws HTTP/1.1\\r\\n${HOST}Upgrade: websocket\\r\\nConnection: Upgrade\\r\\n`,
  'Sec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n\\r\\n',
].join('');
/** A text frame of five octets, masked with zeros so that it can be read: RFC 6455 §5.2. */
const FRAME = [0x81, 0x85, 0, 0, 0, 0, ...'hello'].map((part) =>
  typeof part === 'string' ? part.charCodeAt(0) : part,
);
const BOTH_LENGTHS = `POST /echo HTTP/1.1\\r\\n${HOST}Content-Length: 6\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\nGET /hello HTTP/1.1\\r\\n`;

/**
 * One write of these octets, in the escapes that `send`, a POSIX shell and Node share; the server closes.
 * @param waitSeconds for the end of the answer, where that takes longer than `send` waits by itself
 */
function write(octets: string, waitSeconds?: number): CommandSet {
  return {
    ours: `send ${waitSeconds === undefined ? '' : `-w ${waitSeconds} `}{host:http} {http} '${octets}'`,
    own: {
      nc: `printf '${octets}' | nc {host:http} {http}`,
      ncat: `printf '${octets}' | ncat {host:http} {http}`,
      socat: `printf '${octets}' | socat -t 5 - TCP:{host:http}:{http}`,
      node: `node -e "const s=require('net').connect({http},'{host:http}');s.pipe(process.stdout);s.write('${octets}')"`,
    },
  };
}

/** Octets as they go over the wire, of a text with escapes. */
function octetsOf(text: string): string {
  return text.replaceAll('\\r', '\r').replaceAll('\\n', '\n');
}

/** HTTP by hand. */
export const lesson = defineLesson({
  id: 'http-by-hand',
  number: 10,
  minutes: 12,
  topic: 'http',
  steps: [
    {
      id: 'connect',
      command: talkTo('http'),
      check: opened(http),
      hints: [anotherDemo],
      solve: [connect('typist', '{http}')],
    },
    {
      id: 'request',
      check: inOne(data({ ...asked, text: 'GET /hello HTTP/1.1\r\n' }), data({ ...answered, text: 'HTTP/1.1 200 OK' })),
      hints: [anotherDemo, wasRefused, silent, { id: 'another-page', when: wasOk.when }],
      solve: [send('writer', '{http}', [octetsOf(`${HELLO}${CLOSE}\\r\\n`)])],
    },
    {
      id: 'no-host',
      command: write(NO_HOST),
      check: refused('There is no Host field'),
      hints: [anotherDemo, wasOk, wasRefused],
      solve: [send('hostless', '{http}', [octetsOf(NO_HOST)])],
    },
    {
      id: 'too-short',
      command: write(TOO_SHORT),
      check: inOne(data({ ...answered, text: 'HTTP/1.1 200 OK' }), data({ ...answered, text: 'HTTP/1.1 400' })),
      hints: [anotherDemo, wasOk, silent],
      predictions: [
        {
          id: 'the-rest',
          choices: {
            'whole-body': data({ ...answered, text: '\r\n\r\nhello, world' }),
            ignored: not(data({ ...answered, text: 'HTTP/1.1 400' })),
            'next-request': data({ ...answered, text: 'HTTP/1.1 400' }),
          },
        },
      ],
      solve: [send('miscounter', '{http}', [octetsOf(TOO_SHORT)])],
    },
    {
      id: 'chunks',
      command: write(CHUNKED, CHUNKS_WAIT_SECONDS),
      check: data({ ...answered, text: 'chunk 3 of 3.\n\r\n0\r\n\r\n' }),
      hints: [anotherDemo, wasRefused, silent, { id: 'other-answer', when: wasOk.when }],
      solve: [send('patient', '{http}', [octetsOf(CHUNKED.replace('delay=300', 'delay=30'))])],
    },
    {
      id: 'two-in-one',
      command: write(TWO),
      check: inOne(
        data({ ...asked, text: '\r\n\r\nGET /cookies', maxPieces: 1 }),
        data({ ...answered, text: 'This is visit' }),
      ),
      hints: [
        anotherDemo,
        { id: 'one-by-one', when: data({ ...asked, text: '\r\n\r\nGET /cookies', minPieces: 2 }) },
        wasRefused,
      ],
      solve: [send('doubler', '{http}', [octetsOf(TWO)])],
    },
    {
      id: 'upgrade',
      command: {
        ours: `send {host:http} {http} '${UPGRADE}' --delay ${PAUSE_MS} '\\x81\\x85\\x00\\x00\\x00\\x00hello'`,
        own: {
          nc: `(${printed()}; sleep 1) | nc {host:http} {http}`,
          ncat: `(${printed()}; sleep 1) | ncat {host:http} {http}`,
          socat: `(${printed()}; sleep 1) | socat - TCP:{host:http}:{http}`,
          node: `node -e "const s=require('net').connect({http},'{host:http}');s.pipe(process.stdout);s.write('${UPGRADE}');setTimeout(()=>s.end(Buffer.from('${hex(FRAME)}','hex')),${PAUSE_MS})"`,
        },
      },
      check: inOne(
        data({ ...answered, text: 'HTTP/1.1 101 Switching Protocols' }),
        data({ ...answered, text: '\u0005hello' }),
      ),
      hints: [
        anotherDemo,
        wasRefused,
        { id: 'no-frame', when: data({ ...answered, text: 'HTTP/1.1 101 Switching Protocols' }) },
      ],
      solve: [send('switcher', '{http}', [octetsOf(UPGRADE), FRAME], PAUSE_MS)],
    },
  ],
  quiz: [
    {
      id: 'half-a-body',
      choices: ['waits', 'refuses', 'takes-it', 'pads'],
      right: 'waits',
    },
  ],
  breakIt: [
    {
      id: 'two-lengths',
      command: write(BOTH_LENGTHS),
      check: refused('request smuggling'),
      hints: [{ id: 'one-length', when: any(wasOk.when, wasRefused.when) }],
      solve: [run('smuggler', `send {host:http} {http} '${BOTH_LENGTHS}'`, 'received')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc854',
    'https://www.rfc-editor.org/rfc/rfc9112#section-2.1',
    'https://www.rfc-editor.org/rfc/rfc9112#section-3.2',
    'https://www.rfc-editor.org/rfc/rfc9112#section-6.3',
    'https://www.rfc-editor.org/rfc/rfc9112#section-7.1',
    'https://www.rfc-editor.org/rfc/rfc9112#section-9.3',
    'https://www.rfc-editor.org/rfc/rfc9112#section-11.2',
    'https://www.rfc-editor.org/rfc/rfc9110#section-15',
    'https://www.rfc-editor.org/rfc/rfc6455#section-1.3',
    'https://www.rfc-editor.org/rfc/rfc6455#section-5.2',
  ],
});

/** The handshake, a pause, and the frame, for a POSIX shell. */
function printed(): string {
  return `printf '${UPGRADE}'; sleep 1; printf '\\201\\205\\000\\000\\000\\000hello'`;
}

function hex(octets: readonly number[]): string {
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join('');
}
