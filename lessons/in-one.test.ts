import { describe, expect, it } from 'vitest';
import { echoed, inOne, not } from './checks.ts';
import { createMatcher } from './matcher.ts';
import { type PacketSighting, packets } from './packet-checks.ts';
import { type ConversationDetails, PORTS, wireScript } from './testing/wire-script.ts';
import { createWireNow } from './wire-now.ts';

const end = (port: number, address = '127.0.0.1') => ({ address, port });

/** The first octets of a flow. */
const packet = (flow: number, changes: Partial<PacketSighting> = {}): PacketSighting => ({
  ...{
    flow,
    transport: 'tcp',
    client: end(50_001),
    server: end(PORTS.echo ?? 0),
    from: 'client',
    flags: ['psh', 'ack'],
  },
  ...{ length: 5, sequence: 1, acknowledgment: 1, marks: [], answered: true, demo: 'echo' },
  ...changes,
});

/** A check that is told of packets and of what is written to the wire, in the order of the calls. */
function watch(check = inOne(echoed({ demo: 'echo', minBytes: 5 }), packets({ demo: 'echo' }, { sequence: 1 }))) {
  const now = createWireNow();
  const matcher = createMatcher(check, now);
  const wire = wireScript();
  return {
    sees: (seen: PacketSighting) => matcher.feed({ packet: seen }, now),
    echoes: (details: ConversationDetails = {}) => {
      const id = wire.open('echo', details);
      wire.say(id, 'hello');
      wire.answer(id, 'hello');
      for (const event of wire.events.slice(now.seq)) {
        const conversation = wire.conversations.get(event.conversation);
        const sighting = conversation && now.see(event, conversation);
        if (sighting) matcher.feed(sighting, now);
      }
    },
    get holds() {
      return matcher.match !== null;
    },
  };
}

describe('the packets of one conversation', () => {
  it('are those between its ends, taken in before its events or after', () => {
    const ahead = watch();
    ahead.sees(packet(1));
    expect(ahead.holds).toBe(false);
    ahead.echoes();
    expect(ahead.holds).toBe(true);
    const behind = watch();
    behind.echoes();
    expect(behind.holds).toBe(false);
    behind.sees(packet(1));
    expect(behind.holds).toBe(true);
  });

  it.each<[string, Partial<PacketSighting>]>([
    ['another client', { client: end(50_009) }],
    ['another server', { server: end(7), demo: 'echo' }],
    ['another transport', { transport: 'udp' }],
  ])('are not those of %s', (_name, changes) => {
    const seen = watch();
    seen.sees(packet(1, changes));
    seen.echoes();
    expect(seen.holds).toBe(false);
  });

  it('are not those of an earlier or a later one between the same ends', () => {
    const seen = watch();
    seen.sees(packet(1, { sequence: 7 }));
    seen.echoes({ client: end(50_001) });
    seen.sees(packet(2));
    expect(seen.holds).toBe(false);
    seen.echoes({ client: end(50_001) });
    expect(seen.holds).toBe(true);
  });

  it('may be any to the server where the client was gone before the server could see who it was', () => {
    const seen = watch();
    seen.sees(packet(1));
    seen.echoes({ client: end(0, '') });
    expect(seen.holds).toBe(true);
  });

  it('do not say the zone of a link-local address', () => {
    const seen = watch();
    seen.sees(packet(1, { client: end(50_001, 'fe80::1'), server: end(41_007, 'fe80::2') }));
    seen.echoes({ client: end(50_001, 'fe80::1%eth0'), server: end(41_007, 'fe80::2%eth0') });
    expect(seen.holds).toBe(true);
  });

  it('are denied of that one alone', () => {
    const without = watch(inOne(echoed({ demo: 'echo' }), not(packets({ demo: 'echo' }, {}))));
    without.sees(packet(1));
    without.echoes({ client: end(50_001) });
    expect(without.holds).toBe(false);
    without.echoes({ client: end(50_002) });
    expect(without.holds).toBe(true);
  });
});
