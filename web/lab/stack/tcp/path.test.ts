/** What is told about the path: ICMP's errors (RFC 5461, RFC 5927, RFC 1191), and the MTU of the interface. */
import { describe, expect, it } from 'vitest';
import { ICMP_TYPES, UNREACHABLE_CODES } from '#packets/icmp.ts';
import { established, synSent } from '../testing/by-hand.ts';
import { ADDRESSES } from '../testing/two-hosts.ts';

describe('ICMP', () => {
  it('that the port is unreachable ends an attempt to connect, and nothing that works (RFC 5461)', () => {
    const hand = synSent();
    hand.icmp(ICMP_TYPES.unreachable, UNREACHABLE_CODES.port, hand.packets[0] ?? new Uint8Array(0));
    expect(hand.told('failed')).toMatchObject([{ error: 'ECONNREFUSED' }]);
    const open = established();
    open.send(100);
    open.icmp(ICMP_TYPES.unreachable, UNREACHABLE_CODES.port, open.packets.at(-1) ?? new Uint8Array(0));
    expect(open.state()).toBe('ESTABLISHED');
    expect(open.discards).toEqual(['icmp-soft']);
  });

  it('from a filter ends an attempt to connect too; that a host is not reachable now does not', () => {
    for (const code of [9, 10, 13]) {
      const hand = synSent();
      hand.icmp(ICMP_TYPES.unreachable, code, hand.packets[0] ?? new Uint8Array(0));
      expect(hand.told('failed')).toMatchObject([{ error: 'ECONNREFUSED' }]);
    }
    const hand = synSent();
    hand.icmp(ICMP_TYPES.unreachable, UNREACHABLE_CODES.host, hand.packets[0] ?? new Uint8Array(0));
    expect(hand.state()).toBe('SYN-SENT');
  });

  it('counts as far as is set: not at all, or soft ones too (RFC 5461)', () => {
    const deaf = synSent({ icmpErrors: 'ignore' });
    deaf.icmp(ICMP_TYPES.unreachable, UNREACHABLE_CODES.port, deaf.packets[0] ?? new Uint8Array(0));
    expect(deaf.state()).toBe('SYN-SENT');
    for (const [type, code] of [
      [ICMP_TYPES.unreachable, UNREACHABLE_CODES.host],
      [ICMP_TYPES.timeExceeded, 0],
    ] as const) {
      const hasty = synSent({ icmpErrors: 'all' });
      hasty.icmp(type, code, hasty.packets[0] ?? new Uint8Array(0));
      expect(hasty.told('failed')).toMatchObject([{ error: 'EHOSTUNREACH' }]);
    }
  });

  it('is believed only about what is in flight (RFC 5927)', () => {
    const hand = synSent();
    const packet = (hand.packets[0] ?? new Uint8Array(0)).slice();
    packet[24] = (packet[24] ?? 0) ^ 0x40;
    hand.icmp(ICMP_TYPES.unreachable, UNREACHABLE_CODES.port, packet);
    expect(hand.state()).toBe('SYN-SENT');
    expect(hand.discards).toEqual(['icmp-sequence']);
  });

  it('that a packet is too big makes segments smaller, and sends them again at once (RFC 1191)', () => {
    const hand = established();
    hand.send(4_000);
    expect(hand.news()).toMatchObject([{ length: 1460 }, { length: 1460 }]);
    hand.icmp(
      ICMP_TYPES.unreachable,
      UNREACHABLE_CODES.fragmentationNeeded,
      hand.packets.at(-2) ?? new Uint8Array(0),
      1_000,
    );
    expect(hand.news().map(({ seq, length, rule }) => [seq, length, rule])).toEqual([
      [1, 960, 'path-mtu-lowered'],
      [961, 960, 'path-mtu-lowered'],
      [1_921, 960, 'path-mtu-lowered'],
      [2_881, 960, 'data-fits-window'],
    ]);
    expect(hand.packets.at(-1)?.[6]).toBe(0x40);
  });
});

describe('the interface', () => {
  it('that takes shorter packets only has what is in flight cut anew; a datagram is fragmented by it', () => {
    const hand = established();
    hand.send(2_920);
    hand.news();
    hand.step({ event: 'mtu', mtu: 540 });
    expect(
      hand
        .news()
        .map(({ seq, length }) => [seq, length])
        .slice(0, 2),
    ).toEqual([
      [1, 500],
      [501, 500],
    ]);
    expect(hand.view().timers).toMatchObject([{ timer: 'retransmission' }]);
    hand.call({ call: 'udp.send', socket: 77, to: { address: ADDRESSES.b, port: 9 }, bytes: new Uint8Array(1_000) });
    expect(hand.packets.slice(-2).map(({ length }) => length)).toEqual([540, 508]);
  });

  it('that takes longer ones changes nothing for a connection', () => {
    const hand = established();
    hand.step({ event: 'mtu', mtu: 9_000 });
    hand.send(2_920);
    expect(hand.news()).toMatchObject([{ length: 1_460 }, { length: 1_460 }]);
  });
});
