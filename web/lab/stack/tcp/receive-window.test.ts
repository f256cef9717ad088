import { expect, it } from 'vitest';
import { CLIENT, connected, pattern, receive, SERVER, send } from '../testing/two-hosts.ts';

const updates = (two: ReturnType<typeof connected>) => two.rules('b').filter((rule) => rule === 'window-update').length;

it('offers the shift that was asked for, or the least that says the whole buffer', () => {
  const shiftOf = (two: ReturnType<typeof connected>, side: 'a' | 'b') =>
    two.sent.find(({ from }) => from === side)?.tcp?.options.find((option) => option.kind === 'window-scale');
  const two = connected({ a: { windowShift: 7 }, b: { receiveBufferBytes: 256 * 1024 } });
  expect(shiftOf(two, 'a')).toMatchObject({ shift: 7 });
  expect(shiftOf(two, 'b')).toMatchObject({ shift: 3 });
});

it('offers no more in its SYN than the buffer holds, wherever the numbers begin', () => {
  for (const secret of [1, 2, 3, 4, 5, 6]) {
    const two = connected({ b: { receiveBufferBytes: 8_000 }, secrets: [secret, 9] });
    expect(two.sent.find(({ from }) => from === 'b')?.tcp?.window).toBe(8_000);
  }
});

it('says nothing of its own for the reads of a program that keeps up', () => {
  const two = connected({ b: { receiveBufferBytes: 1024 * 1024 } });
  for (let round = 0; round < 10; round += 1) {
    send(two, 'a', CLIENT, pattern(4_000));
    two.run(300_000);
    receive(two, 'b', SERVER);
    two.run(300_000);
  }
  expect(updates(two)).toBe(0);
});

it('says that it has opened when it was shut', () => {
  const two = connected({ b: { receiveBufferBytes: 8_000 } });
  send(two, 'a', CLIENT, pattern(20_000));
  two.run(300_000);
  expect(two.view('b', SERVER)?.rcvWnd).toBeLessThan(1_460);
  receive(two, 'b', SERVER);
  expect(updates(two)).toBe(1);
});

it('opens by as much as the FIN took', () => {
  const two = connected({ b: { receiveBufferBytes: 65_700, windowScale: false } });
  two.call('a', { call: 'tcp.shutdown', socket: CLIENT });
  two.run(300_000);
  expect(two.sent.at(-1)?.tcp?.window).toBe(65_535);
});
