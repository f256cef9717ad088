import { describe, expect, it } from 'vitest';
import type { SocketRow } from '#protocol/wire.ts';
import { lesson as handshake } from './04-handshake/lesson.ts';
import { lesson as closing } from './05-closing/lesson.ts';
import type { PacketSighting } from './packet-checks.ts';
import { createRunner, type Runner } from './runner.ts';
import type { Lesson } from './schema.ts';
import { type WireScript, wireScript } from './testing/wire-script.ts';

const [QUEUE, OWN] = [9_556, 9_555];
const at = (port: number) => ({ address: '127.0.0.1', port });
const FIRST: PacketSighting = {
  ...{ flow: 1, transport: 'tcp', client: at(50_001), server: at(41_007), from: 'client', flags: ['syn'], length: 0 },
  ...{ sequence: 0, acknowledgment: null, marks: [], answered: false, demo: 'echo' },
};
const toClosed: PacketSighting = { ...FIRST, server: at(1), demo: null };
const again = { marks: ['retransmission'] } as const;

function row(state: string, local: number, remote: number | null, waiting = 0): SocketRow {
  return {
    ...{ transport: 'tcp', local: at(local), state, receiveQueue: waiting, sendQueue: 0 },
    remote: remote === null ? null : at(remote),
  };
}

/** What happens while one waits. */
interface Scene {
  readonly wire: WireScript;
  packets(...seen: readonly PacketSighting[]): void;
  table(...rows: readonly SocketRow[]): void;
}

/** How a step or an experiment stands after what happens: done, or the hint that is shown. */
function outcome(
  lesson: Lesson,
  id: string,
  captures: boolean,
  happens: (scene: Scene) => unknown,
): string | undefined {
  const steps = lesson.steps.map((step) => step.id);
  const done = steps.slice(0, steps.includes(id) ? steps.indexOf(id) : steps.length);
  const table = { rows: [], portOf: () => 41_007 };
  const runner: Runner = createRunner({ lesson, done: new Set(done), known: { captures, table } });
  const wire = wireScript();
  const tell = (): void => void runner.feed(wire.events, wire.conversations);
  happens({
    wire,
    packets: (...seen) => {
      tell();
      runner.feedPackets(seen.map((packet) => ({ packet, wallMs: 1 })));
    },
    table: (...rows) => {
      tell();
      runner.feedKnown({ table: { ...table, rows } });
    },
  });
  tell();
  return runner.done.has(id) ? 'done' : runner.nearMisses.find(({ of }) => of === id)?.id;
}

/** Five octets that come back. */
function echoHello(wire: WireScript): void {
  const conversation = wire.open('echo');
  wire.say(conversation, 'hello');
  wire.answer(conversation, 'hello');
}

/** The packets of these octets, and of their acknowledgment. */
function hello(clientPort: number): readonly PacketSighting[] {
  const sent = { ...FIRST, client: at(clientPort), flags: ['psh', 'ack'], length: 5, sequence: 1, acknowledgment: 1 };
  return [sent, { ...sent, from: 'server', flags: ['ack'], length: 0, acknowledgment: 6 }];
}

