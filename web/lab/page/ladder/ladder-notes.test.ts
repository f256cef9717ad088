import { expect, it } from 'vitest';
import type { RunEvent } from '../../net/run-event.ts';
import { TestLab } from '../../net/testing/lab.ts';
import { experimentIn, setupOf } from '../experiments.ts';
import { PacketBook } from '../packet-book.ts';
import { LadderLayout } from './ladder-layout.ts';
import { callText, type LabWords, noteOf } from './ladder-notes.ts';
import { ribbonChoice, ribbonOf } from './ladder-ribbon.ts';

/** Words by their keys: what is said, not how. */
const t = ((key: string, values?: { reason?: string }) =>
  values?.reason ? `${key} ${values.reason}` : key) as LabWords;

async function played(id: string) {
  const experiment = experimentIn(`?experiment=${id}`);
  if (!experiment) throw new Error(`there is no experiment ${id}`);
  const lab = new TestLab(setupOf(experiment));
  await lab.finish();
  const book = new PacketBook();
  book.read(lab.run.packets);
  return { run: lab.run, book };
}

it('says why each packet was sent, beside the host that sent it, and what was called', async () => {
  const { run } = await played('lose-one');
  const notes = run.events.flatMap((event) => noteOf(t, event, run.packets) ?? []);
  const said = notes.map(({ host, text }) => `${host} ${text}`);
  expect(said.slice(0, 3)).toEqual(['b listen(7009)', 'a connect(10.0.0.2:7009)', 'a because.syn-on-connect']);
  expect(said).toContain('a because.fast-retransmit');
  expect(said).toContain('b “discarded 7300 octets”');
});

it('marks a packet that was ignored, and a call that failed', () => {
  const arrived: RunEvent = { kind: 'arrived', at: 0, host: 'b', packet: 0, copy: 0 };
  const packet = { arrivals: [{ discarded: 'checksum' }] };
  expect(noteOf(t, arrived, [packet as never])).toMatchObject({ tone: 'bad', text: 'note.ignored discard.checksum' });
  expect(callText({ call: 'tcp.close', socket: 1 }, { ok: false, error: 'EBADF' })).toBe('close() = EBADF');
});

it('draws the states of a connection after those of its listener, and nothing of closed ends', async () => {
  const { run, book } = await played('handshake');
  const layout = new LadderLayout({ pxPerMs: 1, spread: true });
  layout.read(run.events);
  const [flow] = book.flows;
  const pieces = ribbonOf(run.events, ribbonChoice(run.events, book, flow ?? null), layout, layout.height);
  const statesOf = (host: 'a' | 'b') => pieces.filter((each) => each.host === host).map(({ state }) => state);
  expect(statesOf('a')).toEqual(['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT']);
  expect(statesOf('b')).toEqual(['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK']);
  for (const { from, to } of pieces) expect(to).toBeGreaterThan(from);
});
