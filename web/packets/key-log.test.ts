import { expect, it } from 'vitest';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { LINK_TYPES } from '#packets/link.ts';
import { parsePacket } from '#packets/packet.ts';
import { serializeTcp } from '#packets/tcp.ts';
import { secretsFor } from './key-log.ts';

const random = (octet: string): string => octet.repeat(32);

/** A packet whose payload begins a TLS handshake with this client random. */
function clientHello(octet: string) {
  const payload = Buffer.from(`160301002a0100002603 03${random(octet)}000000`.replace(' ', ''), 'hex');
  const ip = plainIpv4({ source: '127.0.0.1', destination: '127.0.0.1', protocol: 6 });
  const tcp = {
    sourcePort: 1,
    destinationPort: 2,
    sequence: 0,
    acknowledgment: 0,
    flags: 16,
    window: 1,
    urgentPointer: 0,
    options: [],
  };
  const bytes = serializeIpv4(ip, serializeTcp(tcp, payload, ip));
  return { bytes, packet: parsePacket(bytes, LINK_TYPES.raw) };
}

it('takes from a key log the secrets of the connections in a capture, and no others', () => {
  const mine = `CLIENT_RANDOM ${random('ab')} 0011`;
  const keyLog = ['# comment', mine, `CLIENT_RANDOM ${random('cd')} 2233`, 'nonsense', ''].join('\r\n');
  expect(secretsFor(keyLog, [clientHello('ab'), clientHello('ef')])).toBe(`${mine}\n`);
  expect(secretsFor(keyLog, [clientHello('ef')])).toBe('');
  expect(secretsFor(keyLog, [])).toBe('');
});
