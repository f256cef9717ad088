import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { MAX_BODY_BYTES, MAX_PIPELINED, MAX_WEB_SOCKET_MESSAGE_BYTES } from './limits.ts';
import { request, startTestSite, type TestSite } from './testing/test-site.ts';

let site: TestSite;

beforeEach(async () => {
  site = await startTestSite();
});

afterEach(() => site.close());

const GET = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

describe('the HTTP demo', () => {
  it('says hello, with a length, and closes when asked to', async () => {
    const answer = await site.answer(request('GET /hello'));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Content-Length: 14\r\n[\s\S]*\r\n\r\nHello, world\.$/m);
    expect(answer).toContain('Connection: close\r\n');
  });

  it('answers HEAD with the same fields and no body', async () => {
    const head = await site.answer(request('HEAD /hello'));
    expect(head).toContain('Content-Length: 14\r\n');
    expect(head.endsWith('\r\n\r\n')).toBe(true);
  });

  it('keeps the connection for the next request, and closes it with HTTP/1.0', async () => {
    const client = await site.send(GET('/hello'));
    await client.until(() => client.text.includes('world.'));
    expect(client.text).toContain('Connection: keep-alive\r\n');
    client.send('GET /hello HTTP/1.0\r\n\r\n');
    expect(String(await client.finished()).match(/world\./g)).toHaveLength(2);
  });

  it('answers requests of one segment in their order', async () => {
    const client = await site.send(GET('/slow?delay=50') + GET('/hello') + request('GET /nothing'));
    await expect.poll(() => site.scheduler.timers).toBeGreaterThan(1);
    expect(client.text).toBe('');
    await expect
      .poll(() => {
        site.scheduler.pass(50);
        return client.text;
      })
      .toMatch(/This took 50[\s\S]*Hello, world\.[\s\S]*404 Not Found/);
  });

  it('answers a client that has sent its FIN, and then closes', async () => {
    const client = await site.send(GET('/slow?delay=50'));
    client.finish();
    await expect.poll(() => site.served.events()).toContain('half-closed to-server');
    site.scheduler.pass(50);
    expect(String(await client.finished())).toContain('This took 50 milliseconds.');
  });

  it('sends chunks as they come, and the last of size 0', async () => {
    const client = await site.send(GET('/chunked?count=2&delay=500'));
    await client.until(() => client.text.includes('chunk 1 of 2'));
    expect(client.text).not.toContain('chunk 2');
    site.scheduler.pass(500);
    await client.until(() => client.text.includes('chunk 2 of 2'));
    site.scheduler.pass(500);
    await client.until(() => client.text.endsWith('0\r\n\r\n'));
    expect(client.text).toMatch(/Transfer-Encoding: chunked\r\n\r\n16\r\nThis is chunk 1 of 2\.\n\r\n/);
  });

  it('sends back a request as it came, its spelling included', async () => {
    const body = 'some text';
    const answer = await site.answer(
      request('POST /echo?x=1', ['X-MiXed:  a  ', `Content-Length: ${body.length}`], body),
    );
    expect(answer).toContain('POST /echo?x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-MiXed: a\r\n');
    expect(answer).toContain('\r\n\r\nsome text\n');
  });

  it('takes a body in chunks', async () => {
    const chunks = '4\r\nsome\r\n5\r\n text\r\n0\r\n\r\n';
    expect(await site.answer(request('POST /echo', ['Transfer-Encoding: chunked'], chunks))).toContain('some text\n');
  });

  it.each([
    ['GET /nothing', [], 404, 'There is: / /hello'],
    ['POST /hello', ['Content-Length: 0'], 405, 'Allow: GET, HEAD, OPTIONS'],
    ['BREW /hello', [], 400, 'does not begin with a method'],
    ['TRACE /hello', [], 405, ''],
    ['OPTIONS *', [], 204, 'Allow: GET'],
    ['OPTIONS /hello', [], 204, 'Allow: GET, HEAD, OPTIONS'],
    ['CONNECT example.org:443', [], 405, 'CONNECT is not for this address'],
    ['GET /redirect', [], 302, 'Location: /hello'],
    ['GET /redirect?status=308', [], 308, 'Location: /hello'],
    ['GET /redirect?status=200', [], 400, '301, 302'],
    ['GET /cookies', [], 200, 'Set-Cookie: visits=1; Max-Age=3600; Path=/cookies; HttpOnly; SameSite=Lax'],
    ['GET /cookies', ['Cookie: a=b; visits=41'], 200, 'visit 42'],
    ['GET /ws', [], 426, 'Upgrade: websocket'],
    ['GET /echo', ['Expect: rain'], 417, '100-continue'],
    ['POST /form', ['Content-Type: text/plain', 'Content-Length: 0'], 415, 'multipart/form-data'],
    ['GET /', [], 200, '<li><a href="/hello">'],
    ['GET http://localhost/hello', [], 200, 'Hello'],
  ] as const)('%s %j gives %i', async (line, fields, status, text) => {
    const answer = await site.answer(request(line, fields));
    expect(answer.slice(0, 13)).toBe(`HTTP/1.1 ${status} `);
    expect(answer).toContain(text);
  });

  it('never sends back as a page what it was sent', async () => {
    const script = '<script>alert(1)</script>';
    for (const line of [`GET /${script}`, `GET /echo?${script}`, `GET /redirect?status=${script}`]) {
      const answer = await site.answer(request(line));
      expect(answer).toContain('Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff');
    }
  });

  it('reads a form of one line, and one in parts with a file', async () => {
    const line = 'name=Ann+Lee&note=a%20b%26c';
    const type = 'Content-Type: application/x-www-form-urlencoded';
    const answer = await site.answer(request('POST /form', [type, `Content-Length: ${line.length}`], line));
    expect(answer).toContain('field "name" = "Ann Lee"\nfield "note" = "a b&c"\n');
    const parts = [
      '--cut\r\nContent-Disposition: form-data; name="name"\r\n\r\nAnn\r\n',
      '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: image/png\r\n\r\n\x00\xff\r\n',
      '--cut--\r\n',
    ].join('');
    const multipart = 'Content-Type: multipart/form-data; boundary=cut';
    const sum = createHash('sha256')
      .update(Buffer.from([0, 255]))
      .digest('hex');
    expect(await site.answer(request('POST /form', [multipart, `Content-Length: ${parts.length}`], parts))).toContain(
      `field "name" = "Ann"\nfile "file" = "a.bin" ("image/png"), 2 octets, SHA-256 ${sum}\n`,
    );
  });

  it('refuses a form it cannot read, or with too many parts', async () => {
    const broken = '--cut\r\nContent-Disposition: form-data; name="a"\r\n\r\nno end';
    const multipart = 'Content-Type: multipart/form-data; boundary=cut';
    const length = `Content-Length: ${broken.length}`;
    expect(await site.answer(request('POST /form', [multipart, length], broken))).toContain('The form cannot be read');
    const many = 'a=b&'.repeat(40);
    const type = 'Content-Type: application/x-www-form-urlencoded';
    const answer = await site.answer(request('POST /form', [type, `Content-Length: ${many.length}`], many));
    expect(answer).toContain('more than 32 parts');
  });

  it('says 100 before the body comes, and not where the body would be refused', async () => {
    const head = (bytes: number) => request('POST /echo', ['Expect: 100-continue', `Content-Length: ${bytes}`]);
    const client = await site.send(head(5));
    await client.until(() => client.text === 'HTTP/1.1 100 Continue\r\n\r\n');
    client.send('hello');
    expect(String(await client.finished())).toMatch(/100 Continue\r\n\r\nHTTP\/1\.1 200 OK[\s\S]*hello\n$/);
    const refused = await site.answer(head(MAX_BODY_BYTES + 1));
    expect(refused).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('takes no body that is too large, announced or not', async () => {
    const client = await site.send(request('POST /echo', ['Transfer-Encoding: chunked']));
    const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    for (let sent = 0; sent <= MAX_BODY_BYTES; sent += 0x10000) client.send(piece);
    await client.until(() => client.text.includes('413 Payload Too Large'));
  });

  it('lets only so many requests wait on one connection', async () => {
    const client = await site.send(GET('/slow?delay=10').repeat(MAX_PIPELINED + 2));
    await expect
      .poll(() => {
        site.scheduler.pass(10);
        return client.text;
      })
      .toContain('429 Too Many Requests');
    expect(client.text.match(/This took/g)?.length).toBeLessThanOrEqual(MAX_PIPELINED);
  });
});

describe('a flood of requests in one write', () => {
  it('is answered as far as it may wait, refused, and costs no more', async () => {
    const client = await site.send('GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'.repeat(3_000));
    const answer = String(await client.finished());
    expect(answer.match(/^HTTP\/1\.1 \d{3}/gm)?.length).toBeLessThan(3_000);
    expect(answer).toContain('429 Too Many Requests');
  });
});

describe('the WebSocket', () => {
  it('sends back what it is sent, after a 101', async () => {
    const webSocket = new WebSocket(`ws://127.0.0.1:${site.served.tcpPort}/ws`);
    await once(webSocket, 'open');
    webSocket.send('hello');
    const [message] = await once(webSocket, 'message');
    expect(String(message)).toBe('hello');
    webSocket.send('x'.repeat(MAX_WEB_SOCKET_MESSAGE_BYTES + 1));
    const [code] = await once(webSocket, 'close');
    expect(code).toBe(1009);
  });

  it('is nowhere else, and another upgrade is ignored', async () => {
    const upgrade = (path: string, to: string) =>
      site.answer(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\n\r\n`);
    expect(await upgrade('/elsewhere', 'websocket')).toContain('404 Not Found');
    expect(await upgrade('/hello', 'h2c')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await upgrade('/ws', 'h2c')).toMatch(/^HTTP\/1\.1 426 .*Upgrade: websocket/s);
    expect(await upgrade('/ws', 'websocket')).toMatch(/^HTTP\/1\.1 400 /);
  });
});
