import { all, any, data, not, opened, reset } from '../checks.ts';
import { sendTexts } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { connect, say, send } from '../solve.ts';

const toChat = { demo: 'chat-json', direction: 'to-server' } as const;
const fromChat = { demo: 'chat-json', direction: 'to-client' } as const;
const PASSWORD = '"password":"porthole"';
const ALICE = `{"type":"login","user":"alice",${PASSWORD}}`;
const BOB = `{"type":"login","user":"bob",${PASSWORD}}`;
const CAROL = `{"type":"login","user":"carol",${PASSWORD},"heartbeatMs":1000}`;
const MESSAGE = '{"type":"message","id":"m1","to":"bob","body":"are you there?"}';
const OTHER = '{"type":"message","id":"m1","to":"bob","body":"something else"}';
/** Long enough for the ping and for what follows when nobody answers it. */
const SILENCE_SECONDS = 4;

const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'chat-json' }) };
const notJson = { id: 'not-json', when: data({ ...fromChat, text: '"not-json"' }) };
const repeated = data({ ...fromChat, text: '"status":"repeated"' });
const stored = data({ ...fromChat, text: '"status":"stored"' });
const delivered = data({ ...fromChat, text: '"status":"delivered"' });

const lines = (...texts: string[]): string[] => texts.map((text) => `${text}\\n`);
const sent = (...texts: string[]): string[] => texts.map((text) => `${text}\n`);

/** Instant messaging. */
export const lesson = defineLesson({
  id: 'instant-messaging',
  number: 13,
  minutes: 12,
  topic: 'chat',
  steps: [
    {
      id: 'log-in',
      command: sendTexts('chat-json', lines(ALICE)),
      check: data({ ...fromChat, text: '"type":"welcome"' }),
      hints: [
        { id: 'wrong-password', when: data({ ...fromChat, text: '"wrong-credentials"' }) },
        notJson,
        { id: 'nothing-said', when: all(opened({ demo: 'chat-json' }), not(data(toChat))) },
        anotherDemo,
      ],
      solve: [send('alice', '{chat-json}', sent(ALICE))],
    },
    {
      id: 'acknowledged',
      command: sendTexts('chat-json', lines(ALICE, MESSAGE)),
      check: all(data({ ...toChat, text: '"type":"message"' }), any(stored, delivered)),
      hints: [
        { id: 'used-id', when: repeated },
        { id: 'not-in', when: data({ ...fromChat, text: '"not-logged-in"' }) },
        notJson,
        anotherDemo,
      ],
      predictions: [
        {
          id: 'nobody-home',
          choices: { error: data({ ...fromChat, text: '"type":"error"' }), stored, delivered },
        },
      ],
      solve: [send('alice', '{chat-json}', sent(ALICE, MESSAGE), 50)],
    },
    {
      id: 'sent-again',
      command: sendTexts('chat-json', lines(ALICE, MESSAGE)),
      check: repeated,
      hints: [{ id: 'new-id', when: any(stored, delivered) }, notJson, anotherDemo],
      solve: [send('alice', '{chat-json}', sent(ALICE, MESSAGE), 50)],
    },
    {
      id: 'come-back',
      command: sendTexts('chat-json', lines(BOB)),
      check: data({ ...fromChat, text: '"delayed":true' }),
      hints: [
        { id: 'nothing-waited', when: data({ ...fromChat, text: '"user":"bob","resource"' }) },
        notJson,
        anotherDemo,
      ],
      solve: [send('bob', '{chat-json}', sent(BOB))],
    },
    {
      id: 'silence',
      command: sendTexts('chat-json', lines(CAROL), { waitSeconds: SILENCE_SECONDS }),
      check: all(data({ ...fromChat, text: '"type":"ping"' }), reset({ demo: 'chat-json', by: 'server' })),
      hints: [{ id: 'asked', when: data({ ...fromChat, text: '"type":"ping"' }) }, notJson, anotherDemo],
      solve: [connect('carol', '{chat-json}'), say('carol', CAROL)],
    },
  ],
  quiz: [{ id: 'which-proves', choices: ['tcp', 'ack', 'delivered', 'read'], right: 'read' }],
  breakIt: [
    {
      id: 'same-id',
      command: sendTexts('chat-json', lines(ALICE, OTHER)),
      check: all(data({ ...toChat, text: '"body":"something else"' }), repeated),
      hints: [notJson],
      solve: [send('alice', '{chat-json}', sent(ALICE, OTHER), 50)],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc1122#section-4.2.3.6',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.8.4',
    'https://www.rfc-editor.org/rfc/rfc8259',
    'https://www.rfc-editor.org/rfc/rfc8825',
    'https://xmpp.org/extensions/xep-0184.html',
  ],
});
