import { all, data, inOne, not, opened } from '../checks.ts';
import { type CommandSet, sendTexts } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { run, send } from '../solve.ts';

const toLines = { demo: 'chat-lines', direction: 'to-server' } as const;
const fromLines = { demo: 'chat-lines', direction: 'to-client' } as const;
const toJson = { demo: 'chat-json', direction: 'to-server' } as const;
const fromJson = { demo: 'chat-json', direction: 'to-client' } as const;
const toHttp = { demo: 'http', direction: 'to-server' } as const;
const fromHttp = { demo: 'http', direction: 'to-client' } as const;
const toXmpp = { demo: 'xmpp', direction: 'to-server' } as const;
const fromXmpp = { demo: 'xmpp', direction: 'to-client' } as const;
const nickTaken = data({ ...fromLines, text: 'already. Try another nick' });

/** Two objects and a half, cut where no object ends. */
const OBJECTS = ['{"type":"ping","id":"a"}\\n{"type":"pi', 'ng","id":"b"}\\n{"type":"ping","id":"c"}'];
/** A body of 15 octets that looks like a request of its own, and a second request right behind it. */
const REQUESTS = [
  'POST /echo HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 15\\r\\n\\r\\nGET /trap\\r\\n\\r\\nhi',
  'GET /hello HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n',
];
const STREAM = [
  '<stream:stream to="localhost" version="1.0" xmlns="jabber:client"',
  ' xmlns:stream="http://etherx.jabber.org/streams"',
  '>',
];

/** Octets of a line that no bound of the demo takes. */
const ENDLESS_BYTES = 66_000;

/** Texts as they are sent: the escapes of the commands made into what they mean. */
function unescaped(texts: readonly string[]): string[] {
  return texts.map((text) => text.replaceAll('\\r', '\r').replaceAll('\\n', '\n'));
}

function endlessObject(): CommandSet {
  const [host, port] = ['{host:chat-json}', '{chat-json}'];
  const connect = `const s = require('net').connect(${port}, '${host}')`;
  const write = `s.write('{\\x22type\\x22:\\x22' + 'x'.repeat(${ENDLESS_BYTES}))`;
  return {
    ours: `send ${host} ${port} '{"type":"' --fill ${ENDLESS_BYTES}`,
    own: {
      nc: `(printf '{"type":"'; printf '%0${ENDLESS_BYTES}d' 0; sleep 1) | nc ${host} ${port}`,
      node: `node -e "${connect}; s.pipe(process.stdout); ${write}; setTimeout(() => s.destroy(), 1000)"`,
    },
  };
}

/** Where a message ends. */
export const lesson = defineLesson({
  id: 'framing',
  number: 12,
  minutes: 10,
  topic: 'programs',
  steps: [
    {
      id: 'a-line',
      command: sendTexts('chat-lines', ['fay\\nhello, all\\n', '/quit\\n']),
      // Not the line feed with it: telnet ends its lines in two octets, and the chat takes both.
      check: inOne(data({ ...toLines, text: 'hello, all' }), data({ ...fromLines, text: 'Goodbye' })),
      hints: [
        { id: 'nick-taken', when: nickTaken },
        { id: 'other-demo', when: opened({ otherThan: 'chat-lines' }) },
        { id: 'not-over', when: data(toLines) },
      ],
      solve: [send('fay', '{chat-lines}', ['fay\nhello, all\n', '/quit\n'], 100)],
    },
    {
      id: 'an-object',
      command: sendTexts('chat-json', OBJECTS),
      check: data({ ...fromJson, text: '"re":"b"' }),
      hints: [
        { id: 'not-json', when: data({ ...fromJson, text: '"not-json"' }) },
        { id: 'lines-again', when: opened({ otherThan: 'chat-json' }) },
        { id: 'other-objects', when: data(toJson) },
      ],
      predictions: [
        {
          id: 'how-many',
          choices: {
            one: all(data({ ...fromJson, text: '"re":"a"' }), not(data({ ...fromJson, text: '"re":"b"' }))),
            two: all(data({ ...fromJson, text: '"re":"b"' }), not(data({ ...fromJson, text: '"re":"c"' }))),
            three: data({ ...fromJson, text: '"re":"c"' }),
          },
        },
      ],
      solve: [send('objects', '{chat-json}', unescaped(OBJECTS), 100)],
    },
    {
      id: 'length-first',
      command: sendTexts('http', REQUESTS),
      check: inOne(
        data({ ...toHttp, text: 'Content-Length: 15\r\n\r\nGET /trap' }),
        data({ ...fromHttp, text: 'Hello, world' }),
        not(data({ ...fromHttp, text: '404 Not Found' })),
      ),
      hints: [
        { id: 'trapped', when: data({ ...fromHttp, text: '404 Not Found' }) },
        { id: 'refused', when: data({ ...fromHttp, text: '400 Bad Request' }) },
      ],
      solve: [send('requests', '{http}', unescaped(REQUESTS), 100)],
    },
    {
      id: 'an-element',
      command: sendTexts('xmpp', STREAM),
      check: inOne(data({ ...toXmpp, minPieces: 2 }), data({ ...fromXmpp, text: '<stream:features' })),
      hints: [
        { id: 'in-one-piece', when: data({ ...toXmpp, text: STREAM.join(''), maxPieces: 1 }) },
        { id: 'stream-error', when: data({ ...fromXmpp, text: '<stream:error' }) },
        { id: 'not-xmpp', when: opened({ otherThan: 'xmpp' }) },
      ],
      solve: [send('stream', '{xmpp}', STREAM, 100)],
    },
  ],
  quiz: [{ id: 'form', choices: ['line-feeds', 'length', 'utf8', 'nothing'], right: 'line-feeds' }],
  breakIt: [
    {
      id: 'smuggled',
      command: sendTexts('chat-lines', ['gil\\n', 'hello\\n/nick mallory\\n']),
      check: data({ ...fromLines, text: 'You are now mallory' }),
      hints: [{ id: 'taken-too', when: nickTaken }],
      solve: [send('gil', '{chat-lines}', ['gil\n', 'hello\n/nick mallory\n'], 100)],
    },
    {
      id: 'endless',
      command: endlessObject(),
      check: inOne(data({ ...toJson, minBytes: ENDLESS_BYTES }), data({ ...fromJson, text: '"line-too-long"' })),
      hints: [],
      solve: [run('talker', endlessObject().ours, 'line-too-long')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc8259',
    'https://www.rfc-editor.org/rfc/rfc9112#section-6.2',
    'https://www.rfc-editor.org/rfc/rfc9112#section-11.2',
    'https://www.rfc-editor.org/rfc/rfc6120#section-4.1',
    'https://www.rfc-editor.org/rfc/rfc6455#section-5.2',
  ],
});
