import { describe, expect, it } from 'vitest';
import { checkCommand } from './check-command.ts';
import { learnerServers } from './testing/learner-server.ts';

const server = learnerServers();

async function run(...args: string[]): Promise<{ status: number; printed: string }> {
  let printed = '';
  const status = await checkCommand(args, (text) => {
    printed += text;
  });
  return { status, printed };
}

describe('porthole check', () => {
  it('ends with 0 when every stage passed', async () => {
    const port = await server((socket) => socket.pipe(socket));
    const { status, printed } = await run('echo', '--port', `${port}`, '--host', '127.0.0.1');
    expect(printed).toContain('✓ A short text comes back');
    expect(printed).toContain('Passed: 90 points.');
    expect(status).toBe(0);
  });

  it('ends with 1 when a stage failed, with the sentence, the command and what happened', async () => {
    const port = await server((socket) => socket.on('data', () => socket.write('nonsense')));
    const { status, printed } = await run('echo', '--port', `${port}`, '--lang', 'zh');
    expect(status).toBe(1);
    expect(printed).toContain('应为');
    expect(printed).toContain(`printf 'hello\\n' | nc -w 2 127.0.0.1 ${port}`);
    expect(printed).toMatch(/→ 发送 6 字节 {2}"hello\\n"/);
    expect(printed).toContain('（未运行）');
  });

  it('prints one line of JSON when asked to', async () => {
    const port = await server((socket) => socket.resetAndDestroy());
    const { status, printed } = await run('echo', '--port', `${port}`, '--json', '--seed', '7');
    expect(status).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ challenge: 'echo', state: 'failed', seed: 7 });
  });

  it.each([
    [['echo'], /Where does your server listen/],
    [['echo', '--port', '70000'], /--port takes a port/],
    [['ecco', '--port', '9000'], /no challenge "ecco"/],
    [['echo', '--port', '0'], /Name the port/],
    [['echo', '--port', '80', '--host', '192.0.2.1'], /--allow 192.0.2.1:80/],
    [['echo', '--port', '80', '--lang', 'fr'], /--lang takes en or zh/],
    [['echo', '--speed', '9'], /--help/],
    [[], /Name one challenge/],
  ])('refuses %j with a sentence', async (args, sentence) => {
    await expect(run(...args)).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(sentence) });
  });

  it.each(['en', 'zh'])('lists every challenge with its protocol, in %s', async (language) => {
    const { status, printed } = await run('--list', '--lang', language);
    expect(status).toBe(0);
    expect(printed).toMatch(/^echo \(TCP\): /);
  });
});
