import { beforeEach, describe, expect, it } from 'vitest';
import { InProcessPrograms } from '../net/testing/in-process-programs.ts';
import { EXPERIMENTS, setupOf } from './experiments.ts';
import { LabDesk } from './lab-desk.ts';
import { type LabHost, LabSession } from './lab-session.ts';
import { packetLabel } from './packet-label.ts';

const MS_US = 1_000;
const FRAME_MS = 16;

let frames: (() => void)[];
let nowMs: number;
let host: LabHost & { reduced: boolean };

beforeEach(() => {
  frames = [];
  nowMs = 0;
  host = {
    reduced: false,
    frame: (run) => {
      frames.push(run);
      return () => {
        frames = frames.filter((each) => each !== run);
      };
    },
    nowMs: () => nowMs,
    openPrograms: (setup) => {
      const programs = new InProcessPrograms(setup);
      return Object.assign(programs, { close: () => {} });
    },
    reducedMotion: () => host.reduced,
  };
});

function experiment(id: string) {
  const found = EXPERIMENTS.find((each) => each.id === id);
  if (!found) throw new Error(`there is no experiment ${id}`);
  return setupOf(found);
}

const open = (id = 'lose-one') => new LabSession(host, experiment(id));

/** Lets the next frame come, and whatever it begins come to an end. */
async function frame(session: LabSession): Promise<void> {
  nowMs += FRAME_MS;
  frames.shift()?.();
  const { turn } = session.store.getState();
  await expect
    .poll(() => session.store.getState().turn !== turn || frames.length > 0 || !session.store.getState().playing, {
      interval: 1,
    })
    .toBe(true);
}

async function stepUntil(session: LabSession, rule: string): Promise<number> {
  for (;;) {
    const { run } = session.store.getState();
    if (run.packets.at(-1)?.because.rule === rule) return run.packets.length - 1;
    if (run.end !== null) throw new Error(`${rule} never happened`);
    await session.step();
  }
}

describe('a session of the lab', () => {
  it('steps forward and back, and reads every packet', async () => {
    const session = open();
    const packet = await stepUntil(session, 'fast-retransmit');
    const facts = session.book.get(packet);
    expect(facts && [packetLabel(facts).name, facts.again]).toEqual(['1461:2921', true]);
    const { run } = session.store.getState();
    const seen = JSON.stringify(run.events.map(({ at, kind }) => [at, kind]));
    await session.back();
    expect(run.packets.length).toBe(packet);
    await session.step();
    expect(JSON.stringify(run.events.map(({ at, kind }) => [at, kind]))).toBe(seen);
  });

  it('plays no faster than asked, and pauses at once', async () => {
    const session = open();
    session.setSpeed(1);
    session.play();
    for (let count = 0; count < 3; count += 1) await frame(session);
    const { run } = session.store.getState();
    expect(run.now).toBeLessThanOrEqual(3 * FRAME_MS * MS_US);
    expect(run.now).toBeGreaterThan(0);
    session.pause();
    expect([frames.length, session.store.getState().playing]).toEqual([0, false]);
  });

  it('skips a silence in which nothing is in flight, and stops at the end', async () => {
    const session = open();
    session.setSpeed(1);
    session.play();
    let count = 0;
    for (; session.store.getState().playing && count < 400; count += 1) await frame(session);
    const { run } = session.store.getState();
    // TIME-WAIT alone is a minute: 3,750 frames.
    expect([run.end, run.now > 60_000 * MS_US, count < 400]).toEqual(['nothing-left', true, true]);
  });

  it('shows whoever wants no motion events only', async () => {
    host.reduced = true;
    const session = open();
    await session.jumpTo(5 * MS_US);
    session.setSpeed(1 / 1_000);
    const { turn } = session.store.getState();
    session.play();
    await frame(session);
    await frame(session);
    expect(session.store.getState().turn).toBe(turn);
    session.pause();
  });

  it('drops a packet by hand, and takes that back', async () => {
    const session = open('handshake');
    await session.step();
    const packet = await session.stepToNextSent();
    const flying = session.store.getState().run.packets.length - 1;
    expect(packet).toBe(flying);
    await session.act({ deed: 'drop', packet: flying, copy: 0 });
    await session.step();
    const { run } = session.store.getState();
    expect(run.packets[flying]?.lost?.cause).toBe('hand');
    await session.act({ deed: 'drop', packet: flying, copy: 0 });
    expect(session.store.getState().refused).toBe('not-in-flight');
    await session.undo();
    expect([run.packets[flying]?.lost, run.actions]).toEqual([null, []]);
  });

  it('jumps to any moment, and forgets a choice that is not there yet', async () => {
    const session = open();
    await session.jumpTo(500 * MS_US);
    const { run } = session.store.getState();
    expect(run.now).toBe(500 * MS_US);
    session.select(run.packets.length - 1);
    await session.jumpTo(10 * MS_US);
    expect([run.packets.length, session.store.getState().selected]).toEqual([1, null]);
  });

  it('says when nobody sends anything any more', async () => {
    const session = open('handshake');
    let sent = 0;
    while ((await session.stepToNextSent()) !== null) sent += 1;
    expect(sent).toBeGreaterThan(6);
    expect(session.store.getState().run.end).toBe('nothing-left');
  });
});

describe('the desk', () => {
  const desk = () => new LabDesk(host, { experiment: 'lose-one', draft: experiment('lose-one') });

  it('begins with what is laid out, until something has happened', async () => {
    const lab = desk();
    lab.setRules([]);
    lab.setSeed(9);
    expect(lab.session.store.getState().run.setup).toMatchObject({ rules: [], seed: 9 });
    await lab.session.step();
    lab.setSeed(10);
    expect(lab.session.store.getState().run.setup.seed).toBe(9);
    lab.restart();
    expect(lab.session.store.getState().run.setup.seed).toBe(10);
  });

  it('changes the wire of a run at once, and keeps the change for the next start', async () => {
    const lab = desk();
    await lab.session.step();
    const slow = { ...lab.store.getState().draft.wire.a, delayUs: 90 * MS_US };
    lab.setLink('a', slow);
    await lab.session.step();
    const { run } = lab.session.store.getState();
    expect(run.actions).toMatchObject([{ deed: { deed: 'wire', from: 'a', settings: slow } }]);
    expect(run.setup.wire.a.delayUs).toBe(20 * MS_US);
    lab.restart();
    expect(lab.session.store.getState().run.setup.wire.a).toEqual(slow);
  });

  it('keeps the run, or what is laid out where that is something else', async () => {
    const lab = desk();
    await lab.session.jumpTo(100 * MS_US);
    expect(lab.toKeep()).toMatchObject({ at: 100 * MS_US, setup: { seed: 0x7f3a } });
    lab.setSeed(1);
    expect(lab.toKeep()).toMatchObject({ at: 0, actions: [], setup: { seed: 1 } });
    expect(lab.kept()).toMatchObject({ at: 100 * MS_US, setup: { seed: 0x7f3a } });
  });
});
