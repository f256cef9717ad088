import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServedDemo, serveDemo } from '../testing/serve-demo.ts';
import { TcpClient } from '../testing/tcp-client.ts';
import { UdpClient } from '../testing/udp-client.ts';
import { discard } from './discard.ts';

describe('discard', () => {
  let served: ServedDemo;

  beforeEach(async () => {
    served = await serveDemo(discard);
  });

  afterEach(() => served.close());

  it('takes 8 MB, answers nothing but its FIN, and keeps nothing', async () => {
    const client = await TcpClient.connect(served.tcpPort);
    await client.sendAll(Buffer.alloc(8_000_000));
    client.finish();
    expect(await client.finished()).toEqual(Buffer.alloc(0));
    expect(served.connections[0]?.readableLength).toBe(0);
    client.close();
  });

  it('keeps the connection open for as long as the client does', async () => {
    const client = await TcpClient.connect(served.tcpPort);
    client.send('anything');
    await expect.poll(() => served.events()).toEqual(['opened to-server', 'data to-server']);
    client.finish();
    await client.finished();
    client.close();
  });

  it('takes datagrams and answers none', async () => {
    const client = await UdpClient.connect(served.udpPort);
    await client.send('one');
    await client.send('');
    await expect.poll(() => served.events()).toEqual(['opened to-server', 'datagram to-server', 'datagram to-server']);
    client.close();
  });
});
