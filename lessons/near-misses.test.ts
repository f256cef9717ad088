import { describe, expect, it } from 'vitest';
import { lesson as addressesAndPorts } from './02-addresses-and-ports/lesson.ts';
import { lesson as tcpStream } from './03-tcp-stream/lesson.ts';
import { lesson as udp } from './06-udp/lesson.ts';
import { lesson as httpByHand } from './10-http-by-hand/lesson.ts';
import { lesson as yourOwnServer } from './11-your-own-server/lesson.ts';
import { lesson as framing } from './12-framing/lesson.ts';
import { lesson as messaging } from './13-instant-messaging/lesson.ts';
import { lesson as xmpp } from './14-xmpp/lesson.ts';
import { lesson as hostedIm } from './15-hosted-im/lesson.ts';
import { lesson as tls } from './16-tls/lesson.ts';
import { createRunner } from './runner.ts';
import type { Lesson } from './schema.ts';
import { type ConversationDetails, type WireScript, wireScript } from './testing/wire-script.ts';

const six: ConversationDetails = {
  client: { address: '::1', port: 50_000 },
  server: { address: '::1', port: 41_007 },
};
const overUdp: ConversationDetails = { transport: 'udp' };

/** How a step stands after what happens: done, or the hint that is shown. */
function outcome(lesson: Lesson, id: string, happens: (wire: WireScript) => unknown): string | undefined {
  const before = lesson.steps.map((step) => step.id);
  const done = before.slice(0, before.includes(id) ? before.indexOf(id) : before.length);
  const runner = createRunner({ lesson, done: new Set(done) });
  const wire = wireScript();
  happens(wire);
  runner.feed(wire.events, wire.conversations, { get: ({ seq }) => wire.octets.get(seq) });
  return runner.done.has(id) ? 'done' : runner.nearMisses.find(({ of }) => of === id)?.id;
}

/** A client of a demo that sends these pieces. */
const sent =
  (demo: string, details: ConversationDetails, ...pieces: readonly (string | Uint8Array)[]) =>
  (wire: WireScript) => {
    const id = wire.open(demo, details);
    for (const piece of pieces) wire.say(id, piece);
  };

describe('lesson 2', () => {
  it.each<[string, string, (wire: WireScript) => unknown]>([
    ['by-address', 'version-six', (wire) => wire.open('echo', six)],
    ['by-address', 'another-demo', (wire) => wire.open('daytime')],
    ['by-address', 'refused', (wire) => wire.fail()],
    ['by-address', 'done', (wire) => wire.open('echo')],
    ['other-version', 'version-four', (wire) => wire.open('echo')],
    ['other-version', 'refused', (wire) => wire.fail()],
    ['other-version', 'done', (wire) => wire.open('echo', six)],
    ['other-version', 'done', (wire) => wire.fail('EADDRNOTAVAIL', { ...six, demo: 'echo' })],
    ['by-name', 'done', (wire) => wire.open('echo', six)],
    ['nobody-listens', 'let-in', (wire) => wire.open('daytime')],
    ['nobody-listens', 'other-failure', (wire) => wire.fail('ETIMEDOUT')],
    ['nobody-listens', 'done', (wire) => wire.fail('ECONNREFUSED')],
    ['system-port', 'in-use', (wire) => wire.fail('EADDRINUSE')],
    ['system-port', 'other-port', (wire) => wire.open('echo')],
    ['system-port', 'done', (wire) => wire.fail('EACCES', { demo: 'echo' })],
    ['system-port', 'done', (wire) => wire.open('echo', { client: { address: '127.0.0.1', port: 1_000 } })],
  ])('at “%s” says %s', (step, expected, happens) => {
    expect(outcome(addressesAndPorts, step, happens)).toBe(expected);
  });
});

