/** Options of the handshake, the backlog, TIME-WAIT: RFC 9293 §3.7.1, §3.9.1, §3.6.1; RFC 6191; RFC 1191. */
import { describe, expect, it } from 'vitest';
import type { TcpOption } from '#packets/tcp.ts';
import { type ByHand, established, listening, synSent } from '../testing/by-hand.ts';
import { ADDRESSES, CLIENT, LISTENER, SERVER } from '../testing/two-hosts.ts';

const SECOND = 1_000_000;
const kinds = (options: readonly TcpOption[]) => options.map(({ kind }) => kind).filter((kind) => kind !== 'nop');

describe('a SYN', () => {
  it('offers what is switched on', () => {
    const options = (tcp: Parameters<typeof synSent>[0]) => kinds(synSent(tcp).sent[0]?.options ?? []);
    expect(options({})).toEqual(['mss']);
    expect(options({ sack: true, timestamps: true, windowScale: true })).toEqual([
      'mss',
      'sack-permitted',
      'timestamps',
      'window-scale',
    ]);
  });

  it('announces the MTU less 40, or what is asked for', () => {
    expect(synSent().sent[0]?.options).toEqual([{ kind: 'mss', octets: 1460 }]);
    expect(synSent({ mss: 500 }).sent[0]?.options).toEqual([{ kind: 'mss', octets: 500 }]);
  });

  it('is answered with what it offered, and nothing else', () => {
    const answer = (offered: readonly TcpOption[]) => {
      const hand = listening({ sack: true, timestamps: true, windowScale: true });
      hand.inject({ flags: 'SYN', seq: 0, ack: null, options: offered });
      return kinds(hand.news()[0]?.options ?? []);
    };
    expect(answer([])).toEqual(['mss']);
    expect(answer([{ kind: 'sack-permitted' }])).toEqual(['mss', 'sack-permitted']);
    expect(answer([{ kind: 'window-scale', shift: 3 }])).toEqual(['mss', 'window-scale']);
    expect(answer([{ kind: 'timestamps', value: 9, echo: 0 }])).toEqual(['mss', 'timestamps']);
  });

  it('without MSS means 536 octets (RFC 9293 §3.7.1)', () => {
    const hand = established({}, { options: [] });
    hand.send(1_000);
    expect(hand.news()).toMatchObject([{ length: 536 }]);
  });

  it('with an MSS of zero does not make every octet a packet without data', () => {
    const hand = established({}, { options: [{ kind: 'mss', octets: 0 }] });
    hand.send(100);
    expect(hand.news()[0]?.length).toBeGreaterThan(0);
  });

  it('with timestamps leaves twelve octets less for data', () => {
    const options = [
      { kind: 'mss', octets: 1460 },
      { kind: 'timestamps', value: 1, echo: 0 },
    ] as const;
    const hand = established({ timestamps: true }, { options });
    hand.send(2_000);
    expect(hand.news()).toMatchObject([{ length: 1448 }]);
  });

  it('with a shift beyond 14 means 14 (RFC 7323 §2.3); its own window is not scaled', () => {
    const options = [{ kind: 'window-scale', shift: 200 }] as const;
    const hand = listening({ windowScale: true });
    hand.inject({ flags: 'SYN', seq: 0, ack: null, options, window: 1_000 });
    expect(hand.view().sndWnd).toBe(1_000);
    hand.inject({ window: 10 });
    expect(hand.view().sndWnd).toBe(10 * 2 ** 14);
  });
});

describe('a port that listens', () => {
  const syn = (hand: ByHand, seq: number, port: number) => hand.inject({ flags: 'SYN', seq, ack: null, port });

  it('answers no SYN beyond its backlog, and one again when there is room', () => {
    const hand = listening();
    for (let port = 1; port <= 5; port += 1) syn(hand, 0, port);
    expect(hand.news()).toHaveLength(4);
    expect(hand.discards).toEqual(['backlog-full']);
    hand.inject({ flags: 'RST', port: 2 });
    syn(hand, 0, 5);
    expect(hand.news()).toHaveLength(1);
  });

  it('gives connections out in their order, and says when there is none', () => {
    const hand = listening();
    for (const port of [1, 2]) syn(hand, 0, port);
    for (const port of [2, 1]) hand.inject({ port });
    expect(hand.told('acceptable')).toHaveLength(2);
    const accept = (as: number) => hand.call({ call: 'tcp.accept', socket: LISTENER, as });
    expect(accept(20)).toMatchObject({ ok: true, peer: { address: ADDRESSES.b, port: 2 } });
    expect(accept(21)).toMatchObject({ ok: true, peer: { address: ADDRESSES.b, port: 1 } });
    expect(accept(22)).toEqual({ ok: false, error: 'EAGAIN' });
  });

  it('that closes resets what waits for it', () => {
    const hand = listening();
    syn(hand, 0, 1);
    hand.inject({ port: 1 });
    hand.news();
    hand.call({ call: 'tcp.close', socket: LISTENER });
    expect(hand.news()).toMatchObject([{ flags: 'RST+ACK', rule: 'rst-on-abort' }]);
    syn(hand, 0, 9);
    expect(hand.news()).toMatchObject([{ flags: 'RST+ACK', rule: 'rst-no-connection' }]);
  });

  it('gives up on a SYN-ACK that nobody answers', () => {
    const hand = listening({ synRetries: 2 });
    syn(hand, 0, 1);
    hand.run(100 * SECOND);
    expect(hand.news().map(({ at }) => at / SECOND)).toEqual([0, 1, 3]);
    expect(hand.state()).toBe('CLOSED');
    expect(hand.deadline).toBe(null);
  });
});

