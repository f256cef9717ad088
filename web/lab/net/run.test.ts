import { expect, test } from 'vitest';
import { CLEAN_LINK } from './link-settings.ts';
import { kindOf } from './packet-kind.ts';
import type { RunEvent } from './run-event.ts';
import { labOf, ready, type Scenario, setupOf, TestLab } from './testing/lab.ts';

const HELLO = ready('hello-client', 'echo-server');
const BULK = ready('bulk-sender', 'discard-server');
const BAD_WIRE: Scenario = {
  ...BULK,
  link: { loss: 0.03, reorder: 0.05, duplicate: 0.03, corrupt: 0.05, jitterUs: 2000, bandwidthBps: 10_000_000 },
};

/** Events as lines, for comparing thousands of them; octets by their number. */
function linesOf(events: readonly RunEvent[]): string[] {
  return events.map((event) =>
    JSON.stringify(event, (_key, value: unknown) => (value instanceof Uint8Array ? value.length : value)),
  );
}

test('a client says hello to an echo server and both close', async () => {
  const lab = await labOf(HELLO).finish();
  expect(lab.printed('a')).toEqual(['received hello']);
  expect(lab.run.packets.slice(0, 4).map(({ bytes }) => kindOf(bytes))).toEqual(['syn', 'syn-ack', 'pure-ack', 'data']);
  const states = lab.run.events.flatMap((event) => (event.kind === 'state' && event.host === 'a' ? [event.to] : []));
  expect(states.slice(0, 2)).toEqual(['SYN-SENT', 'ESTABLISHED']);
  expect(states.at(-1)).toBe('CLOSED');
  expect(lab.run.end).toBe('nothing-left');
});

test('a packet is sent at one time and arrives at another, a delay later', async () => {
  const lab = labOf({ ...HELLO, link: { delayUs: 12_345 } });
  await lab.driver.advanceTo(12_344);
  expect(lab.run.packets[0]).toMatchObject({ sentAt: 0, arrivals: [{ at: 12_345, done: false }] });
  expect([...lab.run.inFlight]).toEqual([0]);
  await lab.driver.advanceTo(12_345);
  expect(lab.run.packets[0]?.arrivals[0]?.done).toBe(true);
});

test('nobody listening is refused, and the program is told', async () => {
  const lab = await labOf({ a: HELLO.a }).finish();
  expect(lab.printed('a')).toEqual(['connect ECONNREFUSED the other host:7007']);
});

test('200,000 octets come through a bad wire whole', async () => {
  const lab = await labOf(BAD_WIRE).finish();
  expect(lab.printed('b')).toEqual(['discarded 200000 octets']);
  const { packets } = lab.run;
  expect(packets.some(({ lost }) => lost?.cause === 'dice')).toBe(true);
  expect(packets.some(({ arrivals }) => arrivals.length === 2)).toBe(true);
  expect(packets.some(({ overtaken }) => overtaken)).toBe(true);
  const discarded = packets.flatMap(({ arrivals }) => arrivals.filter(({ damaged }) => damaged !== null));
  expect(discarded.length).toBeGreaterThan(0);
  expect(discarded.every((arrival) => arrival.discarded !== null)).toBe(true);
});

test('the same seed gives the same packets, another seed others', async () => {
  const first = await labOf(BAD_WIRE).finish();
  const second = await labOf(BAD_WIRE).finish();
  const other = await labOf({ ...BAD_WIRE, seed: 8 }).finish();
  expect(second.packets()).toEqual(first.packets());
  expect(other.packets()).not.toEqual(first.packets());
});

test('a rule drops the second data segment, and TCP sends it again', async () => {
  const rules = [{ from: 'a', kind: 'data', nth: 2, count: 1, deed: { deed: 'drop' } }] as const;
  const lab = await labOf({ ...BULK, rules }).finish();
  expect(lab.run.packets.filter(({ lost }) => lost).map(({ lost }) => lost?.cause)).toEqual(['rule']);
  expect(lab.printed('b')).toEqual(['discarded 200000 octets']);
  const again = lab.run.packets.filter(({ because }) => because.rule.includes('retransmi'));
  expect(again.length).toBeGreaterThan(0);
});

test('stepping back and forward again gives the very same events, without asking the programs again', async () => {
  const lab = await labOf(BAD_WIRE).finish();
  const { run, driver } = lab;
  const events = linesOf(run.events);
  const packets = lab.packets();
  for (let step = 0; step < 30; step += 1) await driver.back();
  expect(linesOf(run.events)).toEqual(events.slice(0, run.events.length));
  expect(run.events.length).toBeLessThanOrEqual(events.length - 30);
  await lab.finish();
  expect(linesOf(run.events)).toEqual(events);
  expect(lab.packets()).toEqual(packets);
  expect(lab.programs.starts).toBe(1);
});

test('going back to any moment shows what was known then', async () => {
  const lab = await labOf(BAD_WIRE).finish();
  const { run, driver } = lab;
  const end = run.now;
  const events = [...run.events];
  for (const share of [0.9, 0.5, 0.1, 0]) {
    const at = Math.floor(end * share);
    await driver.jumpTo(at);
    expect(linesOf(run.events)).toEqual(linesOf(events.filter((event) => event.at <= at)));
    expect(run.now).toBe(at);
    await driver.jumpTo(end);
  }
});

