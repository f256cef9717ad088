import { describe, expect, it } from 'vitest';
import { lesson as addressesAndPorts } from './02-addresses-and-ports/lesson.ts';
import { lesson as tcpStream } from './03-tcp-stream/lesson.ts';
import { lesson as udp } from './06-udp/lesson.ts';
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
  runner.feed(wire.events, wire.conversations);
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
