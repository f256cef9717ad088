import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ManualScheduler, manualScheduler } from '../../chat/testing/manual-scheduler.ts';
import { testCertificate } from '../testing/certificate.ts';
import { type ServedDemo, serveDemo } from '../testing/serve-demo.ts';
import { TcpClient } from '../testing/tcp-client.ts';
import { HANDSHAKE_TIMEOUT_MS } from './limits.ts';
import { createTls } from './tls.ts';

let served: ServedDemo;
let scheduler: ManualScheduler;
const keys: string[] = [];
const sockets: TLSSocket[] = [];

beforeEach(async () => {
  keys.length = 0;
  scheduler = manualScheduler();
  served = await serveDemo(createTls(scheduler), undefined, { keyLog: (line) => keys.push(String(line)) });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await served.close();
});

/** A client that trusts the playground's certificate and nobody else's. */
async function client(options: ConnectionOptions = {}): Promise<TLSSocket> {
  const { certificatePem: ca } = await testCertificate();
  const socket = connect({ host: '127.0.0.1', port: served.tcpPort, servername: 'localhost', ca, ...options });
  sockets.push(socket);
  await once(socket, 'secureConnect');
  return socket;
}

describe('the TLS echo', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'speaks %s, shows its certificate, and sends back what it gets',
    async (version) => {
      const socket = await client({ minVersion: version, maxVersion: version });
      expect([socket.getProtocol(), socket.authorized]).toEqual([version, true]);
      expect(socket.getPeerCertificate().fingerprint256).toBe((await testCertificate()).fingerprint);
      socket.write('secret');
      expect(String((await once(socket, 'data'))[0])).toBe('secret');
    },
  );

  it('lets nothing of it be read on the wire', async () => {
    const socket = await client();
    socket.write('a word that nobody else should read');
    await once(socket, 'data');
    expect(served.octets().includes('nobody else')).toBe(false);
    expect(served.octets().includes('localhost')).toBe(true);
  });

  it('sends back what came before the end, and then ends', async () => {
    const socket = await client();
    socket.end('last words');
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toBe('last words');
    await once(socket, 'close');
  });

  it('speaks no version that is broken', async () => {
    const old = connect({
      port: served.tcpPort,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const [error] = await once(old, 'error');
    expect(String(error)).toMatch(/protocol|version/i);
    old.destroy();
  });

  it('answers a web request, where HTTP was asked for by ALPN', async () => {
    const socket = await client({ ALPNProtocols: ['h2', 'http/1.1'] });
    expect(socket.alpnProtocol).toBe('http/1.1');
    socket.write('GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[\s\S]*TLSv1\.3, TLS_[\s\S]*You asked for localhost\.[\s\S]*GET \/x HTTP\/1\.1\nHost: localhost/,
    );
  });

  it.each([
    ['HTTP/1.1\r\nHost: a\r\nHost: b', 400],
    ['HTTP/1.1', 400],
    ['HTTP/1.0', 200],
  ])('wants exactly one Host of a web request in HTTP/1.1: %j', async (rest, status) => {
    const socket = await client({ ALPNProtocols: ['http/1.1'] });
    socket.write(`GET / ${rest}\r\nConnection: close\r\n\r\n`);
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text.includes('exactly one')).toBe(status === 400);
  });

  it('hands out the secrets of a connection only where it was given somewhere to write them', async () => {
    const socket = await client();
    socket.write('x');
    await once(socket, 'data');
    expect(keys.join('')).toMatch(/^(?:SERVER|CLIENT)_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]{64} [0-9a-f]+\n/);
  });
});

describe('what is no TLS', () => {
  it('is told so, and costs that connection only', async () => {
    const plain = await TcpClient.connect(served.tcpPort);
    plain.send('hello, is anybody there?\r\n');
    await plain.over();
    expect(plain.text).toContain('This port speaks TLS');
    plain.close();
    const broken = await TcpClient.connect(served.tcpPort);
    broken.send(Buffer.from('160301000501000001ff', 'hex'));
    await broken.over();
    broken.close();
    const socket = await client();
    socket.write('still here');
    await once(socket, 'data');
  });

  it('that says nothing is let go after a while', async () => {
    const silent = connectTcp({ port: served.tcpPort, host: '127.0.0.1' });
    silent.on('error', () => {});
    await once(silent, 'connect');
    await expect.poll(() => scheduler.timers).toBe(1);
    scheduler.pass(HANDSHAKE_TIMEOUT_MS);
    await expect.poll(() => served.events()).toContain('reset to-client handshake-timeout');
    silent.destroy();
  });
});
