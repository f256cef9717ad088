import { describe, expect, it } from 'vitest';
import { MAX_TERMINAL_INPUT_CHARS } from '#protocol/limits.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import { MAX_RETRY_MS } from '../session/backoff.ts';
import { WELCOME_TIMEOUT_MS } from '../session/connection.ts';
import { HEARTBEAT_MS } from '../session/heartbeat.ts';
import { inputPieces } from './input-pieces.ts';
import { MAX_QUEUED_INPUT_CHARS, RUN_SETTLE_MS, TerminalSession } from './terminal-session.ts';
import { FakeClock, fakeLinks } from './testing.ts';

const OPENED = { type: 'opened', session: 's1', number: 3, resumed: false } as const;

function start() {
  const server = fakeLinks();
  const clock = new FakeClock();
  let changes = 0;
  const session = new TerminalSession({
    open: server.open,
    clock,
    random: () => 0,
    changed: () => {
      changes += 1;
    },
  });
  return { server, clock, session, changes: () => changes };
}
function startOpen() {
  const started = start();
  started.server.last().connect().say(OPENED);
  return started;
}
function screen() {
  const written: string[] = [];
  return { written, write: (text: string) => void written.push(text), reset: () => void written.push('<reset>') };
}

describe('TerminalSession', () => {
  it('opens with the contract version and the size of its screen', () => {
    const { server, session } = start();
    session.resize(100, 30);
    server.last().connect();
    expect(server.last().requests).toEqual([{ type: 'open', version: CONTRACT_VERSION, columns: 100, rows: 30 }]);
    server.last().say(OPENED);
    expect(session.info).toMatchObject({ status: 'open', number: 3, fresh: false });
    expect(server.last().of('resize')).toEqual([]);
  });

  it('tells a size that changed while it was opening', () => {
    const { server, session } = start();
    server.last().connect();
    session.resize(90, 20);
    server.last().say(OPENED);
    expect(server.last().of('resize')).toEqual([{ type: 'resize', columns: 90, rows: 20 }]);
  });

  it('keeps a command until the terminal is open, then types it once', () => {
    const { server, session } = start();
    expect(session.run('telnet localhost 7007')).toBe(true);
    expect(session.info.busy).toBe(true);
    server.last().connect();
    expect(server.last().of('run')).toEqual([]);
    server.last().say(OPENED);
    expect(server.last().of('run')).toEqual([{ type: 'run', command: 'telnet localhost 7007' }]);
    server.last().lose();
    expect(session.run('x')).toBe(false);
  });

  it('is busy from the command to the end of the program', () => {
    const { server, session } = startOpen();
    session.run('telnet');
    server.last().say({ type: 'running', command: 'telnet' });
    expect(session.info).toMatchObject({ running: 'telnet', busy: true });
    expect(session.run('nc')).toBe(false);
    server.last().say({ type: 'running', command: null });
    expect(session.info).toMatchObject({ running: null, busy: false });
  });

  it('does not stay busy when a command was no program', () => {
    const { clock, session } = startOpen();
    session.run('nonsense');
    clock.pass(RUN_SETTLE_MS);
    expect(session.info.busy).toBe(false);
  });

  it('shows a screen that mounts late what came before, and then only what is new', () => {
    const { server, session } = startOpen();
    server.last().say({ type: 'output', data: 'hello ' });
    const view = screen();
    const detach = session.attach(view);
    server.last().say({ type: 'output', data: 'world' });
    detach();
    server.last().say({ type: 'output', data: '!' });
    expect(view.written).toEqual(['hello ', 'world']);
  });

  it('comes back by itself and asks for what it has not had', () => {
    const { server, clock, session } = startOpen();
    server.last().say({ type: 'output', data: 'four' });
    server.last().lose();
    expect(session.info.status).toBe('lost');
    clock.pass(MAX_RETRY_MS);
    expect(server.links).toHaveLength(2);
    server.last().connect();
    expect(server.last().of('open')[0]).toMatchObject({ session: 's1', received: 4 });
    server.last().say({ ...OPENED, resumed: true });
    expect(session.info).toMatchObject({ status: 'open', fresh: false });
  });

  it('gives up a try that is not answered in time, and tries again', () => {
    const { server, clock, session } = start();
    const hanging = server.last();
    clock.pass(WELCOME_TIMEOUT_MS);
    expect(hanging.closedByPage).toBe(true);
    expect(session.info.status).toBe('lost');
    clock.pass(MAX_RETRY_MS);
    expect(server.last()).not.toBe(hanging);
    server.last().connect().say(OPENED);
    clock.pass(10 * WELCOME_TIMEOUT_MS);
    expect(session.info.status).toBe('open');
  });

  it('notices a server that is frozen, and comes back to its shell', () => {
    const { server, clock, session } = startOpen();
    const frozen = server.last();
    const beat = () => clock.pass(HEARTBEAT_MS);
    beat();
    beat();
    expect(frozen.of('ping')).toHaveLength(1);
    frozen.say({ type: 'pong' });
    for (let beats = 0; beats < 2; beats += 1) beat();
    expect(session.info.status).toBe('open');
    beat();
    expect([session.info.status, frozen.closedByPage]).toEqual(['lost', true]);
    clock.pass(MAX_RETRY_MS);
    server.last().connect();
    expect(server.last().of('open')[0]).toMatchObject({ session: 's1' });
  });

  it('empties the screen and says so when the server has forgotten the shell', () => {
    const { server, clock, session } = startOpen();
    server.last().say({ type: 'output', data: 'old' });
    const view = screen();
    session.attach(view);
    server.last().lose();
    clock.pass(MAX_RETRY_MS);
    server
      .last()
      .connect()
      .say({ ...OPENED, session: 's2' })
      .say({ type: 'output', data: 'new' });
    expect(view.written).toEqual(['old', '<reset>', 'new']);
    expect(session.info.fresh).toBe(true);
    server.last().lose();
    clock.pass(MAX_RETRY_MS);
    server.last().connect();
    expect(server.last().of('open')[0]).toMatchObject({ session: 's2', received: 3 });
  });

  it('keeps early typing, within a bound, and drops what is typed while the server is lost', () => {
    const { server, session } = start();
    session.input('a');
    session.input('b'.repeat(MAX_QUEUED_INPUT_CHARS));
    server.last().connect().say(OPENED);
    expect(
      server
        .last()
        .of('input')
        .map((each) => each.data)
        .join(''),
    ).toHaveLength(MAX_QUEUED_INPUT_CHARS);
    server.last().lose();
    session.input('lost');
    expect(server.last().of('input')).toHaveLength(1);
  });

  it('sends a long paste in pieces that the contract allows', () => {
    const { server, session } = startOpen();
    const paste = '😀'.repeat(MAX_TERMINAL_INPUT_CHARS);
    session.input(paste);
    const pieces = server
      .last()
      .of('input')
      .map((each) => each.data);
    expect(pieces.join('')).toBe(paste);
    expect(pieces.length).toBe(2);
  });

  it('ends when the shell ends, and opens a new one in its place when asked', () => {
    const { server, clock, session } = startOpen();
    server.last().say({ type: 'exited', code: 0 });
    expect(session.info.status).toBe('exited');
    clock.pass(MAX_RETRY_MS);
    expect(server.links).toHaveLength(1);
    session.reopen();
    server.last().connect();
    expect(server.last().of('open')[0]).not.toHaveProperty('session');
  });

  it('asks for a reload when the contract differs, and does not try again', () => {
    const { server, clock, session } = start();
    server
      .last()
      .connect()
      .say({ type: 'reload', version: CONTRACT_VERSION + 1 });
    clock.pass(MAX_RETRY_MS);
    expect(session.info.status).toBe('outdated');
    expect(server.links).toHaveLength(1);
  });

  it('says why it was refused', () => {
    const { server, session } = start();
    server.last().connect().say({ type: 'error', code: 'too-many-terminals', message: 'Close one first.' });
    expect(session.info).toMatchObject({ status: 'refused', problem: { code: 'too-many-terminals' } });
  });

  it('lets go of a shell that another tab has taken over, until asked back', () => {
    const { server, session } = startOpen();
    server.last().say({ type: 'error', code: 'taken-over', message: 'Open in another tab.' });
    expect(session.info).toMatchObject({ status: 'refused', problem: { code: 'taken-over' } });
    expect(server.last().closedByPage).toBe(true);
    session.reopen();
    expect(server.last().connect().of('open')[0]).toMatchObject({ session: 's1' });
  });

  it('makes the connection anew after a message that is no message', () => {
    const { server, clock, session } = startOpen();
    server.last().babble('{"type":"output"}');
    expect(session.info.status).toBe('lost');
    expect(server.last().closedByPage).toBe(true);
    clock.pass(MAX_RETRY_MS);
    expect(server.links).toHaveLength(2);
  });

  it('does nothing more once closed', () => {
    const { server, clock, session, changes } = startOpen();
    session.close();
    session.close();
    const before = changes();
    clock.pass(MAX_RETRY_MS);
    expect(server.links).toHaveLength(1);
    expect(changes()).toBe(before);
  });
});

describe('inputPieces', () => {
  it('never cuts a surrogate pair', () => {
    expect(inputPieces('a😀b', 2)).toEqual(['a', '😀', 'b']);
    expect(inputPieces('', 2)).toEqual([]);
  });
});
