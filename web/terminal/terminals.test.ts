import { describe, expect, it } from 'vitest';
import { MAX_TERMINAL_INPUT_CHARS, MAX_TERMINALS } from '#protocol/limits.ts';
import { createTerminals } from './terminals.ts';
import { FakeClock, type FakeLink, fakeLinks } from './testing.ts';

function start() {
  const server = fakeLinks();
  const terminals = createTerminals({ open: server.open, clock: new FakeClock(), random: () => 0 });
  const answer = (link: FakeLink | undefined, number: number) =>
    link?.connect().say({ type: 'opened', session: `s${number}`, number, resumed: false });
  return { server, terminals, answer, state: () => terminals.store.getState() };
}

describe('createTerminals', () => {
  it('opens nothing until asked, and the first only once', () => {
    const { server, terminals, state } = start();
    expect(server.links).toHaveLength(0);
    terminals.ensure();
    terminals.ensure();
    expect(server.links).toHaveLength(1);
    expect(state().active).toBe(state().tabs[0]?.id);
  });

  it('resumes the shells that a reload left behind, and remembers those that are open', () => {
    const saved: (readonly string[])[] = [];
    const memory = { load: () => ['s7', 's8'], save: (sessions: readonly string[]) => void saved.push(sessions) };
    const server = fakeLinks();
    const terminals = createTerminals({ open: server.open, clock: new FakeClock(), random: () => 0, memory });
    terminals.ensure();
    const [first, second] = server.links.map((link) => link.connect());
    expect(first?.of('open')[0]).toMatchObject({ session: 's7', received: 0 });
    first?.say({ type: 'opened', session: 's7', number: 7, resumed: true });
    second?.say({ type: 'opened', session: 's9', number: 9, resumed: false });
    expect(terminals.store.getState().active).toBe(terminals.store.getState().tabs[0]?.id);
    expect(saved.at(-1)).toEqual(['s7', 's9']);
    second?.say({ type: 'exited', code: 0 });
    expect(saved.at(-1)).toEqual(['s7']);
  });

  it('runs a command in the active terminal when it is idle', () => {
    const { server, terminals, answer, state } = start();
    terminals.ensure();
    answer(server.links[0], 1);
    terminals.run('ss -t');
    expect(server.links).toHaveLength(1);
    expect(server.links[0]?.of('run')).toHaveLength(1);
    expect(state().focusRequests).toBe(1);
  });

  it('leaves a running program alone: another idle terminal runs the command, and is shown', () => {
    const { server, terminals, answer, state } = start();
    terminals.open();
    terminals.open();
    answer(server.links[0], 1);
    answer(server.links[1], 2);
    server.links[1]?.say({ type: 'running', command: 'telnet' });
    terminals.run('nc -v localhost 7007');
    expect(server.links[0]?.of('run')).toHaveLength(1);
    expect(server.links[1]?.of('run')).toHaveLength(0);
    expect(state().active).toBe(state().tabs[0]?.id);
  });

  it('opens a new terminal when all are busy', () => {
    const { server, terminals, answer, state } = start();
    terminals.run('telnet localhost 7007');
    terminals.run('telnet localhost 7009');
    expect(state().tabs).toHaveLength(2);
    answer(server.links[0], 1);
    answer(server.links[1], 2);
    expect(server.links.map((link) => link.of('run').map((each) => each.command))).toEqual([
      ['telnet localhost 7007'],
      ['telnet localhost 7009'],
    ]);
  });

  it('does not run in a terminal whose shell has ended', () => {
    const { server, terminals, answer, state } = start();
    terminals.ensure();
    answer(server.links[0], 1);
    server.links[0]?.say({ type: 'exited', code: 0 });
    terminals.run('help');
    expect(state().tabs).toHaveLength(2);
  });

  it('says so when every terminal is busy and no more may be opened', () => {
    const { terminals, state } = start();
    for (let i = 0; i < MAX_TERMINALS; i += 1) expect(terminals.run('telnet')).toBe(true);
    expect(terminals.run('telnet')).toBe(false);
    expect(state()).toMatchObject({ refusal: 'all-busy' });
    expect(state().tabs).toHaveLength(MAX_TERMINALS);
    expect(terminals.open()).toBeNull();
  });

  it('refuses a command that is too long for a message', () => {
    const { terminals, state } = start();
    expect(terminals.run('x'.repeat(MAX_TERMINAL_INPUT_CHARS + 1))).toBe(false);
    expect(state().refusal).toBe('too-long');
  });

  it('shows the neighbour of a closed terminal', () => {
    const { server, terminals, state } = start();
    const ids = [terminals.open(), terminals.open(), terminals.open()];
    terminals.activate(ids[1] ?? 0);
    terminals.close(ids[1] ?? 0);
    expect(state().active).toBe(ids[2]);
    terminals.close(ids[2] ?? 0);
    expect(state().active).toBe(ids[0]);
    terminals.close(ids[0] ?? 0);
    expect(state()).toMatchObject({ tabs: [], active: null });
    expect(server.links.every((link) => link.closedByPage)).toBe(true);
  });
});
