import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScript } from '../runner/run-script.ts';
import { allReactions, type Reaction } from './reactions.ts';

const STATES = [
  'closed',
  'listen',
  'syn-sent',
  'syn-received',
  'established',
  'fin-wait-1',
  'fin-wait-2',
  'close-wait',
  'closing',
  'last-ack',
  'time-wait',
];

const entering = (state: string) => readFileSync(new URL(`../scripts/states/${state}.pkt`, import.meta.url), 'utf8');

/** The script that enters the state, then the segment, what it is answered with, and the state that it leaves. */
function scriptOf({ state, segment, replies, next }: Reaction): string {
  const when = isDelayed(segment, replies) ? '+0~+.5' : '+0';
  const lines = [`+.1 ${segment}`, ...replies.map((reply) => `${when} ${reply}`)];
  return [entering(state), ...lines, ...(next ? [`+0 %{ assert tcpi_state == ${next}, tcpi_state }%`] : [])].join('\n');
}

/** Data in order is acknowledged within half a second (RFC 9293 §3.8.6.3), everything else at once. */
function isDelayed(segment: string, replies: readonly string[]): boolean {
  return segment.includes('< P.') && replies.some((reply) => reply.endsWith('ack 2'));
}

it('every state has its script', () => {
  expect([...new Set(allReactions().map(({ state }) => state))].sort()).toEqual([...STATES].sort());
});

describe.each(STATES)('in %s', (state) => {
  const reactions = allReactions().filter((reaction) => reaction.state === state);

  it.each(reactions.map((reaction) => [reaction.title, reaction] as const))('%s', (_, reaction) => {
    const { result, reason, expected, sent } = runScript(scriptOf(reaction), { strict: true });
    expect({ result, reason, expected, sent }).toEqual({ result: 'pass', reason: null, expected: null, sent: null });
  });
});

it('a wrong reaction does not pass', () => {
  const wrong = allReactions().filter(({ segment, replies }) => replies.length > 0 && !isDelayed(segment, replies));
  for (const reaction of wrong) {
    const silent = runScript(scriptOf({ ...reaction, replies: [] }), { strict: true });
    expect([reaction.state, reaction.title, silent.result]).toEqual([reaction.state, reaction.title, 'fail']);
  }
});