describe('lesson 4', () => {
  it.each<[string, string, boolean, (scene: Scene) => unknown]>([
    ['open', 'not-captured', true, ({ wire }) => [wire.open(), wire.open()]],
    ['open', '', false, ({ wire }) => [wire.open(), wire.open()]],
    ['numbers-move', 'nothing-said', false, ({ wire }) => wire.open('echo')],
    ['numbers-move', 'begun-before', true, ({ wire }) => echoHello(wire)],
    // Its packets are of another connection than what came back.
    ['numbers-move', 'begun-before', true, ({ wire, packets }) => [packets(...hello(50_009)), echoHello(wire)]],
    ['numbers-move', 'done', true, ({ wire, packets }) => [packets(...hello(50_001)), echoHello(wire)]],
    ['numbers-move', 'done', true, ({ wire, packets }) => [echoHello(wire), packets(...hello(50_001))]],
    ['numbers-move', 'fewer', false, ({ wire }) => echoHello(wire)],
    ['closed-port', 'silence', true, ({ packets }) => packets(toClosed, { ...toClosed, ...again })],
    [
      'closed-port',
      'let-in',
      true,
      ({ packets }) => packets(toClosed, { ...toClosed, from: 'server', flags: ['syn', 'ack'], acknowledgment: 1 }),
    ],
    [
      'closed-port',
      'done',
      true,
      ({ packets }) => packets(toClosed, { ...toClosed, from: 'server', flags: ['rst', 'ack'], acknowledgment: 1 }),
    ],
    ['backlog', 'nobody-listens', true, ({ wire }) => wire.fail('ECONNREFUSED', { server: at(QUEUE) })],
    ['backlog', 'still-room', true, ({ table }) => table(row('LISTEN', QUEUE, null, 1))],
    [
      'backlog',
      'still-room',
      true,
      ({ table }) => table(row('LISTEN', QUEUE, null, 2), row('SYN-SENT', 50_001, QUEUE)),
    ],
    // The newest, whether it is an event or a reading; a reading that says nothing new is none.
    [
      'backlog',
      'still-room',
      true,
      ({ wire, table }) => [
        wire.fail('ECONNREFUSED', { server: at(QUEUE) }),
        table(row('LISTEN', QUEUE, null, 1)),
        wire.open('daytime'),
      ],
    ],
    [
      'backlog',
      'nobody-listens',
      true,
      ({ wire, table }) => [
        table(row('LISTEN', QUEUE, null, 1)),
        wire.fail('ECONNREFUSED', { server: at(QUEUE) }),
        table(row('LISTEN', QUEUE, null, 2)),
      ],
    ],
    ['backlog', 'done', false, ({ table }) => table(row('LISTEN', QUEUE, null, 2), row('SYN-SENT', 50_001, QUEUE))],
  ])('at “%s” says %s', (step, expected, captures, happens) => {
    expect(outcome(handshake, step, captures, happens) ?? '').toBe(expected);
  });
});

describe('lesson 5', () => {
  const fin = (from: 'client' | 'server'): PacketSighting => ({ ...FIRST, from, flags: ['fin', 'ack'], sequence: 6 });
  const answer: PacketSighting = { ...FIRST, from: 'server', flags: ['ack'], length: 5 };
  const kept = row('TIME-WAIT', OWN, 50_001);
  const own = { server: at(OWN), demo: null };
  const left = [
    { ...fin('server'), ...own },
    { ...fin('client'), ...own },
  ];
  const leaves = ({ wire }: Scene) => wire.close(wire.open('echo', { client: at(50_001), server: at(41_007) }));
  const killed: readonly PacketSighting[] = [fin('client'), fin('server'), { ...fin('server'), flags: ['rst'] }];
  const refusal = [
    { ...FIRST, ...own, flow: 2 },
    { ...FIRST, ...own, flow: 2, from: 'server', flags: ['rst', 'ack'] },
  ] as const;

  it.each<[string, string, boolean, (scene: Scene) => unknown]>([
    ['client-first', 'still-open', true, ({ wire }) => wire.open('echo')],
    ['client-first', 'forgotten', false, leaves],
    ['client-first', 'forgotten', true, (scene) => [leaves(scene), scene.packets(...killed)]],
    ['client-first', 'undefined', true, leaves],
    ['half-close', 'not-finished', false, ({ wire }) => wire.say(wire.open('echo'), 'half way')],
    ['half-close', 'answer-first', true, ({ packets }) => packets(answer, fin('client'))],
    ['address-in-use', 'nobody-listens', false, ({ wire }) => wire.fail('ECONNREFUSED', { server: at(OWN) })],
    ['address-in-use', 'client-first', true, ({ table }) => table(row('TIME-WAIT', 50_001, OWN))],
    ['address-in-use', 'kept', true, ({ packets, table }) => [packets(...left), table(kept)]],
    ['address-in-use', 'listens-again', true, ({ table }) => [table(kept), table(kept, row('LISTEN', OWN, null))]],
    ['address-in-use', 'kept', true, ({ packets, table }) => [packets(...refusal), packets(...left), table(kept)]],
    ['address-in-use', 'done', true, ({ packets, table }) => [packets(...left), table(kept), packets(...refusal)]],
    ['address-in-use', 'kept', false, ({ packets, table }) => [packets(...left), table(kept), packets(...refusal)]],
  ])('at “%s” says %s', (step, expected, captures, happens) => {
    expect(String(outcome(closing, step, captures, happens))).toBe(expected);
  });
});
