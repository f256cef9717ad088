import { describe, it } from 'vitest';
import { type Driver, PROMPT } from '../testing/driver.ts';
import { echo, type TestServer } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const ESCAPE = '\u001d';
const { serve, terminal, telnet } = setStage();

describe('telnet at its prompt', () => {
  async function escaped(): Promise<{ server: TestServer; shell: Driver }> {
    const both = await telnet(echo);
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
  ])('answers %s and stays, as the real one does: what is typed next is not sent', async (command, answer) => {
    const { shell, server } = await escaped();
    shell.enter(command);
    await shell.until(answer);
    await shell.until('telnet> ');
    shell.enter('quit');
    await shell.until(`Connection closed.\n${PROMPT}`);
    await server.closed();
    await server.gets('');
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
