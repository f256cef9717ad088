import { all, any, data, not, opened } from '../checks.ts';
import { sendTexts, talkTo } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { connect, hear, say, send } from '../solve.ts';

const fromXmpp = { demo: 'xmpp', direction: 'to-client' } as const;
const toXmpp = { demo: 'xmpp', direction: 'to-server' } as const;

const HEADER =
  '<stream:stream to="localhost" version="1.0" xmlns="jabber:client" xmlns:stream="http://etherx.jabber.org/streams">';
const BIND = '<iq type="set" id="1"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>';
const MESSAGE = '<message to="bob@localhost" type="chat"><body>are you there?</body></message>';
const COMMENT = '<!-- hello -->';
/** NUL, user, NUL, password, in base64 (RFC 4616 §2). */
const ALICE = auth('AGFsaWNlAHBvcnRob2xl');
const BOB = auth('AGJvYgBwb3J0aG9sZQ==');
/** All that bob's client has to say until it gets what waited for him. */
const BOB_COMES = [HEADER, BOB, HEADER, BIND, '<presence/>'];
const PAUSE_MS = 100;

function auth(secret: string): string {
  return `<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${secret}</auth>`;
}

const features = data({ ...fromXmpp, text: '<mechanism>' });
const boundFeatures = data({ ...fromXmpp, text: '<session' });
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'xmpp' }) };
const timedOut = { id: 'timed-out', when: data({ ...fromXmpp, text: '<connection-timeout' }) };
const streamError = { id: 'stream-error', when: data({ ...fromXmpp, text: '<stream:error' }) };

/** XMPP by hand: a stream, a login, a resource, a message. */
export const lesson = defineLesson({
  id: 'xmpp',
  number: 14,
  minutes: 12,
  topic: 'chat',
  steps: [
    {
      id: 'stream',
      command: talkTo('xmpp'),
      check: features,
      hints: [
        timedOut,
        streamError,
        { id: 'nothing-typed', when: all(opened({ demo: 'xmpp' }), not(data(toXmpp))) },
        anotherDemo,
      ],
      solve: [connect('alice', '{xmpp}'), say('alice', HEADER), hear('alice', '</mechanism>')],
    },
    {
      id: 'login',
      check: data({ ...fromXmpp, text: '<success' }),
      hints: [{ id: 'refused', when: data({ ...fromXmpp, text: '<failure' }) }, timedOut, streamError],
      solve: [say('alice', ALICE)],
    },
    {
      id: 'bind',
      check: all(data({ ...toXmpp, text: '<bind' }), data({ ...fromXmpp, text: '<jid>' })),
      hints: [
        timedOut,
        { id: 'no-restart', when: data({ ...fromXmpp, text: '<invalid-namespace' }) },
        streamError,
        { id: 'now-bind', when: boundFeatures },
      ],
      predictions: [
        {
          id: 'what-now',
          choices: {
            same: all(features, not(boundFeatures)),
            other: boundFeatures,
            nothing: not(data({ ...fromXmpp, text: '<stream:features' })),
          },
        },
      ],
      solve: [say('alice', HEADER), hear('alice', 'stream:features'), say('alice', BIND)],
    },
    {
      id: 'message',
      command: sendTexts('xmpp', BOB_COMES),
      check: data({ ...fromXmpp, text: '<delay' }),
      hints: [
        { id: 'nobody', when: data({ ...fromXmpp, text: "type='error'" }) },
        streamError,
        { id: 'nothing-waited', when: data({ ...fromXmpp, text: '<jid>bob@' }) },
        { id: 'sent', when: data({ ...toXmpp, text: '<message' }) },
      ],
      solve: [say('alice', MESSAGE), send('bob', '{xmpp}', BOB_COMES, PAUSE_MS)],
    },
  ],
  quiz: [{ id: 'whose-from', choices: ['server', 'client', 'bob', 'nobody'], right: 'server' }],
  breakIt: [
    {
      id: 'comment',
      command: sendTexts('xmpp', [HEADER, COMMENT]),
      // Other servers may have another name for it.
      check: all(
        data({ ...toXmpp, text: '<!--' }),
        any(data({ ...fromXmpp, text: '<restricted-xml' }), data({ ...fromXmpp, text: '<not-well-formed' })),
      ),
      hints: [anotherDemo],
      solve: [send('commentator', '{xmpp}', [HEADER, COMMENT], PAUSE_MS)],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc6120#section-4.3.3',
    'https://www.rfc-editor.org/rfc/rfc6120#section-6.4',
    'https://www.rfc-editor.org/rfc/rfc6120#section-7',
    'https://www.rfc-editor.org/rfc/rfc6120#section-8.1.2.1',
    'https://www.rfc-editor.org/rfc/rfc6120#section-11.1',
    'https://www.rfc-editor.org/rfc/rfc6121#section-8.5.2.2',
    'https://www.rfc-editor.org/rfc/rfc4616#section-2',
    'https://www.rfc-editor.org/rfc/rfc7395#section-3.3',
    'https://www.rfc-editor.org/rfc/rfc7622',
    'https://xmpp.org/extensions/xep-0203.html',
  ],
});
