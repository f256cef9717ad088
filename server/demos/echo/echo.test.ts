import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testCertificate } from '../testing/certificate.ts';
import { FakeConnection } from '../testing/fake-connection.ts';
import { type ServedDemo, serveDemo } from '../testing/serve-demo.ts';
import { TcpClient } from '../testing/tcp-client.ts';
import { UdpClient } from '../testing/udp-client.ts';
import { echo, MAX_ECHO_QUEUE_BYTES } from './echo.ts';

/** Largest payload of a UDP datagram over IPv4: 65,535 − 8 − 20. */
const MAX_UDP_PAYLOAD_BYTES = 65_507;

const context = { now: () => new Date(0), certificate: testCertificate };
const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), { maxLength: 20 });

describe('echo over TCP', () => {
  let served: ServedDemo;
  const clients: TcpClient[] = [];

  async function connect(): Promise<TcpClient> {
    const client = await TcpClient.connect(served.tcpPort);
    clients.push(client);
    return client;
  }

  beforeEach(async () => {
    served = await serveDemo(echo);
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await served.close();
  });

  it('sends back what was sent', async () => {
    const client = await connect();
    await client.send('hello\r\n').until(() => client.text === 'hello\r\n');
  });

  it('sends back exactly what was sent, then its FIN, under any chunking', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, async (parts) => {
        const client = await connect();
        for (const part of parts) client.send(part);
        client.finish();
        expect((await client.finished()).equals(Buffer.concat(parts))).toBe(true);
        client.close();
      }),
      { numRuns: 40 },
    );
  });

  it('sends all of 8 MB that came before the FIN back before its own', async () => {
    const bytes = Buffer.alloc(8_000_000, 'Every octet counts. ');
    const client = await connect();
    client.send(bytes).finish();
    expect((await client.finished()).equals(bytes)).toBe(true);
    expect(served.events()).toContain('half-closed to-server');
    expect(served.events()).toContain('half-closed to-client');
  });

  it('sends back to each client its own octets', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, connect));
    await Promise.all(
      all.map((client, number) => client.send(`I am ${number}.`).until(() => client.text === `I am ${number}.`)),
    );
  });

  it('serves others after a client has reset its connection in the middle of an echo', async () => {
    const rude = await connect();
    rude.send(Buffer.alloc(1_000_000));
    await rude.until(() => rude.receivedBytes > 0);
    rude.reset();
    // Node tells of a RST that comes right behind data as of an end; either way the connection is over.
    await expect.poll(() => served.connections[0]?.destroyed).toBe(true);
    const polite = await connect();
    await polite.send('still there?').until(() => polite.text === 'still there?');
  });

  it('stops reading from a client that never reads, and goes on when it does', async () => {
    const client = await connect();
    client.stopReading();
    const [connection] = served.connections;
    const part = Buffer.alloc(256 * 1024, 7);
    let parts = 0;
    while (!connection?.isPaused()) {
      client.send(part);
      parts += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    // One read comes on top of the bound, and the tap counts what its socket holds once more.
    expect(connection.queuedBytes).toBeLessThanOrEqual(2 * (MAX_ECHO_QUEUE_BYTES + 64 * 1024));
    client.finish().readOn();
    expect((await client.finished()).length).toBe(parts * part.length);
  });
});

describe('echo, the demo alone', () => {
  it('is never more than its bound and one chunk ahead of a client that does not read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 64 * 1024 }), { maxLength: 40 }), async (sizes) => {
        const connection = new FakeConnection();
        echo.start(context).connection?.(connection);
        connection.stopReading();
        for (const size of sizes) await connection.receive(Buffer.alloc(size, size));
        expect(connection.queuedBytes).toBeLessThanOrEqual(MAX_ECHO_QUEUE_BYTES + 64 * 1024);
        await connection.receiveFin();
        while (!connection.finished) await connection.readOn();
        const sent = Buffer.concat(sizes.map((size) => Buffer.alloc(size, size)));
        expect(connection.received.equals(sent)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('echo over UDP', () => {
  let served: ServedDemo;
  let client: UdpClient;

  beforeEach(async () => {
    served = await serveDemo(echo);
    client = await UdpClient.connect(served.udpPort);
  });

  afterEach(async () => {
    client.close();
    await served.close();
  });

  it('answers each datagram with one of its own, boundaries kept', async () => {
    await client.send('one');
    await client.send('two');
    expect((await client.datagrams(2)).map(String)).toEqual(['one', 'two']);
  });

  it('answers an empty datagram with an empty one', async () => {
    await client.send('');
    expect(await client.datagrams(1)).toEqual([Buffer.alloc(0)]);
  });

  it('answers the largest datagram whole', async (context) => {
    // macOS refuses more than net.inet.udp.maxdgram, 9,216 octets unless changed.
    if (process.platform === 'darwin') context.skip();
    const bytes = Buffer.alloc(MAX_UDP_PAYLOAD_BYTES, 'datagram ');
    await client.send(bytes);
    const [answer] = await client.datagrams(1);
    expect(answer?.equals(bytes)).toBe(true);
  });
});
