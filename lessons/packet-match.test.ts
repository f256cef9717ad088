import { describe, expect, it } from 'vitest';
import type { SocketRow } from '#protocol/wire.ts';
import { all, type Check, captured, failed, inOrder, opened, solved } from './checks.ts';
import { factsOf } from './match.ts';
import { createMatcher } from './matcher.ts';
import { type Captures, type PacketSighting, packets, sockets } from './packet-checks.ts';
import { matchOf } from './testing/match-of.ts';
import { createWireNow } from './wire-now.ts';

const client = { address: '127.0.0.1', port: 50_001 };
const server = { address: '127.0.0.1', port: 41_007 };
const SYN: PacketSighting = {
  ...{ flow: 1, transport: 'tcp', client, server, from: 'client', flags: ['syn'], length: 0 },
  ...{ sequence: 0, acknowledgment: null, marks: [], answered: false, demo: 'echo' },
};
const SYN_ACK: PacketSighting = {
  ...SYN,
  ...{ from: 'server', flags: ['syn', 'ack'], acknowledgment: 1, answered: true },
};
const ACK: PacketSighting = { ...SYN, flags: ['ack'], sequence: 1, acknowledgment: 1, answered: true };
const handshake = packets(
  { demo: 'echo' },
  { from: 'client', flags: ['syn'], only: true },
  { from: 'server', flags: ['syn', 'ack'], acknowledgment: 1 },
  { from: 'client', flags: ['ack'], only: true, length: 0, sequence: 1 },
);

/** A check that is told what happens. */
function watch(check: Check, captures: Captures = true) {
  const now = createWireNow();
  now.captures = captures;
  const matcher = createMatcher(check, now);
  return {
    get match() {
      return matcher.match;
    },
    see(...seen: readonly PacketSighting[]) {
      for (const packet of seen) {
        now.wallMs = 7;
        matcher.feed({ packet }, now);
      }
      return matcher.match;
    },
    know(known: Partial<typeof now>) {
      Object.assign(now, known);
      matcher.review(now);
      return matcher.match;
    },
  };
}

describe('packets', () => {
  it('are found in their order, and say their numbers and how they are known', () => {
    const match = watch(handshake).see(SYN, SYN_ACK, ACK);
    expect(match?.evidence).toEqual(['captured', 'derived']);
    expect(match?.wallMs).toBe(7);
    expect(match && factsOf(match)).toMatchObject({
      ...{ flags: 'SYN', 'flags-2': 'SYN, ACK', 'ack-2': '1', 'seq-3': '1', 'len-3': '0' },
      ...{ client: '127.0.0.1:50001', 'server-port': '41007' },
    });
  });

  it('are all of one flow', () => {
    expect(watch(handshake).see(SYN, { ...SYN_ACK, flow: 2 }, { ...ACK, flow: 2 })).toBeNull();
    expect(watch(handshake).see(SYN, { ...SYN, flow: 2 }, SYN_ACK, ACK)).not.toBeNull();
  });

  it.each<[string, PacketSighting]>([
    ['out of order', { ...SYN_ACK, from: 'client' }],
    ['of another demo', { ...SYN_ACK, demo: 'discard' }],
    ['over UDP', { ...SYN_ACK, transport: 'udp' }],
    ['without one of the bits', { ...SYN_ACK, flags: ['syn'] }],
    ['with another number', { ...SYN_ACK, acknowledgment: 2 }],
    ['whose number is not known', { ...SYN_ACK, acknowledgment: null }],
  ])('%s do not count', (_name, packet) => {
    expect(watch(handshake).see(SYN, packet, ACK)).toBeNull();
  });

  it('may have a bit more, unless it is said that these are all; PSH never matters', () => {
    const just = packets({ port: 41_007 }, { flags: ['ack'], only: true });
    expect(watch(just).see({ ...ACK, flags: ['ack', 'psh'] })).not.toBeNull();
    expect(watch(just).see({ ...ACK, flags: ['ack', 'fin'] })).toBeNull();
    expect(watch(packets({ port: 41_007 }, { flags: ['ack'] })).see({ ...ACK, flags: ['ack', 'fin'] })).not.toBeNull();
    expect(watch(just).see({ ...ACK, server: { ...server, port: 9 } })).toBeNull();
  });

  it('are told by length, by the least acknowledgment, by a mark, and by the silence that they meet', () => {
    const sent = packets({ demo: 'echo' }, { minLength: 5 }, { minAcknowledgment: 6 });
    expect(watch(sent).see({ ...ACK, length: 4 }, { ...ACK, acknowledgment: 6 })).toBeNull();
    expect(watch(sent).see({ ...ACK, length: 9 }, { ...ACK, acknowledgment: 10 })).not.toBeNull();
    const again = packets({ demo: 'echo' }, { flags: ['syn'], mark: 'retransmission', unanswered: true });
    expect(watch(again).see(SYN, { ...SYN, marks: ['retransmission'], answered: true })).toBeNull();
    expect(watch(again).see(SYN, { ...SYN, marks: ['retransmission'] })).not.toBeNull();
  });
});

