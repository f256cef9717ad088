/** Helper for tests of the wire session: one without a browser and without a network. */
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { WireMessage } from '#protocol/wire-messages.ts';
import { createFakeClock, createFakeFrames, createFakeLinks, fakeConversation, fakeEvent } from './testing.ts';
import { createWireSession } from './wire-session.ts';

/** The server's welcome to a journal `j1`, of the run `r1`, that is empty, unless `changes` says otherwise. */
export const welcome = (changes: Partial<Extract<WireMessage, { type: 'welcome' }>> = {}): WireMessage => ({
  type: 'welcome',
  version: CONTRACT_VERSION,
  run: 'r1',
  journal: 'j1',
  resumed: false,
  from: 1,
  head: 0,
  forgotten: null,
  demos: [{ id: 'echo', transport: 'tcp', host: '127.0.0.1', port: 40_007 }],
  ...changes,
});

/** Events `first` to `last`, all of conversation 1. */
export const batch = (first: number, last: number, missed = 0): WireMessage => ({
  type: 'batch',
  missed,
  conversations: [fakeConversation(1, { toServer: { events: last, bytes: 0 } })],
  events: Array.from({ length: last - first + 1 }, (_, index) => fakeEvent(first + index)),
});

/** A session whose server, clock and screen are the test's. */
export function sessionScene() {
  const clock = createFakeClock();
  const frames = createFakeFrames();
  const { open, links } = createFakeLinks();
  const session = createWireSession({ open, clock, frame: frames.frame, random: () => 1 });
  const state = () => session.store.getState();
  const link = () => {
    const newest = links.at(-1);
    if (!newest) throw new Error('no link was opened');
    return newest;
  };
  const goLive = (changes = {}) => {
    link().opened();
    link().says(welcome(changes));
  };
  const seqs = () => [...state().log.since(0)].map(({ seq }) => seq);
  return { clock, frames, links, session, state, link, goLive, seqs };
}