describe('lesson 3', () => {
  it.each<[string, string, (wire: WireScript) => unknown]>([
    ['three-writes', 'over-udp', sent('echo', overUdp)],
    ['three-writes', 'other-words', sent('echo', {}, 'one two three')],
    ['three-writes', 'done', sent('echo', {}, 'onetwo', 'three')],
    ['with-pauses', 'joined', sent('echo', {}, 'onetwo', 'three')],
    ['with-pauses', 'other-words', sent('echo', {}, 'one', 'two')],
    ['with-pauses', 'done', sent('echo', {}, 'one', 'two', 'three')],
    ['cut-character', 'whole-character', sent('echo', {}, '你')],
    ['cut-character', 'no-cut', sent('echo', {}, Uint8Array.of(0xe4, 0xbd))],
    ['cut-character', 'done', sent('echo', {}, Uint8Array.of(0xe4, 0xbd), Uint8Array.of(0xa0))],
    ['who-keeps', 'echo-again', sent('echo', {}, 'an', 'na\n')],
    ['who-keeps', 'whole-lines', sent('chat-lines', {}, 'anna\n/who\n/quit\n')],
    ['who-keeps', 'nick-taken', (wire) => wire.answer(wire.open('chat-lines'), TAKEN)],
    ['endless-line', 'nick-taken-too', (wire) => wire.answer(wire.open('chat-lines'), TAKEN)],
  ])('at “%s” says %s', (step, expected, happens) => {
    expect(outcome(tcpStream, step, happens)).toBe(expected);
  });
});

const TAKEN = '* Somebody is called anna already. Try another nick.\r\n';

describe('lesson 6', () => {
  it.each<[string, string, (wire: WireScript) => unknown]>([
    ['boundaries', 'over-tcp', sent('echo', {}, 'onetwothree')],
    ['boundaries', 'not-echo', sent('daytime', overUdp)],
    ['boundaries', 'other-words', sent('echo', overUdp, 'ahoy')],
    ['boundaries', 'done', sent('echo', overUdp, 'one', 'two', 'three')],
    ['empty', 'not-empty', sent('echo', overUdp, "''")],
    ['empty', 'done', (wire) => wire.answer(wire.open('echo', overUdp), '')],
    ['unanswered', 'answered', (wire) => wire.answer(wire.open('echo', overUdp), 'anybody?')],
    ['unanswered', 'done', sent('discard', overUdp, 'anybody?')],
    ['nobody', 'over-tcp', (wire) => wire.open('echo')],
    ['nobody', 'somebody', sent('echo', overUdp, 'anybody?')],
    ['nobody', 'other-failure', (wire) => wire.fail('ECONNREFUSED')],
    ['nobody', 'done', (wire) => wire.fail('ECONNREFUSED', overUdp)],
    ['too-long', 'small', sent('echo', overUdp, 'x')],
    ['too-long', 'it-went', sent('echo', overUdp, 'x'.repeat(65_507))],
    ['too-long', 'done', (wire) => wire.fail('EMSGSIZE', overUdp)],
  ])('at “%s” says %s', (step, expected, happens) => {
    expect(outcome(udp, step, happens)).toBe(expected);
  });
});

/** A conversation with a demo, turn by turn: what the client said, and what it got. */
const talked =
  (demo: string, ...turns: readonly (readonly ['>' | '<', string])[]) =>
  (wire: WireScript) => {
    const id = wire.open(demo);
    for (const [way, text] of turns) {
      if (way === '>') wire.say(id, text);
      else wire.answer(id, text);
    }
  };

