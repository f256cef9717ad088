/** What a connection believes of what comes in: RFC 9293 §3.10.7, RFC 5961, RFC 7323 §5. */
import { describe, expect, it } from 'vitest';
import { established, listening, synSent } from '../testing/by-hand.ts';
import { SERVER } from '../testing/two-hosts.ts';

const WINDOW = 65_535;

describe('a segment outside the window', () => {
  it.each([
    ['to the left', { seq: -100, length: 50 }],
    ['to the right', { seq: WINDOW + 1, length: 50 }],
    ['to the right, without octets', { seq: WINDOW + 1 }],
  ])('%s is answered with an ACK and not taken', (_, segment) => {
    const hand = established({ receiveBufferBytes: WINDOW });
    hand.inject(segment);
    expect(hand.news()).toMatchObject([{ flags: 'ACK', seq: 1, ack: 1, rule: 'ack-unacceptable-segment' }]);
    expect(hand.discards).toEqual(['outside-window']);
    expect(hand.receive()).toBe(0);
  });

  it('partly is trimmed to what fits', () => {
    const hand = established({ receiveBufferBytes: 1_000 });
    hand.inject({ length: 600 });
    hand.inject({ seq: 301, length: 1_000 });
    expect(hand.view().unread).toBe(1_000);
    expect(hand.view().rcvNxt - hand.view().irs).toBe(1_001);
    expect(hand.told('readable')).toHaveLength(2);
  });

  it('with a shut window still brings its acknowledgment', () => {
    const hand = established({ receiveBufferBytes: 1_000 });
    hand.inject({ length: 1_000 });
    hand.send(500);
    hand.inject({ seq: 1_001, length: 100, ack: 501 });
    expect(hand.view()).toMatchObject({ flight: 0, unread: 1_000 });
  });
});

describe('RST', () => {
  it('resets only with the very number that is expected; another one in the window is asked about', () => {
    const hand = established();
    hand.inject({ flags: 'RST', seq: 100 });
    expect(hand.news()).toMatchObject([{ flags: 'ACK', ack: 1, rule: 'challenge-ack' }]);
    expect(hand.state()).toBe('ESTABLISHED');
    hand.inject({ flags: 'RST', seq: 1 });
    expect(hand.state()).toBe('CLOSED');
    expect(hand.told('failed')).toMatchObject([{ error: 'ECONNRESET' }]);
  });

  it('outside the window is not even answered', () => {
    const hand = established();
    hand.inject({ flags: 'RST', seq: -1 });
    expect(hand.news()).toEqual([]);
    expect(hand.state()).toBe('ESTABLISHED');
  });

  it('anywhere in the window resets without RFC 5961', () => {
    const hand = established({ challengeAck: false });
    hand.inject({ flags: 'RST', seq: 100 });
    expect(hand.state()).toBe('CLOSED');
  });

  it('in SYN-SENT counts only with an ACK of our SYN', () => {
    const hand = synSent();
    hand.inject({ flags: 'RST', seq: 0, ack: null });
    expect(hand.state()).toBe('SYN-SENT');
    hand.inject({ flags: 'RST+ACK', seq: 0, ack: 1 });
    expect(hand.told('failed')).toMatchObject([{ error: 'ECONNREFUSED' }]);
  });

  it('in SYN-RECEIVED ends the half-open connection; the port listens on', () => {
    const hand = listening();
    hand.inject({ flags: 'SYN', seq: 0, ack: null });
    expect(hand.state()).toBe('SYN-RECEIVED');
    hand.inject({ flags: 'RST', seq: 1 });
    expect(hand.state()).toBe('CLOSED');
    hand.inject({ flags: 'SYN', seq: 50, ack: null });
    expect(hand.state()).toBe('SYN-RECEIVED');
  });

  it('is never answered', () => {
    const hand = listening();
    hand.inject({ flags: 'RST', seq: 1 });
    hand.inject({ flags: 'RST+ACK', seq: 1 });
    expect(hand.news()).toEqual([]);
  });
});

describe('SYN', () => {
  it('in the window is asked about (RFC 5961 §4.2)', () => {
    const hand = established();
    hand.inject({ flags: 'SYN', seq: 500, ack: null });
    expect(hand.rules()).toEqual(['challenge-ack']);
    expect(hand.state()).toBe('ESTABLISHED');
  });

  it('in the window resets without RFC 5961 (RFC 9293 §3.10.7.4)', () => {
    const hand = established({ challengeAck: false });
    hand.inject({ flags: 'SYN', seq: 500, ack: null });
    expect(hand.news()).toMatchObject([{ flags: 'RST+ACK', rule: 'rst-syn-in-window' }]);
    expect(hand.state()).toBe('CLOSED');
  });

  it('again in SYN-RECEIVED is answered again, and the handshake goes on', () => {
    const hand = listening();
    hand.inject({ flags: 'SYN', seq: 0, ack: null });
    hand.inject({ flags: 'SYN', seq: 0, ack: null });
    expect(hand.news()).toMatchObject([
      { flags: 'SYN+ACK', ack: 1 },
      { flags: 'SYN+ACK', ack: 1 },
    ]);
    hand.inject();
    expect(hand.state()).toBe('ESTABLISHED');
  });
});

it('another SYN in SYN-RECEIVED sends a passive open back to LISTEN', () => {
  const hand = listening();
  hand.inject({ flags: 'SYN', seq: 0, ack: null });
  hand.inject({ flags: 'SYN', seq: 500, ack: null });
  expect(hand.state()).toBe('CLOSED');
  hand.inject({ flags: 'SYN', seq: 500, ack: null });
  expect(hand.state()).toBe('SYN-RECEIVED');
});

