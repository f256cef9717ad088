import { describe, expect, it } from 'vitest';
import {
  ADDRESSES,
  CLIENT,
  connected,
  LISTENER,
  pattern,
  receive,
  SERVER,
  send,
  TwoHosts,
} from '../testing/two-hosts.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const octets = (words: string): Uint8Array => new TextEncoder().encode(words);
const shutdown = (two: TwoHosts, side: 'a' | 'b') =>
  two.call(side, { call: 'tcp.shutdown', socket: side === 'a' ? CLIENT : SERVER });

describe('opening', () => {
  it('takes three segments', () => {
    const two = connected();
    expect(two.sent.map(({ from, flags }) => `${from} ${flags}`)).toEqual(['a SYN', 'b SYN+ACK', 'a ACK']);
    expect(two.rules('a')).toEqual(['syn-on-connect', 'ack-of-syn-ack']);
    expect(two.states('a')).toEqual(['CLOSED>SYN-SENT', 'SYN-SENT>ESTABLISHED']);
    expect(two.states('b')).toEqual(['CLOSED>LISTEN', 'LISTEN>SYN-RECEIVED', 'SYN-RECEIVED>ESTABLISHED']);
    expect(two.told('a')).toEqual(['connected']);
    expect(two.told('b')).toEqual(['acceptable']);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'offers what its buffer holds in the SYN-ACK, whatever the peer counts from (%i)',
    (secret) => {
      const small = { receiveBufferBytes: 5000 };
      const two = connected({ b: small, secrets: [secret, secret] });
      expect(two.sent.find(({ flags }) => flags === 'SYN+ACK')?.tcp?.window).toBe(5000);
    },
  );

  it('is refused by a port that nobody listens on', () => {
    const two = new TwoHosts();
    two.call('a', { call: 'tcp.connect', socket: CLIENT, to: { address: ADDRESSES.b, port: 9 } });
    two.settle();
    expect(two.segments('b')).toEqual(['RST+ACK']);
    expect(two.notices.at(-1)?.notice).toMatchObject({ notice: 'failed', error: 'ECONNREFUSED' });
    expect(two.state('a', CLIENT)).toBe('CLOSED');
  });

  it('happens from both ends at once', () => {
    const two = new TwoHosts();
    two.call('a', { call: 'tcp.connect', socket: CLIENT, port: 5000, to: { address: ADDRESSES.b, port: 6000 } });
    two.call('b', { call: 'tcp.connect', socket: SERVER, port: 6000, to: { address: ADDRESSES.a, port: 5000 } });
    two.run(1_000_000);
    expect(two.states('a')).toEqual(['CLOSED>SYN-SENT', 'SYN-SENT>SYN-RECEIVED', 'SYN-RECEIVED>ESTABLISHED']);
    expect(two.states('b')).toEqual(two.states('a'));
    send(two, 'a', CLIENT, octets('both'));
    two.run(1_000_000);
    expect(text(receive(two, 'b', SERVER).bytes)).toBe('both');
  });
});

describe('data', () => {
  it('goes both ways, and is acknowledged', () => {
    const two = connected();
    send(two, 'a', CLIENT, octets('hello'));
    two.run(100_000);
    expect(text(receive(two, 'b', SERVER).bytes)).toBe('hello');
    send(two, 'b', SERVER, octets('world'));
    two.run(1_000_000);
    expect(text(receive(two, 'a', CLIENT).bytes)).toBe('world');
    expect(two.view('a', CLIENT)).toMatchObject({ flight: 0, queued: 0 });
    expect(two.view('b', SERVER)).toMatchObject({ flight: 0, queued: 0 });
  });

  it('of a megabyte arrives as it was sent', () => {
    const two = connected();
    const bytes = pattern(1_000_000);
    let sent = 0;
    const parts: Uint8Array[] = [];
    const fill = () => {
      while (sent < bytes.length) {
        const taken = send(two, 'a', CLIENT, bytes.subarray(sent, sent + 50_000));
        if (taken === 0) return;
        sent += taken;
      }
      shutdown(two, 'a');
    };
    two.onNotice = (side, { notice }) => {
      if (side === 'a' && notice === 'writable') fill();
      if (side === 'b' && notice === 'readable') parts.push(receive(two, 'b', SERVER).bytes);
    };
    fill();
    two.run(60_000_000);
    expect(Buffer.compare(Buffer.concat(parts), bytes)).toBe(0);
    expect(two.rules('a').filter((rule) => rule.includes('retransm'))).toEqual([]);
    expect(two.state('a', CLIENT)).toBe('FIN-WAIT-2');
  });
});

describe('closing', () => {
  it('one after the other ends in TIME-WAIT for who was first', () => {
    const two = connected();
    shutdown(two, 'a');
    two.run(100_000);
    expect([two.state('a', CLIENT), two.state('b', SERVER)]).toEqual(['FIN-WAIT-2', 'CLOSE-WAIT']);
    expect(receive(two, 'b', SERVER).end).toBe(true);
    send(two, 'b', SERVER, octets('still here'));
    two.run(100_000);
    expect(text(receive(two, 'a', CLIENT).bytes)).toBe('still here');
    shutdown(two, 'b');
    two.run(100_000);
    expect([two.state('a', CLIENT), two.state('b', SERVER)]).toEqual(['TIME-WAIT', 'CLOSED']);
    two.run(60_000_000);
    expect(two.state('a', CLIENT)).toBe('CLOSED');
    expect(two.deadlines).toEqual({ a: null, b: null });
    expect(two.told('a')).toContain('closed');
  });

  it('at the same time goes through CLOSING', () => {
    const two = connected();
    two.run(100_000);
    shutdown(two, 'a');
    shutdown(two, 'b');
    two.run(200_000);
    const through = ['ESTABLISHED>FIN-WAIT-1', 'FIN-WAIT-1>CLOSING', 'CLOSING>TIME-WAIT'];
    expect(two.states('a').slice(-3)).toEqual(through);
    expect(two.states('b').slice(-3)).toEqual(through);
  });

  it('sends the FIN on a simultaneous close although data waits before it', () => {
    const two = connected({ a: { initialWindowSegments: 1 } });
    two.run(100_000);
    send(two, 'a', CLIENT, pattern(20_000));
    shutdown(two, 'a');
    shutdown(two, 'b');
    two.run(5_000_000);
    expect(receive(two, 'b', SERVER)).toMatchObject({ end: true, bytes: { length: 20_000 } });
    expect([two.state('a', CLIENT), two.state('b', SERVER)]).toEqual(['TIME-WAIT', 'TIME-WAIT']);
  });

  it('both directions resets what comes later', () => {
    const two = connected();
    two.run(100_000);
    two.call('b', { call: 'tcp.close', socket: SERVER });
    two.run(100_000);
    send(two, 'a', CLIENT, octets('too late'));
    two.run(100_000);
    expect(two.rules('b').at(-1)).toBe('rst-data-after-close');
    expect(two.notices.at(-1)?.notice).toMatchObject({ notice: 'failed', error: 'ECONNRESET' });
  });

  it('with octets unread resets at once', () => {
    const two = connected();
    send(two, 'a', CLIENT, octets('unread'));
    two.run(100_000);
    two.call('b', { call: 'tcp.close', socket: SERVER });
    expect(two.rules('b').at(-1)).toBe('rst-unread-on-close');
    two.run(100_000);
    expect(two.told('a').at(-1)).toBe('failed');
  });

  it('by abort resets, and the other end is told', () => {
    const two = connected();
    two.run(100_000);
    two.call('a', { call: 'tcp.abort', socket: CLIENT });
    two.run(100_000);
    expect(two.rules('a').at(-1)).toBe('rst-on-abort');
    expect(two.notices.at(-1)?.notice).toMatchObject({ notice: 'failed', error: 'ECONNRESET' });
    expect(two.views('a')).toEqual([]);
    expect(two.views('b').map(({ state }) => state)).toEqual(['LISTEN']);
  });
});

describe('losses', () => {
  it('of the SYN are mended after one second, then two', () => {
    const two = new TwoHosts({ fate: (_, nth) => (nth <= 2 ? [] : [{ afterUs: 10_000 }]) });
    two.call('b', { call: 'tcp.listen', socket: LISTENER, port: 7, backlog: 8 });
    two.call('a', { call: 'tcp.connect', socket: CLIENT, to: { address: ADDRESSES.b, port: 7 } });
    two.until(() => two.told('a').includes('connected'));
    expect(two.sent.filter(({ flags }) => flags === 'SYN').map(({ at }) => at)).toEqual([0, 1_000_000, 3_000_000]);
  });

  it('of data are mended by the timer', () => {
    const two = connected();
    two.run(100_000);
    const since = two.sent.length;
    two.fate = (_, nth) => (nth === since + 1 ? [] : [{ afterUs: 10_000 }]);
    send(two, 'a', CLIENT, octets('lost'));
    two.run(5_000_000);
    expect(text(receive(two, 'b', SERVER).bytes)).toBe('lost');
    expect(two.rules('a', since)).toEqual(['data-fits-window', 'retransmission-timeout']);
  });

  it('for ever end in ETIMEDOUT', () => {
    const two = connected({ a: { dataRetries: 3 } });
    two.run(100_000);
    two.fate = () => [];
    send(two, 'a', CLIENT, octets('nobody hears'));
    two.settle();
    expect(two.notices.at(-1)?.notice).toMatchObject({ notice: 'failed', error: 'ETIMEDOUT' });
    expect(two.deadlines.a).toBe(null);
  });
});