describe('where packets may be captured or not', () => {
  const either = captured(handshake, all(opened({ demo: 'echo' }), solved('in-order')));

  it('only packets count while they are captured', () => {
    const step = watch(either);
    expect(step.know({ solved: new Set(['in-order']) })).toBeNull();
    expect(step.see(SYN, SYN_ACK, ACK)).not.toBeNull();
  });

  it('nothing counts while that is not known', () => {
    const step = watch(either, null);
    expect(step.see(SYN, SYN_ACK, ACK)).toBeNull();
    expect(step.know({ captures: true })).not.toBeNull();
  });

  it('an exercise takes their place where they are not', () => {
    const step = watch(captured(handshake, solved('in-order')), false);
    expect(step.see(SYN, SYN_ACK, ACK)).toBeNull();
    expect(step.know({ solved: new Set(['another']) })).toBeNull();
    expect(step.know({ solved: new Set(['in-order']) })?.evidence).toEqual([]);
  });
});

describe('the socket table', () => {
  const row = (state: string, queue: number | null, remote: number | null, local = 9_556): SocketRow => ({
    ...{ transport: 'tcp', local: { address: '127.0.0.1', port: local }, state, receiveQueue: queue, sendQueue: 0 },
    remote: remote === null ? null : { address: '127.0.0.1', port: remote },
  });
  const table = (...rows: SocketRow[]) => ({ table: { rows, portOf: () => null } });
  const full = sockets(
    { port: 9_556 },
    { at: 'server', state: 'LISTEN', minWaiting: 1 },
    { at: 'client', state: 'SYN-SENT' },
  );
  const listener = row('LISTEN', 2, null);
  const stuck = row('SYN-SENT', 0, 9_556, 50_003);

  it('has all the rows at once, and says what the kernel counts', () => {
    const check = watch(full);
    expect(check.know(table(listener))).toBeNull();
    const match = check.know(table(listener, stuck));
    expect(match?.evidence).toEqual(['kernel']);
    expect(match && factsOf(match)).toMatchObject({ waiting: '2', row: '127.0.0.1:50003 → 127.0.0.1:9556' });
    expect(check.know(table(listener))).toBeNull();
  });

  it('is not asked how many wait where the system does not say', () => {
    const check = watch(full);
    check.know(table());
    expect(check.know(table(row('LISTEN', 0, null), stuck))).toBeNull();
    expect(check.know(table(row('LISTEN', null, null), stuck))).not.toBeNull();
  });

  it('counts no connection that was there before the check began, but a listener', () => {
    const check = watch(full);
    expect(check.know(table(listener, stuck))).toBeNull();
    expect(check.know(table(listener, stuck, row('SYN-SENT', 0, 9_556, 50_004)))).not.toBeNull();
    const later = watch(inOrder(solved('first'), full));
    later.know(table(listener, stuck));
    expect(later.know({ solved: new Set(['first']) })).toBeNull();
  });

  it('may be asked for what is not there', () => {
    const kept = sockets(
      { port: 9_556, none: [{ at: 'server', state: 'LISTEN' }] },
      { at: 'server', state: 'TIME-WAIT' },
    );
    const check = watch(kept);
    check.know(table());
    expect(check.know(table(listener, row('TIME-WAIT', 0, 50_001)))).toBeNull();
    expect(check.know(table(row('TIME-WAIT', 0, 50_001)))).not.toBeNull();
    expect(check.know(table(row('TIME-WAIT', 0, 50_001, 7)))).toBeNull();
  });
});

it('a port of the lesson’s tells one refusal from another', () => {
  const refused = (port: number) => matchOf(failed({ port }), (wire) => wire.fail());
  expect(refused(1)).not.toBeNull();
  expect(refused(9_555)).toBeNull();
});