test('a packet in flight can be dropped by hand, and the deed undone', async () => {
  const lab = labOf(HELLO);
  const { run, driver } = lab;
  await driver.advanceTo(10_000);
  expect(await driver.act({ deed: 'drop', packet: 0, copy: 0 })).toBeNull();
  await driver.step();
  expect(run.packets[0]?.lost).toEqual({ at: 10_000, cause: 'hand' });
  await driver.advanceTo(1_500_000);
  expect(run.packets[1]?.because.rule).toBe('retransmission-timeout');
  expect(await driver.undo()).toBe(true);
  expect(run.now).toBe(10_000);
  await lab.finish();
  expect(run.packets.some(({ lost }) => lost)).toBe(false);
  expect(lab.printed('a')).toEqual(['received hello']);
});

test('what is not in flight cannot be grabbed', async () => {
  const { driver } = labOf(HELLO);
  expect(await driver.act({ deed: 'drop', packet: 0, copy: 0 })).toBe('not-in-flight');
  await driver.advanceTo(30_000);
  expect(await driver.act({ deed: 'delay', packet: 0, copy: 0, byUs: 1 })).toBe('not-in-flight');
});

test('two packets in flight change places', async () => {
  const lab = labOf({ ...BULK, link: { bandwidthBps: 1_000_000 } });
  const { run, driver } = lab;
  while (run.packets.filter(({ bytes }) => kindOf(bytes) === 'data').length < 3) await driver.step();
  const [first, second] = run.packets.filter(({ bytes }) => kindOf(bytes) === 'data');
  if (!first || !second) throw new Error('no two data segments are in flight');
  const deed = { deed: 'swap', packet: first.id, copy: 0, withPacket: second.id, withCopy: 0 } as const;
  expect(await driver.act(deed)).toBeNull();
  await lab.finish();
  expect(run.packets[first.id]?.overtaken).toBe(true);
  expect(run.packets[first.id]?.arrivals[0]?.at).toBe(second.arrivals[0]?.at);
  expect(lab.printed('b')).toEqual(['discarded 200000 octets']);
});

test('a run and its actions can be repeated elsewhere', async () => {
  const setup = setupOf(BAD_WIRE);
  const lab = new TestLab(setup);
  await lab.driver.advanceTo(100_000);
  const [flying] = lab.run.inFlight;
  await lab.driver.act({ deed: 'drop', packet: flying ?? -1, copy: 0 });
  await lab.driver.advanceTo(200_000);
  await lab.driver.act({ deed: 'wire', from: 'a', settings: { ...setup.wire.a, loss: 0.2 } });
  await lab.finish();
  const repeated = new TestLab(JSON.parse(JSON.stringify(setup)), JSON.parse(JSON.stringify(lab.run.actions)));
  await repeated.finish();
  expect(repeated.packets()).toEqual(lab.packets());
});

test('a deed in the past gives up the future: the programs are told again what they were told', async () => {
  const lab = await labOf(HELLO).finish();
  const { run, driver } = lab;
  await driver.jumpTo(70_000);
  const [flying] = run.inFlight;
  expect(flying).toBeDefined();
  expect(await driver.act({ deed: 'drop', packet: flying ?? -1, copy: 0 })).toBeNull();
  await lab.finish();
  expect(lab.programs.starts).toBe(2);
  expect(run.packets.filter(({ lost }) => lost)).toHaveLength(1);
  expect(lab.printed('a')).toEqual(['received hello']);
});

test('actions that make no sense have no effect', async () => {
  const nonsense = [
    { afterTick: 1, at: 0, deed: { deed: 'drop', packet: 99, copy: 0 } },
    { afterTick: 2, at: 0, deed: { deed: 'swap', packet: 0, copy: 0, withPacket: 1, withCopy: 5 } },
  ] as const;
  const lab = await new TestLab(setupOf(HELLO), nonsense).finish();
  expect(lab.printed('a')).toEqual(['received hello']);
});

test('a program that throws is stopped, its connections reset, and the other side told', async () => {
  const b = [`net.createServer((s) => s.on('data', () => { throw new Error('no'); })).listen(7007);`];
  const lab = await labOf({ a: HELLO.a, b }).finish();
  expect(lab.run.events.find((event) => event.kind === 'output' && event.failed)).toMatchObject({
    host: 'b',
    text: 'Error: no',
    line: 1,
  });
  expect(lab.printed('a')).toEqual(['read ECONNRESET the other host:7007']);
});

test('a program that writes without end is stopped', async () => {
  const flood = `const s = net.connect(7009, () => { for (let i = 0; i < 40; i++) s.write(Buffer.alloc(1_000_000)); });`;
  const lab = await labOf({ a: [flood], b: BULK.b }).finish();
  expect(lab.printed('a')[0]).toMatch(/more than 16 MiB were written and not sent yet/);
});

test('the plots have the congestion window over time', async () => {
  const lab = await labOf(BULK).finish();
  const samples = lab.run.history('a', lab.run.sampled('a')[0] ?? -1);
  expect(samples.length).toBeGreaterThan(20);
  expect(Math.max(...samples.map(({ cwnd }) => cwnd))).toBeGreaterThan(samples[0]?.cwnd ?? Number.POSITIVE_INFINITY);
  expect(samples.map(({ at }) => at)).toEqual(samples.map(({ at }) => at).sort((x, y) => x - y));
});

test('a wire that takes shorter packets from now on is no black hole: the host cuts its segments anew', async () => {
  const lab = labOf(BULK);
  await lab.driver.advanceTo(90_000);
  await lab.driver.act({ deed: 'wire', from: 'a', settings: { ...CLEAN_LINK, mtu: 600 } });
  await lab.finish();
  expect(lab.printed('b')).toEqual(['discarded 200000 octets']);
  const longest = Math.max(...lab.run.packets.slice(-50).map(({ bytes }) => bytes.length));
  expect(longest).toBeLessThanOrEqual(600);
  expect(lab.run.packets.filter(({ lost }) => lost?.cause === 'mtu')).toEqual([]);
});
