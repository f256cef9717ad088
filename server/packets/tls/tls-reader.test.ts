import { Duplex } from 'node:stream';
import { connect, createSecureContext, TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testCertificate } from '../../demos/testing/certificate.ts';
import { type TlsItem, TlsReader } from './tls-reader.ts';

type Version = 'TLSv1.2' | 'TLSv1.3';

/** Two ends of a wire without a network, and all that went over it. */
function wire(): { client: Duplex; server: Duplex; toServer: Buffer[]; toClient: Buffer[] } {
  const [toServer, toClient]: [Buffer[], Buffer[]] = [[], []];
  const end = (out: Buffer[], other: () => Duplex) =>
    new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => {
        out.push(chunk);
        other().push(chunk);
        done();
      },
    });
  const client: Duplex = end(toServer, () => server);
  const server: Duplex = end(toClient, () => client);
  return { client, server, toServer, toClient };
}

/** What a real handshake sends, and one word each way after it. */
async function handshake(version: Version): Promise<{ toServer: Buffer; toClient: Buffer }> {
  const { certificatePem: cert, keyPem: key } = await testCertificate();
  const { client, server, toServer, toClient } = wire();
  const [minVersion, maxVersion] = [version, version];
  const secureContext = createSecureContext({ cert, key, minVersion, maxVersion });
  const atServer = new TLSSocket(server, { isServer: true, secureContext, ALPNProtocols: ['echo'] });
  atServer.on('data', (octets) => atServer.write(octets));
  const options = { socket: client, servername: 'localhost', ALPNProtocols: ['h2', 'echo'] };
  const atClient = connect({ ...options, rejectUnauthorized: false, minVersion, maxVersion });
  await new Promise<void>((resolve) => {
    atClient.on('data', () => resolve());
    atClient.write('hello');
  });
  return { toServer: Buffer.concat(toServer), toClient: Buffer.concat(toClient) };
}

function read(stream: Uint8Array): TlsReader {
  const reader = new TlsReader();
  reader.push(stream);
  return reader;
}

const name = (item: TlsItem): string =>
  'name' in item ? item.name : item.kind === 'encrypted' ? `encrypted ${item.what}` : item.kind;
const names = (stream: Uint8Array): string[] => read(stream).items.map(name);

describe('a handshake of TLS 1.2', () => {
  it('is in the clear but for its last message, the certificate included', async () => {
    const { toServer, toClient } = await handshake('TLSv1.2');
    expect(names(toServer)).toEqual([
      'client-hello',
      'ClientKeyExchange',
      'change-cipher-spec',
      'encrypted handshake',
      'encrypted application-data',
    ]);
    expect(names(toClient).filter((one) => one !== 'NewSessionTicket')).toEqual([
      'server-hello',
      'Certificate',
      'ServerKeyExchange',
      'ServerHelloDone',
      'change-cipher-spec',
      'encrypted handshake',
      'encrypted application-data',
    ]);
    expect(read(toServer).items[0]).toMatchObject({
      from: 0,
      hello: { versions: [0x0303], serverName: 'localhost', protocols: ['h2', 'echo'] },
    });
    expect(read(toClient).items[0]).toMatchObject({ hello: { version: 0x0303, retry: false, protocol: 'echo' } });
  });
});

describe('a handshake of TLS 1.3', () => {
  it('is encrypted from the ServerHello on', async () => {
    const { toServer, toClient } = await handshake('TLSv1.3');
    const [hello, ...afterHello] = names(toServer);
    expect(hello).toBe('client-hello');
    expect(new Set(afterHello)).toEqual(new Set(['change-cipher-spec', 'encrypted application-data']));
    expect(names(toClient).slice(0, 3)).toEqual(['server-hello', 'change-cipher-spec', 'encrypted application-data']);
    expect(read(toServer).items[0]).toMatchObject({ hello: { versions: [0x0304], serverName: 'localhost' } });
    expect(read(toClient).items[0]).toMatchObject({ hello: { version: 0x0304, protocol: null } });
  });
});

describe('any chunking', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('of %s gives the same items, octet by octet', async (version) => {
    const { toServer, toClient } = await handshake(version);
    for (const stream of [toServer, toClient]) {
      const reader = new TlsReader();
      for (const octet of stream) reader.push(Uint8Array.of(octet));
      expect(reader.items).toEqual(read(stream).items);
      expect(reader.position).toBe(stream.length);
    }
  });

  it('of any octets, and of broken handshakes, gives the same, and never throws', async () => {
    const { toServer } = await handshake('TLSv1.2');
    const broken = fc.tuple(fc.nat(toServer.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
      const copy = Uint8Array.from(toServer);
      copy[at] = (copy[at] ?? 0) ^ by;
      return copy;
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), broken),
        fc.integer({ min: 1, max: 300 }),
        (stream, cut) => {
          const reader = new TlsReader();
          for (let at = 0; at < stream.length; at += cut) reader.push(stream.subarray(at, at + cut));
          expect(reader.items).toEqual(read(stream).items);
          expect(reader.position).toBe(stream.length);
        },
      ),
    );
  });
});

describe('what is no handshake', () => {
  it('is said, and not read on', () => {
    expect(names(Buffer.from('GET / HTTP/1.1\r\n'))).toEqual(['not-tls']);
    // Alert, TLS 1.2, two octets: fatal, handshake_failure.
    expect(read(Buffer.from('15030300020228', 'hex')).items).toEqual([
      { kind: 'alert', fatal: true, name: 'handshake_failure', from: 0, bytes: 7 },
    ]);
  });

  it('may be missing: octets inside an encrypted record are, and others end the reading', () => {
    const reader = read(Buffer.from('170303000a0102', 'hex'));
    reader.skip(8);
    reader.push(Buffer.from('15030300020100', 'hex'));
    expect(reader.items.map(name)).toEqual(['encrypted application-data', 'close_notify']);
    reader.skip(3);
    expect(reader.items.map(name).at(-1)).toBe('not-tls');
  });
});
