import { describe, expect, it } from 'vitest';
import { openTerminal, PROMPT } from './testing/driver.ts';
import { createFakeHost } from './testing/fake-host.ts';
import { echo } from './testing/servers.ts';
import { setStage } from './testing/stage.ts';

const { serve, terminal } = setStage();

describe('the shell', () => {
  it('says what it does not know, with exit code 127', async () => {
    const shell = await terminal();
    expect(await shell.run('grep x')).toBe('porthole: grep: command not found. Type help for what is.\n');
    expect(await shell.run('echo $?')).toBe('127\n');
    expect(await shell.run('echo $?')).toBe('0\n');
  });

  it('says what is wrong with a line, with exit code 2', async () => {
    const shell = await terminal();
    expect(await shell.run('echo a > file')).toContain('no redirection');
    expect(await shell.run('echo $?')).toBe('2\n');
  });

  it('does nothing for an empty line or a comment', async () => {
    const shell = await terminal();
    expect(await shell.run('')).toBe('');
    expect(await shell.run('  # just a thought')).toBe('');
  });

  it('shows the prompt on a fresh line after output without an end of line', async () => {
    const shell = await terminal();
    expect(await shell.run("printf 'no end'")).toBe('no end\n');
  });

  it('wants a conversation at the end of a pipeline', async () => {
    const shell = await terminal();
    expect(await shell.run('nc localhost 7 | echo')).toContain('nc has to be the last command of a pipeline here');
  });

  it('hands what one command prints to the next, any octets', async () => {
    const server = await serve((socket) => socket.on('end', () => socket.end()));
    const shell = await terminal();
    await shell.run(`help nc | nc -N 127.0.0.1 ${server.port}`);
    expect(server.received[0]).toMatch(/^usage: nc/);
  });

  it('runs pasted lines one after the other', async () => {
    const shell = await terminal();
    shell.type('\u001b[200~echo one\recho two\r# three\recho four\u001b[201~\r');
    await shell.until(/one\nporthole:~\$ echo two\ntwo\nporthole:~\$ # three\nporthole:~\$ echo four\nfour\nporthole/);
  });

  it('runs lines that come all at once one after the other', async () => {
    const shell = await terminal();
    shell.type('echo one\recho two\rechx');
    shell.type('\u007fo three\r');
    await shell.until(/one\nporthole:~\$ echo two\ntwo\nporthole:~\$ echx?.*\n?three\nporthole/s);
  });

  it('gives pasted lines to the program that the first one starts', async () => {
    const server = await serve(echo);
    const shell = await terminal();
    shell.type(`\u001b[200~nc -v 127.0.0.1 ${server.port}\rfirst\rsecond\u001b[201~\r`);
    await server.gets('first\nsecond\n');
  });

  it('hands what was typed ahead and not read by a program to the prompt', async () => {
    const server = await serve(echo);
    const shell = await terminal();
    shell.enter(`nc -v 127.0.0.1 ${server.port}`);
    await shell.until('succeeded!\n');
    shell.type('half');
    server.sockets[0]?.resetAndDestroy();
    await shell.until(`${PROMPT}half`);
  });

  it('runs a command that the page asks for', async () => {
    const shell = await terminal();
    shell.type('begun');
    shell.attachment.receive({ type: 'run', command: 'echo from the page' });
    await shell.until(`from the page\n${PROMPT}`);
  });

  it('refuses that with a notice while a program runs', async () => {
    const server = await serve(echo);
    const shell = await terminal();
    shell.enter(`nc -v 127.0.0.1 ${server.port}`);
    await shell.until('succeeded!\n');
    shell.attachment.receive({ type: 'run', command: 'echo \u001b[31mred' });
    await shell.until('[nc is running. End it first (Ctrl-C), or use another terminal, then run: echo ^[[31mred]\n');
    expect(server.received).toEqual(['']);
  });

  it('ends with exit and its code, and with Ctrl-D', async () => {
    const shell = await terminal();
    shell.enter('exit 3');
    await shell.until('exit 3\nexit\n');
    expect(shell.messages.at(-1)).toEqual({ type: 'exited', code: 3 });
    const other = await openTerminal({ host: shell.host, sessions: shell.sessions });
    other.type('\u0004');
    await other.until('exit\n');
    expect(other.messages.at(-1)).toEqual({ type: 'exited', code: 0 });
  });

  it('does not listen any more once it has ended', async () => {
    const shell = await terminal();
    shell.enter('exit');
    await shell.until('exit\nexit\n');
    const before = shell.messages.length;
    shell.enter('echo still there');
    shell.attachment.receive({ type: 'run', command: 'echo' });
    shell.attachment.receive({ type: 'resize', columns: 20, rows: 5 });
    expect(shell.messages).toHaveLength(before);
  });

  it('joins a character that comes cut in two', async () => {
    const shell = await terminal();
    shell.type('echo \ud83d');
    shell.type('\ude00\r');
    await shell.until('\n😀\n');
  });

  it('completes names, hosts, demo ports and options', async () => {
    const host = createFakeHost();
    host.demoList.push(
      { id: 'echo', transport: 'tcp', host: '127.0.0.1', port: 7007 },
      { id: 'echo', transport: 'udp', host: '127.0.0.1', port: 7107 },
      { id: 'daytime', transport: 'tcp', host: '::1', port: 7013 },
    );
    const shell = await terminal({ host });
    shell.type('tel\tlocal\t70\t');
    await shell.until('7007  echo\n7013  daytime\n');
    shell.type('\u0015nc -u localhost \t');
    await shell.until('7107 ');
    shell.type('\u0015echo x | n\t-\t');
    await shell.until('-l  listen\n');
    shell.type('\u0015man cl\t');
    await shell.until('man clear ');
  });
});
