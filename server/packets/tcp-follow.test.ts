import { describe, expect, it } from 'vitest';
import { TCP_FLAGS } from './tcp.ts';
import { TcpFollower } from './tcp-follow.ts';

type Flag = keyof typeof TCP_FLAGS;

/** Segments as people write them: who, flags, sequence and acknowledgment counted from 1000 and 5000, payload. */
function scene() {
  const follower = new TcpFollower();
  return (who: 'client' | 'server', flags: readonly Flag[], seq: number, ack = 0, length = 0, window = 500) => {
    const [own, other] = who === 'client' ? [1_000, 5_000] : [5_000, 1_000];
    const header = {
      sourcePort: 1,
      destinationPort: 2,
      sequence: (own + seq) >>> 0,
      acknowledgment: flags.includes('ack') ? (other + ack) >>> 0 : 0,
      flags: flags.reduce((sum, flag) => sum + TCP_FLAGS[flag], 0),
      window,
      urgentPointer: 0,
      options: [],
    };
    return follower.follow(header, length, who === 'client');
  };
}

const states = ({ after }: { after: { client: string | null; server: string | null } }) =>
  `${after.client} ${after.server}`;

describe('the segments of a connection', () => {
  it('show the handshake, its phantom octets and its relative numbers', () => {
    const see = scene();
    expect(see('client', ['syn'], 0)).toMatchObject({
      relativeSequence: 0,
      relativeAcknowledgment: null,
      sequenceLength: 1,
    });
    expect(states(see('server', ['syn', 'ack'], 0, 1))).toBe('SYN-SENT SYN-RECEIVED');
    expect(see('client', ['ack'], 1, 1)).toMatchObject({
      relativeSequence: 1,
      relativeAcknowledgment: 1,
      sequenceLength: 0,
      after: { client: 'ESTABLISHED', server: 'ESTABLISHED' },
      marks: [],
    });
    expect(see('client', ['ack', 'psh'], 1, 1, 5)).toMatchObject({ length: 5, sequenceLength: 5 });
  });

  it('show who closes first, half-close and TIME-WAIT', () => {
    const see = opened();
    expect(states(see('client', ['fin', 'ack'], 1, 1))).toBe('FIN-WAIT-1 ESTABLISHED');
    expect(states(see('server', ['ack'], 1, 2))).toBe('FIN-WAIT-2 CLOSE-WAIT');
    expect(states(see('server', ['ack'], 1, 2, 10))).toBe('FIN-WAIT-2 CLOSE-WAIT');
    expect(states(see('server', ['fin', 'ack'], 11, 2))).toBe('FIN-WAIT-2 LAST-ACK');
    expect(states(see('client', ['ack'], 2, 12))).toBe('TIME-WAIT CLOSED');
  });

  it('show a FIN that is acknowledged by the other FIN, and both at once', () => {
    const three = opened();
    three('server', ['fin', 'ack'], 1, 1);
    expect(states(three('client', ['fin', 'ack'], 1, 2))).toBe('LAST-ACK FIN-WAIT-2');
    expect(states(three('server', ['ack'], 2, 2))).toBe('CLOSED TIME-WAIT');
    const both = opened();
    both('client', ['fin', 'ack'], 1, 1);
    expect(states(both('server', ['fin', 'ack'], 1, 1))).toBe('FIN-WAIT-1 FIN-WAIT-1');
    expect(states(both('client', ['ack'], 2, 2))).toBe('CLOSING FIN-WAIT-2');
    expect(states(both('server', ['ack'], 2, 2))).toBe('TIME-WAIT TIME-WAIT');
  });

  it('show a refusal and a reset', () => {
    const see = scene();
    see('client', ['syn'], 0);
    expect(see('server', ['rst', 'ack'], -5_000, 1)).toMatchObject({
      after: { client: 'CLOSED', server: 'CLOSED' },
      relativeSequence: null,
    });
    const open = opened();
    expect(states(open('server', ['rst'], 1))).toBe('CLOSED CLOSED');
  });

  it('mark what was sent before, duplicate acknowledgments, windows and keep-alives', () => {
    const see = opened();
    see('client', ['ack'], 1, 1, 100);
    see('client', ['ack'], 101, 1, 100);
    see('server', ['ack'], 1, 101);
    expect(see('server', ['ack'], 1, 101).marks).toEqual(['duplicate-ack']);
    expect(see('client', ['ack'], 101, 1, 100).marks).toEqual(['retransmission']);
    expect(see('server', ['ack'], 1, 201, 0, 0).marks).toEqual(['zero-window']);
    expect(see('server', ['ack'], 1, 201, 0, 900).marks).toEqual(['window-update']);
    expect(see('client', ['ack'], 200, 1).marks).toEqual(['keep-alive']);
    expect(see('client', ['ack'], 301, 1, 10).marks).toEqual(['gap']);
  });

  it('are followed from the middle, and over the end of the numbers', () => {
    const late = scene();
    expect(late('client', ['ack'], 7, 9, 3)).toMatchObject({
      relativeSequence: 0,
      relativeAcknowledgment: 0,
      after: { client: 'ESTABLISHED', server: 'ESTABLISHED' },
    });
    const wrapping = scene();
    wrapping('client', ['syn'], 0xffff_ffff - 1_000);
    expect(wrapping('client', ['ack'], 0xffff_ffff - 999, 1, 5)).toMatchObject({ relativeSequence: 1 });
  });

  it('begin anew when a port is used again', () => {
    const see = opened();
    see('client', ['rst'], 1);
    expect(see('client', ['syn'], 9_999)).toMatchObject({
      relativeSequence: 0,
      after: { client: 'SYN-SENT', server: 'LISTEN' },
    });
  });
});

/** A connection behind its handshake. */
function opened() {
  const see = scene();
  see('client', ['syn'], 0);
  see('server', ['syn', 'ack'], 0, 1);
  see('client', ['ack'], 1, 1);
  return see;
}
