/** When data is sent, and acknowledged: RFC 9293 §3.7.4, §3.8; RFC 5681 §4.2. */
import { describe, expect, it } from 'vitest';
import { established } from '../testing/by-hand.ts';
import { SERVER } from '../testing/two-hosts.ts';

const MS = 1_000;

describe('Nagle’s algorithm', () => {
  it('holds a small segment while another is in flight', () => {
    const hand = established();
    hand.send(10);
    hand.send(20);
    hand.send(30);
    expect(hand.brief()).toEqual(['ACK 1:11 ack 1']);
    hand.inject({ ack: 11 });
    expect(hand.brief()).toEqual(['ACK 11:61 ack 1']);
  });

  it('lets full segments and the last one before a FIN go', () => {
    const hand = established();
    hand.send(10);
    hand.send(1_500);
    expect(hand.brief()).toEqual(['ACK 1:11 ack 1', 'ACK 11:1471 ack 1']);
    hand.call({ call: 'tcp.shutdown', socket: SERVER });
    expect(hand.brief()).toEqual(['FIN+ACK 1471:1511 ack 1']);
  });

  it('can be switched off, also on a living connection', () => {
    const hand = established();
    hand.send(10);
    hand.send(20);
    hand.news();
    hand.call({ call: 'tcp.set', socket: SERVER, options: { nagle: false } });
    expect(hand.brief()).toEqual(['ACK 11:31 ack 1']);
  });
});

describe('silly-window avoidance', () => {
  it('of the sender waits for half of the largest window, or for half a second', () => {
    const hand = established();
    hand.inject({ window: 2_000 });
    hand.inject({ window: 300 });
    hand.send(5_000);
    expect(hand.news()).toEqual([]);
    hand.run(499 * MS);
    expect(hand.news()).toEqual([]);
    hand.run(MS);
    expect(hand.news()).toMatchObject([{ length: 300, rule: 'silly-window-override' }]);
  });

  it('can be switched off', () => {
    const hand = established({ sillyWindowAvoidance: false });
    hand.inject({ window: 300 });
    hand.send(5_000);
    expect(hand.news()).toMatchObject([{ length: 300 }]);
  });

  it('of the receiver offers nothing until a full segment or half the buffer is free', () => {
    const hand = established({ receiveBufferBytes: 10_000 });
    for (let seq = 1; seq < 10_000; seq += 1_000) hand.inject({ seq, length: 1_000 });
    expect(hand.news().at(-1)).toMatchObject({ window: 0 });
    hand.receive(500);
    hand.inject({ seq: 10_001, length: 1 });
    expect(hand.news().at(-1)).toMatchObject({ window: 0 });
    hand.receive(1_000);
    expect(hand.news().at(-1)).toMatchObject({ window: 1_500, rule: 'window-update' });
  });
});

describe('a delayed ACK', () => {
  it('comes with the second full segment', () => {
    const hand = established();
    hand.inject({ length: 1_460 });
    expect(hand.news()).toEqual([]);
    hand.inject({ seq: 1_461, length: 1_460 });
    expect(hand.news()).toMatchObject([{ ack: 2_921, rule: 'ack-every-second-segment' }]);
  });

  it('comes as often when segments get smaller', () => {
    const hand = established();
    hand.inject({ length: 1_460 });
    hand.inject({ seq: 1_461, length: 500 });
    hand.inject({ seq: 1_961, length: 500 });
    hand.inject({ seq: 2_461, length: 500 });
    expect(hand.news()).toMatchObject([{ ack: 1_961 }, { ack: 2_961 }]);
  });

  it('comes after 200 ms otherwise', () => {
    const hand = established();
    hand.inject({ length: 100 });
    hand.run(199 * MS);
    expect(hand.news()).toEqual([]);
    hand.run(MS);
    expect(hand.news()).toMatchObject([{ ack: 101, rule: 'ack-delay-over' }]);
  });

  it('rides on data', () => {
    const hand = established();
    hand.inject({ length: 100 });
    hand.send(50);
    expect(hand.brief()).toEqual(['ACK 1:51 ack 101']);
    hand.inject({ seq: 101, ack: 51 });
    hand.run(300 * MS);
    expect(hand.news()).toEqual([]);
  });

  it('is never delayed by more than half a second, whatever was asked for', () => {
    const hand = established({ delayedAckUs: 5_000_000 });
    hand.inject({ length: 100 });
    hand.run(500 * MS);
    expect(hand.news()).toHaveLength(1);
  });

  it('can be switched off', () => {
    const hand = established({ delayedAck: false });
    hand.inject({ length: 100 });
    expect(hand.rules()).toEqual(['ack-at-once']);
  });

  it('is not delayed where something is missing, or was', () => {
    const hand = established();
    hand.inject({ seq: 101, length: 100 });
    expect(hand.news()).toMatchObject([{ ack: 1, rule: 'duplicate-ack-out-of-order' }]);
    hand.inject({ seq: 1, length: 50 });
    expect(hand.news()).toMatchObject([{ ack: 51, rule: 'ack-fills-gap' }]);
    hand.inject({ seq: 51, length: 50 });
    expect(hand.news()).toMatchObject([{ ack: 201, rule: 'ack-fills-gap' }]);
  });
});

it('a FIN does not wait for the congestion window: it is no load', () => {
  const hand = established();
  hand.send(14_600);
  hand.call({ call: 'tcp.shutdown', socket: SERVER });
  expect(hand.news().at(-1)).toMatchObject({ flags: 'FIN+ACK', seq: 14_601, length: 0, rule: 'fin-on-close' });
});

describe('PSH', () => {
  it('is on the last segment of what is there', () => {
    const hand = established();
    hand.send(3_000);
    hand.inject({ ack: 2_921 });
    const flags = hand.packets.slice(-3).map((bytes) => (bytes[33] ?? 0) & 0x08);
    expect(flags).toEqual([0, 0, 8]);
  });
});

describe('keep-alive', () => {
  const options = {
    keepAlive: true,
    keepAliveIdleUs: 60_000 * MS,
    keepAliveIntervalUs: 10_000 * MS,
    keepAliveProbes: 3,
  };

  it('asks when nothing has been heard, and gives up when nobody answers', () => {
    const hand = established(options);
    hand.run(60_000 * MS);
    expect(hand.news()).toMatchObject([{ seq: 0, length: 0, flags: 'ACK', rule: 'keep-alive' }]);
    hand.run(29_999 * MS);
    expect(hand.rules()).toEqual(['keep-alive', 'keep-alive']);
    expect(hand.state()).toBe('ESTABLISHED');
    hand.run(MS);
    expect(hand.told('failed')).toMatchObject([{ error: 'ETIMEDOUT' }]);
  });

  it('begins anew with every answer', () => {
    const hand = established(options);
    for (let minute = 0; minute < 5; minute += 1) {
      hand.run(60_000 * MS);
      expect(hand.rules()).toEqual(['keep-alive']);
      hand.inject();
    }
  });

  it('is off unless asked for', () => {
    const hand = established();
    hand.run(1e12);
    expect(hand.news()).toEqual([]);
    expect(hand.deadline).toBe(null);
  });
});
