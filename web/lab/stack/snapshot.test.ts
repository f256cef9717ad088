import { expect, it } from 'vitest';
import { snapshot, step, viewOf } from './stack.ts';
import { CLIENT, connected, pattern, receive, SERVER, send, type TwoHosts } from './testing/two-hosts.ts';

/** A transfer in full swing, with losses. */
function busy(): TwoHosts {
  const two = connected({ fate: (_, nth) => (nth % 13 === 0 ? [] : [{ afterUs: 10_000 }]) });
  two.onNotice = (side, { notice }) => {
    if (side === 'b' && notice === 'readable') receive(two, 'b', SERVER);
  };
  send(two, 'a', CLIENT, pattern(200_000));
  two.run(45_000);
  return two;
}

it('of a host is not touched by what happens to the host afterwards, nor the other way round', () => {
  const two = busy();
  const kept = snapshot(two.hosts.a);
  const before = JSON.stringify(viewOf(kept));
  two.run(60_000_000);
  expect(JSON.stringify(viewOf(kept))).toBe(before);
  const after = JSON.stringify(two.views('a'));
  step(kept, two.now, { event: 'call', call: { call: 'tcp.abort', socket: CLIENT } });
  expect(JSON.stringify(two.views('a'))).toBe(after);
});

it('goes on exactly as the host itself went on', () => {
  const digest = (two: TwoHosts, since: number) =>
    two.sent.slice(since).map(({ at, packet }) => [at, packet.because.rule, Buffer.from(packet.bytes).toString('hex')]);
  const straight = busy();
  const since = straight.sent.length;
  straight.run(60_000_000);
  const stepped = busy();
  // Copied again and again, the copy stepped and the original thrown away, or the other way round.
  for (let events = 0; ; events += 1) {
    for (const side of ['a', 'b'] as const) {
      const copy = snapshot(stepped.hosts[side]);
      if (events % 2 === 0) stepped.hosts[side] = copy;
    }
    if (!stepped.next(60_045_000)) break;
  }
  expect(digest(stepped, since)).toEqual(digest(straight, since));
});

it('is cheap: octets are not copied', () => {
  const two = busy();
  const [tcb] = [...two.hosts.a.connections.values()];
  const copy = snapshot(two.hosts.a);
  expect([...copy.connections.values()][0]).toBe(tcb);
});
