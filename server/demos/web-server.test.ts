import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebServer } from './web-server.ts';

let server: Server;

beforeAll(async () => {
  server = createWebServer({});
  server.on('request', async (request, response) => {
    if (request.url === '/after-the-end') await once(request.socket, 'end');
    response.end(`${request.method} ${request.headers.upgrade} ${await text(request)}`);
  });
  server.on('upgrade', ({ url }, socket) => socket.end(`an upgrade of ${url}`));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(() => server.close());

/** All that comes until the server closes. */
async function answer(request: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(request);
  return text(socket);
}

const H2C =
  'Host: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n';

describe('createWebServer', () => {
  it('answers a request that asks for another upgrade as if it had not, then closes', async () => {
    expect(await answer(`GET / HTTP/1.1\r\n${H2C}\r\n`)).toMatch(
      /^HTTP\/1\.1 200 OK\r\n.*Connection: close.*GET h2c $/s,
    );
  });

  it('reads the body of such a request', async () => {
    expect(await answer(`POST / HTTP/1.1\r\n${H2C}Content-Length: 5\r\n\r\nhello`)).toMatch(/POST h2c hello$/);
  });

  it('answers a client that has half-closed', async () => {
    const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
    socket.end('GET /after-the-end HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK.*GET undefined $/s);
  });

  it('hands over a WebSocket, whatever its case', async () => {
    const upgrade = 'Host: a\r\nConnection: upgrade\r\nUpgrade: WebSocket\r\n';
    expect(await answer(`GET /ws HTTP/1.1\r\n${upgrade}\r\n`)).toBe('an upgrade of /ws');
  });

  it('takes a WebSocket for no upgrade where the connection is not asked to change (RFC 9110 §7.8)', async () => {
    const fields = 'Host: a\r\nConnection: close\r\nUpgrade: websocket\r\n';
    expect(await answer(`GET / HTTP/1.1\r\n${fields}\r\n`)).toMatch(/GET websocket $/);
  });
});
