import { describe, expect, it } from 'vitest';
import { readHttpRequest } from '../http/http-options.ts';
import { readUrl } from '../http/http-url.ts';
import { PROMPT } from '../testing/driver.ts';
import { closedPort, startServer, type TestServer } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const { own, terminal } = setStage();

const HELLO = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-Name: \xc3\xa9\r\n\r\nhello\n';

/** A server that answers every connection with these octets, once a request has come. */
async function answering(octets: string, end = false): Promise<TestServer> {
  const server = await startServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.from(octets, 'latin1'));
      if (end) socket.end();
    });
    socket.on('end', () => socket.end());
  });
  own(server);
  return server;
}

describe('what http is asked for', () => {
  const head = (...args: string[]) => readHttpRequest(args, '1').head;

  it('is a request, with curl’s options', () => {
    expect(head('localhost:7080/a?b=c#d')).toEqual([
      'GET /a?b=c HTTP/1.1',
      'Host: localhost:7080',
      'User-Agent: porthole/1',
      'Accept: */*',
    ]);
    expect(head('-d', 'a=1', '-d', 'b=é', 'h')).toEqual([
      'POST / HTTP/1.1',
      'Host: h',
      'User-Agent: porthole/1',
      'Accept: */*',
      'Content-Length: 8',
      'Content-Type: application/x-www-form-urlencoded',
    ]);
    expect(head('-X', 'PURGE', '-H', 'Host:', '-H', 'accept: text/html', '-A', 'me', 'h')).toEqual([
      'PURGE / HTTP/1.1',
      'User-Agent: me',
      'accept: text/html',
    ]);
    expect(head('--head', 'h')[0]).toBe('HEAD / HTTP/1.1');
  });

  it.each([
    [[], 'say one URL'],
    [['a', 'b'], 'say one URL'],
    [['ftp://h'], 'only http and https are known'],
    [['http://'], 'there is no host in it'],
    [['h/a b'], 'written as %20'],
    [['-X', 'A B', 'h'], 'a method is a word'],
    [['-H', 'nonsense', 'h'], 'a field is a name'],
    [['-H', 'A: b\r\nC: d', 'h'], 'a field is a name'],
    [['h:99999'], 'port number too large'],
  ])('is refused with a sentence: %j', (args, sentence) => {
    expect(() => readHttpRequest(args, '1')).toThrow(sentence);
  });

  it('has the usual ports, and IPv6 in brackets', () => {
    expect([readUrl('http://h').port, readUrl('https://h').port]).toEqual([80, 443]);
    expect(readUrl('http://[::1]:7080/x')).toMatchObject({ host: '::1', port: 7080, authority: '[::1]:7080' });
  });
});

describe('http', () => {
  it('shows the body, and sends what it says it sends', async () => {
    const server = await answering(HELLO);
    const shell = await terminal();
    expect(await shell.run(`http localhost:${server.port}/x`)).toBe('hello\n');
    expect(server.received[0]).toBe(
      `GET /x HTTP/1.1\r\nHost: localhost:${server.port}\r\nUser-Agent: porthole/0.0.0-test\r\nAccept: */*\r\n\r\n`,
    );
    expect(await shell.run('echo $?')).toBe('0\n');
  });

  it('with -v shows both heads, and with -i that of the answer', async () => {
    const server = await answering(HELLO);
    const shell = await terminal();
    const shown = await shell.run(`http -v localhost:${server.port}/x`);
    expect(shown).toContain('> GET /x HTTP/1.1\n> Host: localhost');
    expect(shown).toContain('< HTTP/1.1 200 OK\n< Content-Length: 6\n< X-Name: é\n<\nhello\n');
    expect(await shell.run(`http -i localhost:${server.port}`)).toMatch(/^HTTP\/1\.1 200 OK\n[\s\S]*\n\nhello\n$/);
  });

  it('with -I waits for no body, whatever the length', async () => {
    const server = await answering(HELLO.slice(0, -6));
    const shell = await terminal();
    expect(await shell.run(`http -I localhost:${server.port}`)).toContain('Content-Length: 6');
    expect(server.received[0]).toMatch(/^HEAD /);
  });

  it('goes past 100, and puts chunks together', async () => {
    const chunks = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n4\r\ntwo\n\r\n0\r\n\r\n';
    const server = await answering(`HTTP/1.1 100 Continue\r\n\r\n${chunks}`);
    const shell = await terminal();
    expect(await shell.run(`http -d x localhost:${server.port}`)).toBe('onetwo\n');
  });

  it.each([
    ['', 52, 'closed the connection without an answer'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello', 18, 'ended 4 octets before the end of the body'],
    ['SSH-2.0-OpenSSH_9.6\r\n', 8, 'is no status line'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 8, 'request smuggling'],
  ])('says what is wrong with the answer %j, and exits with %i', async (octets, code, sentence) => {
    const server = await answering(octets, true);
    const shell = await terminal();
    expect(await shell.run(`http localhost:${server.port}`)).toContain(sentence);
    expect(await shell.run('echo $?')).toBe(`${code}\n`);
  });

  it('takes an answer that the end of the connection ends', async () => {
    const server = await answering('HTTP/1.0 200 OK\r\n\r\nuntil the end\n', true);
    const shell = await terminal();
    expect(await shell.run(`http localhost:${server.port}`)).toBe('until the end\n');
  });

  it('says who refused, and makes control octets visible', async () => {
    const shell = await terminal();
    expect(await shell.run(`http localhost:${await closedPort()}`)).toMatch(
      /^http: localhost port \d+: Connection refused/,
    );
    expect(await shell.run('echo $?')).toBe('7\n');
    const server = await answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\x1b[2J\n');
    expect(await shell.run(`http localhost:${server.port}`)).toBe('^[[2J\n');
  });

  it('stops at Ctrl-C', async () => {
    const server = await answering('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nwait');
    const shell = await terminal();
    shell.enter(`http localhost:${server.port}`);
    await shell.until('wait');
    shell.type('\u0003');
    await shell.until(PROMPT);
    await server.closed();
  });
});