it('behind the FIN nothing is taken, and nothing resets', () => {
  const hand = established();
  hand.inject({ flags: 'FIN+ACK' });
  hand.inject({ seq: 2, length: 100 });
  expect(hand.discards).toEqual(['after-fin']);
  expect(hand.view()).toMatchObject({ unread: 0, state: 'CLOSE-WAIT' });
});

it('blind guesses are answered ten times in five seconds, no more (RFC 5961 §7)', () => {
  const hand = established();
  for (let guess = 1; guess < 1_000; guess += 1) hand.inject({ flags: 'RST', seq: guess + 1 });
  expect(hand.news()).toHaveLength(10);
  hand.run(5_000_000);
  hand.inject({ flags: 'RST', seq: 77 });
  expect(hand.news()).toHaveLength(1);
});

it('empty ACKs outside the window are not answered for ever', () => {
  const hand = established();
  for (let nth = 1; nth < 1_000; nth += 1) hand.inject({ seq: -5 });
  expect(hand.news()).toHaveLength(10);
});

describe('the ACK field', () => {
  it('of what was never sent is answered and not believed', () => {
    const hand = established();
    hand.send(100);
    hand.news();
    hand.inject({ ack: 5_000, length: 10 });
    expect(hand.news()).toMatchObject([{ flags: 'ACK', rule: 'ack-unacceptable-segment' }]);
    expect(hand.view()).toMatchObject({ flight: 100, unread: 0 });
  });

  it('far too old is a blind guess (RFC 5961 §5)', () => {
    const hand = established();
    hand.send(100);
    hand.inject({ ack: 101 });
    hand.news();
    hand.inject({ ack: -70_000, length: 10 });
    expect(hand.rules()).toEqual(['challenge-ack']);
    hand.inject({ ack: 50, length: 10 });
    expect(hand.view().unread).toBe(10);
  });

  it('that is wrong in SYN-SENT, SYN-RECEIVED and LISTEN is answered with a RST of that number', () => {
    for (const hand of [synSent(), listening(), listening()]) {
      if (hand.state() === 'CLOSED' && hand.sent.length === 0) hand.inject({ ack: 777 });
      else hand.inject({ flags: 'SYN+ACK', seq: 0, ack: 777 });
      expect(hand.news().at(-1)).toMatchObject({ flags: 'RST', rule: 'rst-unacceptable-ack' });
    }
    const half = listening();
    half.inject({ flags: 'SYN', seq: 0, ack: null });
    half.inject({ ack: 777 });
    expect(half.news().at(-1)).toMatchObject({ flags: 'RST', seq: 777 });
    expect(half.state()).toBe('SYN-RECEIVED');
  });

  it('must be there', () => {
    const hand = established();
    hand.inject({ flags: 'PSH', length: 10, ack: null });
    expect(hand.discards).toEqual(['no-ack']);
    expect(hand.view().unread).toBe(0);
  });
});

describe('PAWS (RFC 7323 §5)', () => {
  const stamp = (value: number) => [{ kind: 'timestamps', value, echo: 0 }] as const;
  const open = () => established({ timestamps: true }, { options: [{ kind: 'mss', octets: 1460 }, ...stamp(1_000)] });

  it('turns an older timestamp away with an ACK, though its number is in the window', () => {
    const hand = open();
    hand.inject({ length: 10, options: stamp(2_000) });
    hand.run(300_000);
    hand.news();
    hand.inject({ seq: 11, length: 10, options: stamp(1_999) });
    expect(hand.rules()).toEqual(['paws-ack']);
    expect(hand.discards).toEqual(['paws']);
    expect(hand.view().unread).toBe(10);
  });

  it('knows that timestamps wrap', () => {
    const hand = established({ timestamps: true }, { options: [{ kind: 'mss', octets: 1460 }, ...stamp(0xffff_fff0)] });
    hand.inject({ length: 10, options: stamp(5) });
    expect(hand.view().unread).toBe(10);
  });

  it('does not judge a RST', () => {
    const hand = open();
    hand.inject({ flags: 'RST', options: stamp(1) });
    expect(hand.state()).toBe('CLOSED');
  });

  it('forgets after 24 days', () => {
    const hand = open();
    hand.run(25 * 24 * 3600 * 1e6);
    hand.inject({ length: 10, options: stamp(1) });
    expect(hand.view().unread).toBe(10);
  });

  it('echoes the timestamp of the segment that moved the left edge (§4.3)', () => {
    const hand = open();
    hand.inject({ length: 10, options: stamp(1_100) });
    hand.inject({ seq: 500, length: 10, options: stamp(1_300) });
    const echoes = hand.news().map(({ options }) => options.find(({ kind }) => kind === 'timestamps'));
    expect(echoes.at(-1)).toMatchObject({ echo: 1_100 });
  });
});

it('takes data with the handshake’s last ACK, and a FIN too', () => {
  const hand = listening();
  hand.inject({ flags: 'SYN', seq: 0, ack: null });
  hand.inject({ flags: 'FIN+ACK', length: 100 });
  expect(hand.state()).toBe('CLOSE-WAIT');
  hand.call({ call: 'tcp.accept', socket: 1, as: SERVER });
  expect(hand.told('readable')).toHaveLength(1);
  expect(hand.call({ call: 'tcp.receive', socket: SERVER, max: 1000 })).toMatchObject({ value: 100, end: true });
});
