import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { FIN_AT_END_OF_INPUT } from '../testing/netcat.ts';
import { Program } from '../testing/program.ts';

const HOST = '127.0.0.1';

let playground: TestPlayground;
let port: string;
const programs: Program[] = [];

beforeAll(async () => {
  playground = await startTestPlayground();
  port = String(playground.address('chat-lines', 'tcp').port);
});

afterEach(async () => {
  for (const program of programs.splice(0)) await program.stop();
});

afterAll(() => playground.close());

/** Lets somebody in with this program; `enter` is what its Enter key sends. */
async function comeIn(nick: string, name: string, args: readonly string[], enter = '\n'): Promise<Program> {
  const program = Program.start(name, args);
  programs.push(program);
  await program.prints('Type a nick');
  return program.type(`${nick}${enter}`).prints(`* You are ${nick}.`);
}

const withNc = (nick: string): Promise<Program> => comeIn(nick, 'nc', [HOST, port]);
const withTelnet = (nick: string): Promise<Program> => comeIn(nick, 'telnet', [HOST, port]);

describe('the chat by lines', () => {
  it('brings lines from nc to telnet, to ncat and to socat, and back', async () => {
    const people = [
      await withNc('nina'),
      await withTelnet('tom'),
      await comeIn('cat', 'ncat', [HOST, port]),
      await comeIn('carl', 'ncat', ['-C', HOST, port]),
      await comeIn('sue', 'socat', ['-', `TCP4:${HOST}:${port}`]),
    ];
    for (const [speaker, person] of people.entries()) {
      person.type(`grüße, 你好 from ${speaker}\n`);
      for (const [listener, other] of people.entries()) {
        if (listener !== speaker) await other.prints(`> grüße, 你好 from ${speaker}`);
      }
    }
    for (const [speaker, person] of people.entries())
      expect(person.text).not.toContain(`> grüße, 你好 from ${speaker}`);
  });

  it('works with telnet at a terminal, whose Enter is CR LF and whose Ctrl-C is a telnet command', async () => {
    const nina = await withNc('nina2');
    const pty = `EXEC:telnet ${HOST} ${port},pty,setsid,ctty,echo=0`;
    const tom = await comeIn('tom2', 'socat', ['-', pty], '\r');
    await nina.prints('* tom2 joined\r\n');
    tom.type('never sent\u0003');
    tom.type('hello from a terminal\r');
    await nina.prints('<tom2> hello from a terminal\r\n');
    nina.type('hello back\n');
    await tom.prints('<nina2> hello back');
    tom.type('/quit good night\r');
    await tom.prints('* Goodbye.');
    await nina.prints('* tom2 left: good night\r\n');
    expect(nina.text).not.toContain('\u0003');
  });

  it('tells of joining, renaming and leaving', async () => {
    const nina = await withNc('nina3');
    const tom = await withTelnet('tom3');
    await nina.prints('* tom3 joined\r\n');
    tom.type('/nick thomas\n');
    await nina.prints('* tom3 is now thomas\r\n');
    nina.type('/who\n');
    await nina.prints('* 2 people here: nina3, thomas\r\n');
    tom.endInput();
    await nina.prints('* thomas left\r\n');
  });

  it('takes a file of lines from nc, and lets nc go when it has said them', async () => {
    const tom = await withTelnet('tom4');
    const lines = Array.from({ length: 1_000 }, (_, number) => `line ${number}`);
    const { code, stdout } = await Program.run(
      'nc',
      [...FIN_AT_END_OF_INPUT, HOST, port],
      `script\n${lines.join('\n')}\n`,
    );
    expect(code).toBe(0);
    expect(stdout.toString()).toContain('* You are script.');
    await tom.prints('* script left');
    const heard = tom.stdout
      .toString()
      .split(/\r?\n/)
      .filter((line) => line.startsWith('<script> '));
    expect(heard).toEqual(lines.map((line) => `<script> ${line}`));
  });

  it('lets nobody write into another one’s terminal', async () => {
    const nina = await withNc('nina5');
    const tom = await withNc('tom5');
    tom.type('\u001b[2J\u001b]0;owned\u0007 boo\n');
    await nina.prints('<tom5> ^[[2J^[]0;owned^G boo\r\n');
    expect(nina.stdout.includes(0x1b)).toBe(false);
  });
});
