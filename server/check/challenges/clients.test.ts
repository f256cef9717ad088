import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { catchesClients, type Visit } from '../testing/catches.ts';
import { checkedClient } from '../testing/checked.ts';
import { clientEcho } from './client-echo.ts';
import { clientHttp } from './client-http.ts';
import { clientLines } from './client-lines.ts';

const visit =
  (talk: (server: Socket) => void): Visit =>
  (port) => {
    const server = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    server.on('error', () => server.destroy());
    server.once('connect', () => talk(server));
  };

/** Calls back with everything received so far. */
function received(server: Socket, tell: (text: string) => void): void {
  let text = '';
  server.setEncoding('latin1');
  server.on('data', (chunk: string) => {
    text += chunk;
    tell(text);
  });
}

const says = (line: string, isDone: (text: string) => boolean): Visit =>
  visit((server) => {
    server.write(line);
    received(server, (text) => isDone(text) && server.end());
  });

catchesClients(
  clientEcho,
  [
    ['says nothing', 'whole', 'client-silent', visit((server) => server.resume())],
    ['has no line feed', 'whole', 'no-line-end', says('hello', () => false)],
    ['has a line of one octet', 'whole', 'wrong-line-length', says('\n', (text) => text.length > 0)],
    ['never closes', 'whole', 'stays-open', says('hello\n', () => false)],
    ['takes one read for all', 'pieces', 'client-left-early', says('hello\n', (text) => text.length > 0)],
    ['closes before it has read', 'pieces', 'client-left-early', visit((server) => server.resume().end('hello\n'))],
  ],
  says('hello\n', (text) => text.length >= 6),
);

const calculator = (take: (text: string) => { lines: readonly string[]; rest: string }): Visit =>
  visit((server) => {
    let held = '';
    server.setEncoding('latin1');
    server.on('data', (chunk: string) => {
      const { lines, rest } = take(held + chunk);
      held = rest;
      for (const line of lines) {
        const [, a, b] = /^add (\d+) (\d+)$/.exec(line) ?? [];
        if (a && b) server.write(`${Number(a) + Number(b)}\n`);
        if (line === 'bye') server.end();
      }
    });
  });

const whole = (text: string) => {
  const lines = text.split('\n');
  return { rest: lines.pop() ?? '', lines };
};

catchesClients(
  clientLines,
  [
    ['never answers', 'one', 'silent', visit((server) => server.resume())],
    [
      'answers the first line of a read only',
      'joined',
      'silent',
      calculator((text) => ({ lines: whole(text).lines.slice(0, 1), rest: whole(text).rest })),
    ],
    ['takes a read for a line', 'one', 'stays-open', calculator((text) => ({ lines: [text.trim()], rest: '' }))],
    [
      'adds as text',
      'one',
      'wrong-line',
      visit((server) => received(server, (text) => server.write(`${text.slice(4).replace(' ', '')}`))),
    ],
    [
      'does not heed bye',
      'one',
      'stays-open',
      calculator((text) => ({ lines: whole(text).lines.filter((line) => line !== 'bye'), rest: whole(text).rest })),
    ],
  ],
  calculator(whole),
);

const GET = 'GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n';
const complete = (text: string): boolean => {
  const end = text.indexOf('\r\n\r\n');
  const [, length] = /^content-length: (\d+)\r$/im.exec(text.slice(0, end + 2)) ?? [];
  return end >= 0 && length !== undefined && text.length >= end + 4 + Number(length);
};
const asks = (request: string, isDone: (text: string) => boolean): Visit =>
  visit((server) => {
    server.write(request);
    received(server, (text) => isDone(text) && server.end());
    server.on('end', () => server.end());
  });

catchesClients(
  clientHttp,
  [
    ['asks for another page', 'request', 'wrong-request', asks(GET.replace('/hello', '/'), complete)],
    ['leaves Host out', 'request', 'missing-field', asks('GET /hello HTTP/1.1\r\n\r\n', complete)],
    ['ends lines with a line feed alone', 'request', 'bare-lf', asks(GET.replaceAll('\r', ''), complete)],
    ['waits for the FIN', 'request', 'stays-open', asks(GET, () => false)],
    ['takes one read for all', 'length', 'client-left-early', asks(GET, (text) => text.length > 0)],
    [
      'takes the first empty line for the end',
      'length',
      'client-left-early',
      asks(GET, (text) => (text.includes('\r\n\r\n') && text.includes('hello')) || /part\r\n\r\n/.test(text)),
    ],
    [
      'always wants a length',
      'until-close',
      'client-left-early',
      asks(GET, (text) => complete(text) || (/\r\n\r\n/.test(text) && !/content-length/i.test(text))),
    ],
  ],
  asks(GET, complete),
);

describe('a check of a client', () => {
  it('says so when nobody comes', async () => {
    const { code } = await checkedClient(clientEcho, () => {});
    expect(code).toBe('nobody-came');
  });
});