describe('calls that cannot be', () => {
  it('are refused by the names of POSIX', () => {
    const hand = established();
    const { call } = { call: hand.call.bind(hand) };
    const to = { address: ADDRESSES.b, port: 9 };
    const bytes = new Uint8Array(1);
    expect(call({ call: 'tcp.listen', socket: 50, port: 7, backlog: 1 })).toEqual({ ok: false, error: 'EADDRINUSE' });
    expect(call({ call: 'tcp.listen', socket: 50, port: 70_000, backlog: 1 })).toEqual({ ok: false, error: 'EINVAL' });
    expect(call({ call: 'tcp.connect', socket: SERVER, to })).toEqual({ ok: false, error: 'EISCONN' });
    expect(call({ call: 'tcp.connect', socket: 51, to: { address: 'here', port: 1 } })).toEqual({
      ok: false,
      error: 'EINVAL',
    });
    expect(call({ call: 'tcp.connect', socket: 51, to: { address: '224.0.0.1', port: 1 } })).toEqual({
      ok: false,
      error: 'EINVAL',
    });
    expect(call({ call: 'tcp.send', socket: 99, bytes })).toEqual({ ok: false, error: 'EBADF' });
    expect(call({ call: 'tcp.send', socket: LISTENER, bytes })).toEqual({ ok: false, error: 'EINVAL' });
    call({ call: 'tcp.shutdown', socket: SERVER });
    expect(call({ call: 'tcp.send', socket: SERVER, bytes })).toEqual({ ok: false, error: 'EPIPE' });
    call({ call: 'tcp.close', socket: SERVER });
    expect(call({ call: 'tcp.receive', socket: SERVER, max: 1 })).toEqual({ ok: false, error: 'EBADF' });
  });

  it('tell once what ended the connection', () => {
    const hand = established();
    hand.inject({ length: 10 });
    hand.inject({ flags: 'RST', seq: 11 });
    const receive = () => hand.call({ call: 'tcp.receive', socket: SERVER, max: 10 });
    expect(receive()).toEqual({ ok: false, error: 'ECONNRESET' });
    expect(receive()).toMatchObject({ ok: true, value: 0, end: true });
  });
});

describe('TIME-WAIT', () => {
  const timeWait = () => {
    const hand = established();
    hand.call({ call: 'tcp.shutdown', socket: SERVER });
    hand.inject({ flags: 'FIN+ACK', ack: 2 });
    expect(hand.state()).toBe('TIME-WAIT');
    hand.news();
    return hand;
  };

  it('answers the FIN again and waits anew (RFC 9293 §3.10.7.4)', () => {
    const hand = timeWait();
    hand.run(50 * SECOND);
    hand.inject({ flags: 'FIN+ACK', ack: 2 });
    expect(hand.rules()).toEqual(['time-wait-ack']);
    hand.run(59 * SECOND);
    expect(hand.state()).toBe('TIME-WAIT');
    hand.run(1 * SECOND);
    expect(hand.state()).toBe('CLOSED');
  });

  it('is not cut short by a RST (RFC 1337)', () => {
    const hand = timeWait();
    hand.inject({ flags: 'RST', seq: 2 });
    expect(hand.state()).toBe('TIME-WAIT');
  });

  it('gives way to a newer SYN where somebody listens (RFC 6191), not to an older one', () => {
    const hand = timeWait();
    hand.inject({ flags: 'SYN', seq: -500, ack: null });
    expect(hand.state()).toBe('TIME-WAIT');
    hand.inject({ flags: 'SYN', seq: 5_000, ack: null });
    expect(hand.state()).toBe('SYN-RECEIVED');
    hand.inject({ seq: 5_001 });
    expect(hand.state()).toBe('ESTABLISHED');
  });

  it('keeps what was not read', () => {
    const hand = established();
    hand.call({ call: 'tcp.shutdown', socket: SERVER });
    hand.inject({ flags: 'FIN+ACK', ack: 2, length: 50 });
    hand.run(100 * SECOND);
    expect(hand.state()).toBe('CLOSED');
    expect(hand.call({ call: 'tcp.receive', socket: SERVER, max: 100 })).toMatchObject({ value: 50, end: true });
  });
});

describe('FIN-WAIT-2', () => {
  it('of a program that is gone ends by itself; of one that still reads it does not', () => {
    for (const call of ['tcp.close', 'tcp.shutdown'] as const) {
      const hand = established();
      hand.call({ call, socket: SERVER });
      hand.inject({ ack: 2 });
      hand.run(3600 * SECOND);
      expect(hand.state()).toBe(call === 'tcp.close' ? 'CLOSED' : 'FIN-WAIT-2');
    }
  });
});

it('does not close what is not open', () => {
  const hand = synSent();
  expect(hand.call({ call: 'tcp.close', socket: CLIENT })).toMatchObject({ ok: true });
  expect(hand.state()).toBe('CLOSED');
  expect(hand.deadline).toBe(null);
});