describe('lesson 10', () => {
  const GET = 'GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\nHello, world.\n';
  const BAD = 'HTTP/1.1 400 Bad Request\r\n\r\nThere is no Host field. In HTTP/1.1 …';

  it.each<[string, string, (wire: WireScript) => unknown]>([
    ['connect', 'another-demo', (wire) => wire.open('echo')],
    ['connect', 'done', (wire) => wire.open('http')],
    ['request', 'no-answer', talked('http', ['>', GET.slice(0, -2)])],
    ['request', 'another-page', talked('http', ['>', GET.replace('hello', 'cookies')], ['<', OK])],
    ['request', 'was-refused', talked('http', ['>', 'GET /hello\r\n'], ['<', BAD])],
    ['request', 'done', talked('http', ['>', GET], ['<', OK])],
    ['no-host', 'was-ok', talked('http', ['>', GET], ['<', OK])],
    ['no-host', 'was-refused', talked('http', ['>', 'get / HTTP/1.1\r\n'], ['<', 'HTTP/1.1 400 Bad Request\r\n'])],
    ['no-host', 'done', talked('http', ['>', 'GET / HTTP/1.1\r\n\r\n'], ['<', BAD])],
    ['too-short', 'no-answer', talked('http', ['>', 'POST /echo HTTP/1.1\r\n'])],
    ['too-short', 'was-ok', talked('http', ['>', GET], ['<', OK])],
    ['too-short', 'done', talked('http', ['>', GET], ['<', OK], ['<', BAD])],
    ['chunks', 'other-answer', talked('http', ['>', GET], ['<', OK])],
    ['two-in-one', 'one-by-one', talked('http', ['>', GET], ['>', 'GET /cookies HTTP/1.1\r\n'])],
    ['upgrade', 'no-frame', talked('http', ['>', GET], ['<', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'])],
  ])('at “%s” says %s', (step, expected, happens) => {
    expect(outcome(httpByHand, step, happens)).toBe(expected);
  });
});

describe('lesson 11', () => {
  it('tells who closes politely where a reset is wanted', () => {
    expect(outcome(yourOwnServer, 'vanish', (wire) => wire.close(wire.open()))).toBe('politely');
  });

  it('does not take the end of an earlier conversation for that', () => {
    const wire = wireScript();
    const earlier = wire.open();
    const seen = wire.events.length;
    wire.close(earlier);
    const done = new Set(yourOwnServer.steps.map((step) => step.id));
    const runner = createRunner({ lesson: yourOwnServer, done });
    runner.feed(wire.events.slice(seen), wire.conversations, { get: () => undefined });
    expect(runner.nearMisses.filter(({ of }) => of === 'vanish')).toEqual([]);
  });
});

describe('lessons 12 and 13', () => {
  it.each<[string, string, Lesson, (wire: WireScript) => unknown]>([
    ['a-line', 'not-over', framing, talked('chat-lines', ['>', 'fay\n'], ['>', 'hi\n'])],
    ['a-line', 'done', framing, talked('chat-lines', ['>', 'fay\r\nhello, all\r\n'], ['<', '* Goodbye.\r\n'])],
    ['an-object', 'other-objects', framing, talked('chat-json', ['>', '{"type":"ping","id":"a"}\n'])],
    ['an-object', 'not-json', framing, talked('chat-json', ['>', 'hello\n'], ['<', '{"code":"not-json"}\n'])],
    ['log-in', 'nothing-said', messaging, talked('chat-json', ['<', '{"type":"hello"}\n'])],
    ['log-in', 'another-demo', messaging, (wire) => wire.open('chat-lines')],
  ])('at “%s” says %s', (step, expected, lesson, happens) => {
    expect(outcome(lesson, step, happens)).toBe(expected);
  });
});

describe('lesson 15', () => {
  const refused = (code: string) => talked('hosted-im', ['<', `HTTP/1.1 401 Unauthorized\r\n\r\n{"error":"${code}"}`]);

  it.each<[string, string, (wire: WireScript) => unknown]>([
    ['token', 'elsewhere', (wire) => wire.open('http')],
    ['token', 'wrong', refused('wrong-credentials')],
    ['token', 'malformed', refused('malformed')],
    ['token', 'nothing-there', refused('not-found')],
    ['without', 'with', talked('hosted-im', ['<', '{"name":"carol","connections":0}'])],
    ['push', 'unproved', refused('no-token')],
    ['push', 'nobody', refused('no-such-user')],
    ['push', 'there', talked('hosted-im', ['<', '{"reached":"delivered"}'])],
  ])('at “%s” says %s', (step, expected, happens) => {
    expect(outcome(hostedIm, step, happens)).toBe(expected);
  });
});

describe('lesson 16', () => {
  const HELLO = '\u0016\u0003\u0001…localhost…';
  const LONG = '\u0016\u0003\u0003'.padEnd(400, '·');

  it.each<[string, string, (wire: WireScript) => unknown]>([
    ['in-the-clear', 'not-echo', talked('tls', ['>', 'password letmein'])],
    ['in-the-clear', 'other-words', talked('echo', ['>', 'password'])],
    ['wrapped', 'not-tls', talked('echo', ['>', 'password letmein'])],
    ['wrapped', 'plain', talked('tls', ['>', 'password letmein'])],
    ['wrapped', 'no-name', talked('tls', ['>', '\u0016\u0003\u0001'], ['<', LONG])],
    ['wrapped', 'done', talked('tls', ['>', HELLO], ['<', LONG])],
    ['older', 'was-newer', talked('tls', ['>', HELLO], ['<', LONG])],
    ['older', 'done', talked('tls', ['>', HELLO], ['<', `localhost${LONG}`])],
  ])('at “%s” says %s', (step, expected, happens) => {
    expect(outcome(tls, step, happens)).toBe(expected);
  });

  it('does not take the end of one conversation for the beginning of the next', () => {
    expect(outcome(tls, 'older', talked('tls', ['<', LONG]))).toBeUndefined();
  });
});

/** A stream on which the server says this. */
const streamed =
  (...answers: readonly string[]) =>
  (wire: WireScript) => {
    const id = wire.open('xmpp');
    wire.say(id, '<stream:stream>');
    for (const answer of answers) wire.answer(id, answer);
  };

/** The same, and the client has asked for an address. */
const bound = (answer: string) => (wire: WireScript) => {
  const id = wire.open('xmpp');
  wire.say(id, '<iq type="set" id="1"><bind/></iq>');
  wire.answer(id, answer);
};

describe('lesson 14', () => {
  it.each<[string, string, (wire: WireScript) => unknown]>([
    ['stream', 'another-demo', (wire) => wire.open('chat-json')],
    ['stream', 'nothing-typed', (wire) => wire.open('xmpp')],
    ['stream', 'stream-error', streamed('<stream:error><not-well-formed')],
    ['stream', 'timed-out', streamed('<stream:error><connection-timeout')],
    ['stream', 'done', streamed('<stream:features><mechanism>PLAIN')],
    ['login', 'refused', streamed('<failure')],
    ['login', 'stream-error', streamed('<stream:error><not-authorized')],
    ['login', 'done', streamed('<failure', '<success')],
    ['bind', 'no-restart', streamed('<stream:error><invalid-namespace')],
    ['bind', 'now-bind', streamed('<stream:features><bind/><session')],
    ['bind', 'done', bound('<jid>alice@localhost/x</jid>')],
    ['bind', 'done', bound(`<stream:features><session/>${' '.repeat(600)}<jid>alice@localhost/x</jid>`)],
    ['bind', 'now-bind', streamed(`<stream:features><session/>${' '.repeat(600)}`)],
    ['message', 'sent', sent('xmpp', {}, '<message to="bob@localhost">')],
    ['message', 'nobody', streamed("<message type='error'")],
    ['message', 'nothing-waited', streamed('<jid>bob@localhost/x</jid>')],
    ['message', 'done', streamed('<jid>bob@localhost/x</jid>', '<delay')],
  ])('at “%s” says %s', (step, expected, happens) => {
    expect(outcome(xmpp, step, happens)).toBe(expected);
  });
});
