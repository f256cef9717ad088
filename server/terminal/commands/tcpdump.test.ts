import { describe, expect, it } from 'vitest';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { LINK_TYPES } from '#packets/link.ts';
import { parsePacket } from '#packets/packet.ts';
import { serializeUdp } from '#packets/udp.ts';
import type { CaptureStatus } from '#protocol/capture.ts';
import { readFilter } from '../tcpdump/tcpdump-filter.ts';
import { openTerminal } from '../testing/driver.ts';
import { createFakeHost } from '../testing/fake-host.ts';

const ENDS = { source: '127.0.0.1', destination: '127.0.0.1' };

function datagram(sourcePort: number, destinationPort: number): Uint8Array {
  return serializeIpv4(
    plainIpv4({ ...ENDS, protocol: 17 }),
    serializeUdp({ sourcePort, destinationPort }, new Uint8Array(3), ENDS),
  );
}

const STATUS: CaptureStatus = {
  state: 'on',
  tool: 'tcpdump',
  interface: 'lo',
  filter: '',
  captured: 0,
  dropped: 0,
  refusal: null,
  detail: null,
  remedy: [],
  also: [],
  interfaces: [],
};

/** A host whose capture holds these packets from the moment that somebody watches. */
function hostWith(packets: readonly Uint8Array[], status: CaptureStatus = STATUS) {
  const asked: (readonly number[])[] = [];
  let head = 0;
  const capture = {
    get head() {
      return head;
    },
    oldest: 1,
    status,
    frame: (number: number) => {
      const bytes = packets[number - 1];
      return bytes
        ? { interface: number === 1 ? 'eth0' : 'lo', seconds: 0, nanoseconds: 5_000, linkType: LINK_TYPES.raw, bytes }
        : null;
    },
    watch: (told: (status: CaptureStatus) => void) => {
      queueMicrotask(() => {
        told(status);
        head = packets.length;
      });
      return {
        setPorts: (ports: readonly number[]) => asked.push(ports),
        setInterface: (name: string) => name === 'eth0',
        leave: () => {},
      };
    },
  };
  return { host: { ...createFakeHost(), capture }, asked };
}

describe('tcpdump in the terminal', () => {
  it('prints what fits the filter, and ends after the count', async () => {
    const { host, asked } = hostWith([
      datagram(1_000, 7),
      datagram(1_001, 7_007),
      datagram(7_007, 1_001),
      datagram(1_002, 9),
    ]);
    const shell = await openTerminal({ host });
    const screen = await shell.run('tcpdump -c 2 udp and port 7007');
    shell.sessions.close();
    expect(screen).toMatch(/\d\d:\d\d:\d\d\.000005 IP 127\.0\.0\.1\.1001 > 127\.0\.0\.1\.7007: UDP, length 3/);
    expect(screen).toContain('127.0.0.1.7007 > 127.0.0.1.1001');
    expect(screen).not.toContain('.1000 >');
    expect(screen).toContain('2 packets shown');
    expect(asked).toEqual([[7_007]]);
  });

  it('captures on an interface that there is, and shows what comes over that one', async () => {
    const run = async (command: string): Promise<string> => {
      const { host } = hostWith([datagram(1_000, 7), datagram(1_001, 7_007), datagram(1_002, 7)]);
      const shell = await openTerminal({ host });
      const screen = await shell.run(command);
      shell.sessions.close();
      return screen;
    };
    const [missing, screen] = [await run('tcpdump -i eth7'), await run('tcpdump -c 1 -i eth0')];
    expect(missing).toContain('eth7: there is no such interface');
    expect(screen).toContain('127.0.0.1.1000 >');
    expect(screen).not.toContain('.1001 >');
  });

  it('says why it is not permitted, and what would permit it', async () => {
    const { host } = hostWith([], {
      ...STATUS,
      state: 'refused',
      refusal: 'not-permitted',
      detail: "You don't have permission to capture on that device",
      remedy: ['sudo setcap cap_net_raw,cap_net_admin+eip /usr/bin/tcpdump'],
    });
    const shell = await openTerminal({ host });
    const screen = await shell.run('tcpdump');
    shell.sessions.close();
    expect(screen).toContain("You don't have permission");
    expect(screen).toContain('sudo setcap cap_net_raw');
  });
});

describe('its filter', () => {
  const packet = parsePacket(datagram(1_001, 7_007), LINK_TYPES.raw);

  it.each([
    ['', true],
    ['udp', true],
    ['tcp', false],
    ['port 7007', true],
    ['port 7008', false],
    ['host 127.0.0.1 and udp and port 1001', true],
    ['host 192.0.2.1', false],
  ])('%j', (words, fits) => {
    expect(readFilter(words.split(' ').filter(Boolean)).matches(packet)).toBe(fits);
  });

  it.each(['port', 'port x', 'port 0', 'port 70000', 'host name', 'udp or tcp', 'udp and', 'net 10/8'])(
    '%j is refused with what is understood',
    (words) => {
      expect(() => readFilter(words.split(' '))).toThrow('only tcp, udp, icmp, port N');
    },
  );
});
