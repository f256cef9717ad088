import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEWS_DELAY_MS } from '../../chat/limits.ts';
import { MAX_LINE_BYTES, MAX_LOGINS, MAX_UNNAMED } from './limits.ts';
import { startTestChat, type TestChat } from './testing/test-chat.ts';

let chat: TestChat;

beforeEach(() => {
  chat = startTestChat();
});

afterEach(() => chat.close());

describe('coming in', () => {
  it('greets, asks for a nick, and says who is here and what to know', async () => {
    await chat.enter('ann');
    const bob = chat.connect();
    await chat.send(bob, 'bob\r\n');
    expect(bob.lines).toEqual([
      '* Welcome to the chat room. 1 person here: ann.',
      '* Type a nick and press Enter.',
      '* You are bob. 2 people here: ann, bob.',
      '* Your own lines are not sent back to you. /help lists the commands.',
    ]);
  });

  it('says why a nick is refused, and asks on', async () => {
    await chat.enter('ann');
    const other = chat.connect();
    await chat.send(other, 'ANN\n\ntwo words\nserver\nann2\n');
    expect(other.lines.slice(2)).toEqual([
      '* Somebody is called ANN already. Try another nick.',
      '* A nick has letters, digits, and within it - _ and . only, no spaces. Try another one.',
      '* Nobody can be called server: it would pass for the room. Try another one.',
      '* You are ann2. 2 people here: ann, ann2.',
      '* Your own lines are not sent back to you. /help lists the commands.',
    ]);
  });

  it('does not take a browser for a person', async () => {
    const ann = await chat.enter('ann');
    const browser = chat.connect();
    await chat.send(browser, 'POST / HTTP/1.1\r\nHost: localhost:7020\r\n\r\nmallory\r\nhello from a web page\r\n');
    expect(browser.lines.at(-1)).toBe('* This is a chat by lines, not a web server.');
    expect(browser.finished).toBe(true);
    expect(ann.lines.some((line) => line.includes('mallory'))).toBe(false);
  });

  it('takes a nick from a client that negotiates as telnet does, and refuses its options', async () => {
    const ann = await chat.enter('ann');
    const telnet = chat.connect();
    // IAC DO SUPPRESS-GO-AHEAD, IAC WILL TERMINAL-TYPE
    await chat.send(telnet, Buffer.concat([Buffer.from('fffd03fffb18', 'hex'), Buffer.from('bo\r\0')]));
    expect(ann.lines.at(-1)).toBe('* bo joined');
    expect(telnet.received.includes(Buffer.from('fffc03fffe18', 'hex'))).toBe(true);
  });

  it('lets the connection go that has waited longest without a nick, when there are too many', async () => {
    const first = chat.connect();
    for (let index = 1; index < MAX_UNNAMED; index += 1) chat.connect();
    expect(first.writableEnded).toBe(false);
    chat.connect();
    expect(first.lines.at(-1)).toContain('Too many others wait');
    await expect.poll(() => first.destroyed).toBe(true);
  });
});

describe('talking', () => {
  it('brings every line to all others and not back to its speaker', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    const before = ann.lines.length;
    await chat.send(ann, 'hello\nthere\n');
    expect(bob.lines.slice(-2)).toEqual(['<ann> hello', '<ann> there']);
    expect(ann.lines).toHaveLength(before);
  });

  it('relays no empty line', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await chat.send(ann, '\n  \r\n\t\nx\n');
    expect(bob.lines.at(-1)).toBe('<ann> x');
    expect(bob.lines.filter((line) => line.startsWith('<ann>'))).toHaveLength(1);
  });

  it('shows control bytes and never relays them', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await chat.send(ann, '\u001b]0;owned\u0007\u009b31m\r* server: pay me\n');
    expect(bob.lines.at(-1)).toBe('<ann> ^[]0;owned^G<U+009B>31m^M* server: pay me');
  });

  it('says // as a line that begins with /', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await chat.send(ann, '//etc/hosts\n');
    expect(bob.lines.at(-1)).toBe('<ann> /etc/hosts');
  });

  it('cuts a line that is too long, says so, and drops the rest', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await chat.send(ann, `${'x'.repeat(3 * MAX_LINE_BYTES)}\nnext\n`);
    expect(bob.lines.slice(-2)).toEqual([`<ann> ${'x'.repeat(MAX_LINE_BYTES)}`, '<ann> next']);
    expect(ann.lines.at(-1)).toContain(`longer than ${MAX_LINE_BYTES} octets`);
  });

  it('takes a last line without an end, then lets the client go', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await bob.receive('bye\nreally');
    await bob.receiveFin();
    chat.scheduler.turn();
    expect(ann.lines.slice(-3)).toEqual(['<bob> bye', '<bob> really', '* bob left']);
    expect(bob.writableEnded).toBe(true);
  });

  it('delivers what the others said before a client finished', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await ann.receive('did you get this?\n');
    await bob.receiveFin();
    chat.scheduler.turn();
    expect(bob.lines.at(-1)).toBe('<ann> did you get this?');
    expect(bob.writableEnded).toBe(true);
  });

  it('tells the others when a connection breaks', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await new Promise<void>((resolve) => bob.once('close', resolve).destroy());
    chat.scheduler.pass(NEWS_DELAY_MS);
    expect(ann.lines.at(-1)).toBe('* bob left: the connection was lost');
  });
});

