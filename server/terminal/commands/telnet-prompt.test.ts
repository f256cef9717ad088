import { afterEach, describe, it } from 'vitest';
import { type Driver, openTerminal, PROMPT } from '../testing/driver.ts';
import { echo, startServer, type TestServer } from '../testing/servers.ts';

const ESCAPE = '\u001d';
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serve(handler: Parameters<typeof startServer>[0], host?: string): Promise<TestServer> {
  const server = await startServer(handler, host);
  open.unshift(server);
  return server;
}

async function terminal(options: Parameters<typeof openTerminal>[0] = {}): Promise<Driver> {
  const driver = await openTerminal(options);
  open.unshift(driver.sessions);
  return driver;
}

/** A terminal with telnet connected to a server. */
async function connected(handler: Parameters<typeof startServer>[0]): Promise<{ server: TestServer; shell: Driver }> {
  const server = await serve(handler);
  const shell = await terminal();
  shell.enter(`telnet localhost ${server.port}`);
  await shell.until("Escape character is '^]'.\n");
  return { server, shell };
}

describe('telnet at its prompt', () => {
  async function escaped(): Promise<{ server: TestServer; shell: Driver }> {
    const both = await connected(echo);
    both.shell.type(ESCAPE);
    await both.shell.until('telnet> ');
    return both;
  }

  it('goes back with an empty line', async () => {
    const { shell, server } = await escaped();
    shell.enter('');
    shell.enter('again');
    await shell.until('again\nagain\n');
    await server.gets('again\r\n');
  });

  it('says the state, and goes on', async () => {
    const { shell } = await escaped();
    shell.enter('status');
    await shell.until(
      "Connected to localhost.\nOperating in obsolete linemode\nLocal character echo\nEscape character is '^]'.\n",
    );
    shell.enter('hello');
    await shell.until('hello\nhello\n');
  });

  it('closes, and leaves', async () => {
    const { shell, server } = await escaped();
    shell.enter('close');
    await shell.until(`Connection closed.\n${PROMPT}`);
    await server.closed();
  });

  it('sends commands', async () => {
    const { shell, server } = await escaped();
    shell.enter('send ayt');
    shell.enter('x');
    await server.gets('\xff\xf6x\r\n');
    shell.type(ESCAPE);
    await shell.until('telnet> ');
    shell.enter('send escape');
    shell.enter('y');
    await shell.until('^]y\n');
    await server.gets('\xff\xf6x\r\n\x1dy\r\n');
  });

  it.each([
    ['?', 'Commands may be abbreviated.'],
    ['send ?', "Send Telnet 'Are You There'"],
    ['send nonsense', "Unknown send argument 'nonsense'"],
    ['nonsense', '?Invalid command'],
    ['s', '?Ambiguous command'],
    ['open other', '?Already connected to localhost'],
  ])('answers %s', async (command, answer) => {
    const { shell } = await escaped();
    shell.enter(command);
    await shell.until(answer);
  });

  it('shows what came meanwhile only after it', async () => {
    const { shell, server } = await escaped();
    server.sockets[0]?.write('meanwhile\n');
    shell.enter('');
    await shell.until('meanwhile\n');
  });

  it('opens a connection when started without a host', async () => {
    const server = await serve(echo);
    const shell = await terminal();
    shell.enter('telnet');
    await shell.until('telnet> ');
    shell.enter('status');
    await shell.until('No connection.');
    shell.enter('close');
    await shell.until('?Need to be connected first.');
    shell.enter(`open 127.0.0.1 ${server.port}`);
    await shell.until('Connected to 127.0.0.1.');
    shell.type(ESCAPE);
    await shell.until('telnet> ');
    shell.enter('close');
    await shell.until('telnet> ');
    shell.enter('quit');
    await shell.until(PROMPT);
  });
});
