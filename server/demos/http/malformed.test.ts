import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BODY_TIMEOUT_MS, HEAD_TIMEOUT_MS, IDLE_TIMEOUT_MS, LINGER_MS, MAX_HEAD_BYTES } from './limits.ts';
import { startTestSite, type TestSite } from './testing/test-site.ts';

let site: TestSite;

beforeEach(async () => {
  site = await startTestSite();
});

afterEach(() => site.close());

const HOST = 'Host: a\r\n';
const SMUGGLED = 'GET /echo?smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

/** `[name, octets, status, a part of the sentence]`. */
const CORPUS: readonly (readonly [string, string, number, string])[] = [
  ['no Host', 'GET /hello HTTP/1.1\r\n\r\n', 400, 'There is no Host field.'],
  ['two Hosts', `GET /hello HTTP/1.1\r\n${HOST}${HOST}\r\n`, 400, 'There are 2 Host fields.'],
  ['a Host that is none', 'GET /hello HTTP/1.1\r\nHost: a b\r\n\r\n', 400, '“a b” is no host'],
  ['bare line feeds', 'GET /hello HTTP/1.1\nHost: a\n\n', 400, 'A line ends in a line feed alone.'],
  ['a bare line feed in the fields', 'GET /hello HTTP/1.1\r\nHost: a\nX: b\r\n\r\n', 400, 'line feed alone'],
  ['a bare carriage return', `GET /hello HTTP/1.1\r\n${HOST}X: 1\r2\r\n\r\n`, 400, 'carriage return'],
  ['just a word', 'hello\r\n\r\n', 400, '“hello”, is no request line'],
  ['HTTP/0.9', 'GET /hello\r\n\r\n', 400, 'The request line has no version.'],
  ['HTTP/2', `GET /hello HTTP/2.0\r\n${HOST}\r\n`, 505, 'This is HTTP/2.0'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505, 'HTTP/2.0'],
  ['small letters in the version', `GET /hello http/1.1\r\n${HOST}\r\n`, 400, 'is no version of HTTP'],
  ['small letters in the method', `get /hello HTTP/1.1\r\n${HOST}\r\n`, 400, 'get is not GET'],
  ['two spaces', `GET  /hello HTTP/1.1\r\n${HOST}\r\n`, 400, 'is no request line'],
  ['a target without a slash', `GET hello HTTP/1.1\r\n${HOST}\r\n`, 400, 'is no path'],
  ['a space before the colon', 'GET /hello HTTP/1.1\r\nHost : a\r\n\r\n', 400, 'a space between the name “Host”'],
  ['no colon', `GET /hello HTTP/1.1\r\n${HOST}whatever\r\n\r\n`, 400, '“whatever” has no colon'],
  ['a folded line', `GET /hello HTTP/1.1\r\n${HOST}X: 1\r\n 2\r\n\r\n`, 400, 'A line begins with a space'],
  ['a zero octet in a field', `GET /hello HTTP/1.1\r\n${HOST}X: a\x00b\r\n\r\n`, 400, 'control character'],
  [
    'a length of letters',
    `POST /echo HTTP/1.1\r\n${HOST}Content-Length: five\r\n\r\nhello`,
    400,
    '“five” is no number',
  ],
  ['a negative length', `POST /echo HTTP/1.1\r\n${HOST}Content-Length: -5\r\n\r\nhello`, 400, '“-5” is no number'],
  ['a length with a plus', `POST /echo HTTP/1.1\r\n${HOST}Content-Length: +5\r\n\r\nhello`, 400, '“+5” is no number'],
  [
    'too great a length',
    `POST /echo HTTP/1.1\r\n${HOST}Content-Length: ${'9'.repeat(30)}\r\n\r\n`,
    400,
    'is no number',
  ],
  [
    'lengths that differ',
    `POST /echo HTTP/1.1\r\n${HOST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
    400,
    'they differ: 5, 6',
  ],
  [
    'length and encoding (CL.TE)',
    `POST /echo HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
    'request smuggling',
  ],
  [
    'encoding and length (TE.CL)',
    `POST /echo HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n${SMUGGLED}`,
    400,
    'request smuggling',
  ],
  ['an unknown encoding', `POST /echo HTTP/1.1\r\n${HOST}Transfer-Encoding: xchunked\r\n\r\n`, 501, '“xchunked”'],
  [
    'chunked, then another',
    `POST /echo HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked, gzip\r\n\r\n`,
    501,
    'chunked, gzip',
  ],
  [
    'chunked twice',
    `POST /echo HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
    501,
    'chunked, chunked',
  ],
  [
    'chunked in HTTP/1.0',
    'POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'HTTP/1.0 knows no',
  ],
  [
    'a chunk size of letters',
    `POST /echo HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nfive\r\n`,
    400,
    'no chunk size',
  ],
  [
    'a chunk longer than its size',
    `POST /echo HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n`,
    400,
    'A chunk is',
  ],
  ['too long a head', `GET /hello HTTP/1.1\r\n${HOST}X: ${'x'.repeat(MAX_HEAD_BYTES)}\r\n\r\n`, 431, 'octets'],
  ['too many fields', `GET /hello HTTP/1.1\r\n${HOST}${'A: b\r\n'.repeat(101)}\r\n`, 431, 'more than 100'],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'use http:// and not https://'],
  ['octets of any kind', '\x00\x01\x02\xff\xfe', 400, ''],
];

describe('a malformed request', () => {
  it.each(CORPUS)(
    '%s is refused with a sentence, and nothing behind it is acted on',
    async (_, octets, status, sentence) => {
      const answer = await site.answer(octets + SMUGGLED);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer).toContain('Connection: close');
      expect(answer).toContain(sentence);
      expect(answer.match(/HTTP\/1\.1 \d{3} /g)).toHaveLength(1);
      expect(answer).not.toContain('smuggled HTTP/1.1');
    },
  );

  it.each(CORPUS)('%s is refused when it comes octet by octet, too', async (_, octets, status) => {
    const client = await site.send('');
    for (const octet of octets.slice(0, 2_000)) client.socket.write(Buffer.from(octet, 'latin1'));
    client.socket.write(Buffer.from(octets.slice(2_000), 'latin1'));
    const answer = String(await client.finished());
    expect(answer).toMatch(/^HTTP\/1\.1 [45]\d\d /);
    expect(answer.match(/HTTP\/1\.1 \d{3} /g)).toHaveLength(1);
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it('is answered after the good ones before it', async () => {
    const answer = await site.answer(`GET /hello HTTP/1.1\r\n${HOST}\r\nGET /hello HTTP/1.1\r\n\r\n${SMUGGLED}`);
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  });

  it('with too small a length is two: a good one, and what looks like a bad one', async () => {
    const answer = await site.answer(`POST /echo HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\nhello\r\n`);
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  });

  it('with too great a length waits, and is told so when the client has finished', async () => {
    const client = await site.send(`POST /echo HTTP/1.1\r\n${HOST}Content-Length: 10\r\n\r\nhello`);
    client.finish();
    const answer = String(await client.finished());
    expect(answer).toContain('The connection ended 5 octets before the end of the body');
  });

  it('stays visible: the journal has its octets, and the answer', async () => {
    await site.answer('hello\r\n');
    expect(site.served.events()).toEqual(expect.arrayContaining(['data to-server', 'data to-client']));
  });
});

describe('a slow client', () => {
  it('that sends its head octet by octet gets so long and no longer (slowloris)', async () => {
    const client = await site.send('GET /hello HTTP/1.1\r\n');
    await expect.poll(() => site.served.events()).toContain('data to-server');
    site.scheduler.pass(HEAD_TIMEOUT_MS - 1);
    await client.sendAll('X: y\r\n');
    await expect.poll(() => site.served.events().filter((event) => event === 'data to-server')).toHaveLength(2);
    site.scheduler.pass(1);
    expect(String(await client.finished())).toMatch(/^HTTP\/1\.1 408 [\s\S]*waits 120 seconds/);
  });

  it('that announces a body and does not send it, likewise', async () => {
    const client = await site.send(`POST /echo HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhel`);
    await expect.poll(() => site.served.events()).toContain('data to-server');
    site.scheduler.pass(BODY_TIMEOUT_MS);
    expect(String(await client.finished())).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('that asks for nothing is let go in the end', async () => {
    const client = await site.send('');
    await expect.poll(() => site.served.connections.length).toBe(1);
    site.scheduler.pass(IDLE_TIMEOUT_MS);
    expect(String(await client.finished())).toBe('');
  });

  it('that never closes its side is closed after a while', async () => {
    const client = await site.send('hello\r\n');
    await client.finished();
    await expect.poll(() => site.served.events()).toContain('half-closed to-client');
    expect(site.served.events()).not.toContain('closed');
    await expect
      .poll(() => {
        site.scheduler.pass(LINGER_MS);
        return site.served.events();
      })
      .toContain('closed');
    expect(site.scheduler.timers).toBe(0);
  });

  it('leaves no timer behind', async () => {
    const client = await site.send(`GET /slow HTTP/1.1\r\n${HOST}\r\n`);
    await expect.poll(() => site.scheduler.timers).toBe(2);
    client.reset();
    await expect.poll(() => site.scheduler.timers).toBe(0);
  });
});