describe('commands', () => {
  it('/who lists who is here, also before one has a nick', async () => {
    await chat.enter('ann');
    const bob = chat.connect();
    await chat.send(bob, '/who\nbob\n/WHO\n');
    expect(bob.lines.filter((line) => /^\* \d/.test(line))).toEqual([
      '* 1 person here: ann',
      '* 2 people here: ann, bob',
    ]);
  });

  it('/nick takes another nick and tells everybody', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await chat.send(ann, '/nick Bob\n/nick\n/nick anna\nhi\n');
    expect(ann.lines.slice(-3)).toEqual([
      '* Somebody is called Bob already. Try another nick.',
      '* Say which nick you want: /nick NEW',
      '* You are now anna.',
    ]);
    expect(bob.lines.slice(-2)).toEqual(['* ann is now anna', '<anna> hi']);
  });

  it('/nick without a nick yet says how to choose one', async () => {
    const ann = chat.connect();
    await chat.send(ann, '/nick ann\n');
    expect(ann.lines.at(-1)).toBe('* You have no nick yet: type one, without a slash.');
  });

  it('/topic says what the room is about, and sets it', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await chat.send(bob, '/topic\n/topic tea\u001b[2J\n');
    expect(bob.lines.slice(-2)).toEqual(['* The room has no subject.', '* The subject is tea^[[2J, says bob.']);
    expect(ann.lines.at(-1)).toBe('* bob set the subject: tea^[[2J');
  });

  it('/login makes an account of a client, and /kick puts others out when that account moderates', async () => {
    const bob = await chat.enter('bob');
    const alice = chat.connect();
    await chat.send(alice, '/kick bob\n/login alice wrong\n/login alice porthole\n/kick bob off you go\n');
    await expect.poll(() => alice.lines.some((line) => line.startsWith('* You are alice.'))).toBe(true);
    chat.scheduler.pass(NEWS_DELAY_MS);
    expect(alice.lines).toContain('* You have no nick yet: type one, without a slash.');
    expect(alice.lines).toContain('* There is no such user, or the password is another one.');
    expect(alice.lines.at(-1)).toBe('* bob was put out by alice: off you go');
    expect(bob.lines.at(-1)).toBe('* You were put out by alice: off you go');
    expect(bob.writableEnded).toBe(true);
  });

  it('/kick says why it does nothing', async () => {
    const ann = await chat.enter('ann');
    await chat.send(ann, '/kick\n/kick nobody\n/kick ann\n/login alice porthole\n');
    expect(ann.lines.slice(-4)).toEqual([
      '* Say whom: /kick NICK',
      '* Nobody here is called nobody. /who says who is here.',
      '* Only who moderates the room may do that; in the lobby that is alice.',
      '* You have a nick already. /quit, connect again, and /login first.',
    ]);
  });

  it('/login may be tried so many times', async () => {
    const ann = chat.connect();
    await chat.send(ann, '/login alice wrong\n'.repeat(MAX_LOGINS + 1));
    await expect.poll(() => ann.writableEnded).toBe(true);
    expect(ann.lines.at(-1)).toContain('Connect again.');
  });

  it('/quit says goodbye and leaves with the message, and what follows it is dropped', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    await chat.send(bob, '/quit see you\u001b[2J\nI am gone\n');
    expect(bob.lines.at(-1)).toBe('* Goodbye.');
    expect(bob.writableEnded).toBe(true);
    await chat.send(bob, 'still here?\n');
    expect(ann.lines.at(-1)).toBe('* bob left: see you^[[2J');
  });

  it('/quit works without a nick', async () => {
    const ann = chat.connect();
    await chat.send(ann, '/quit\n');
    expect(ann.lines.at(-1)).toBe('* Goodbye.');
    expect(ann.writableEnded).toBe(true);
  });

  it('/help lists every command', async () => {
    const ann = await chat.enter('ann');
    await chat.send(ann, '/help\n');
    for (const command of ['/who', '/nick NEW', '/quit [message]', '/help']) {
      expect(ann.lines.some((line) => line.startsWith(`* ${command}`))).toBe(true);
    }
  });

  it.each(['/dance', '/constructor', '/', '/\u001b[2J'])(
    '%j is no command, and the room does not hear of it',
    async (line) => {
      const ann = await chat.enter('ann');
      const bob = await chat.enter('bob');
      const before = bob.lines.length;
      await chat.send(ann, `${line}\n`);
      expect(ann.lines.at(-1)).toContain('There is no command');
      expect(ann.received.includes(0x1b)).toBe(false);
      expect(bob.lines).toHaveLength(before);
    },
  );
});

describe('closing', () => {
  it('says goodbye to everybody, with a nick and without', async () => {
    const ann = await chat.enter('ann');
    const nobody = chat.connect();
    chat.close();
    for (const { lines, writableEnded } of [ann, nobody]) {
      expect(lines.at(-1)).toBe('* The server is closing. Goodbye.');
      expect(writableEnded).toBe(true);
    }
  });
});
