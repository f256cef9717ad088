import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServedDemo, serveDemo } from '../testing/serve-demo.ts';
import { TcpClient } from '../testing/tcp-client.ts';
import { UdpClient } from '../testing/udp-client.ts';
import { daytime } from './daytime.ts';

const LINE = 'Monday, February 22, 1982 17:37:43-UTC\r\n';

describe('daytime', () => {
  let served: ServedDemo;

  beforeEach(async () => {
    served = await serveDemo(daytime, () => new Date('1982-02-22T17:37:43.999Z'));
  });

  afterEach(() => served.close());

  it('sends date and time, then its FIN, to whoever connects', async () => {
    const client = await TcpClient.connect(served.tcpPort);
    expect(String(await client.finished())).toBe(LINE);
    client.close();
  });

  it('closes the connection when the client closes its side', async () => {
    const client = await TcpClient.connect(served.tcpPort);
    await client.finished();
    client.finish();
    await expect.poll(() => served.events()).toContain('closed');
    expect(served.events()).not.toContain('error');
  });

  it('throws away what a client goes on to send, and keeps nothing of it', async () => {
    const client = await TcpClient.connect(served.tcpPort);
    await client.finished();
    await client.sendAll(Buffer.alloc(8_000_000));
    expect(served.connections[0]?.readableLength).toBe(0);
    client.finish();
    await client.closed();
  });

  it('answers a datagram, whatever is in it, with one line', async () => {
    const client = await UdpClient.connect(served.udpPort);
    await client.send('');
    await client.send('what time is it?');
    expect((await client.datagrams(2)).map(String)).toEqual([LINE, LINE]);
    client.close();
  });
});
