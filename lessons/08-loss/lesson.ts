import { all, inOrder, not } from '../checks.ts';
import { labLost, labSent, labState } from '../lab-checks.ts';
import type { LabDrop, LabScene, LabTcp } from '../lab-scene.ts';
import { defineLesson } from '../schema.ts';
import { play } from '../solve.ts';

/** Ten segments of 1,460 octets; TCP as it was before selective acknowledgments, so that one thing happens at a time. */
function tenSegments(drops: readonly LabDrop[], tcp: LabTcp = {}): LabScene {
  return {
    seed: 8,
    a: ['small-sender'],
    b: ['discard-server'],
    drops,
    tcp: { timestamps: false, sack: false, ...tcp },
  };
}

const fastRetransmit = labSent({ from: 'a', rule: 'fast-retransmit' });
const timeout = labSent({ from: 'a', is: 'data', rule: 'retransmission-timeout' });
const over = labState('TIME-WAIT', 'a');

/** What TCP does about what is lost. */
export const lesson = defineLesson({
  id: 'loss',
  number: 8,
  minutes: 12,
  topic: 'tcp',
  steps: [
    {
      id: 'one-in-the-middle',
      lab: tenSegments([{ from: 'a', kind: 'data', nth: 2 }]),
      check: fastRetransmit,
      hints: [{ id: 'not-yet', when: all(labLost({ from: 'a', is: 'data' }), not(fastRetransmit)) }],
      predictions: [
        {
          id: 'how-soon',
          choices: {
            'round-trip': fastRetransmit,
            second: inOrder(labLost({ from: 'a', is: 'data' }), timeout),
          },
        },
      ],
      solve: [play()],
    },
    {
      id: 'the-last-one',
      lab: tenSegments([{ from: 'a', kind: 'data', nth: 10 }]),
      check: timeout,
      hints: [{ id: 'not-yet', when: all(labLost({ from: 'a', is: 'data' }), not(timeout)) }],
      predictions: [
        {
          id: 'how-soon-now',
          choices: {
            'round-trip': fastRetransmit,
            second: timeout,
          },
        },
      ],
      solve: [play()],
    },
    {
      id: 'by-hand',
      lab: { ...tenSegments([]), paused: true },
      check: labSent({ from: 'a', is: 'syn', rule: 'retransmission-timeout', times: 2 }),
      hints: [
        { id: 'other-packet', when: all(labLost({ cause: 'hand' }), not(labLost({ cause: 'hand', is: 'syn' }))) },
        { id: 'once', when: labSent({ from: 'a', is: 'syn', rule: 'retransmission-timeout' }) },
        { id: 'nothing-lost', when: all(over, not(labLost({ cause: 'hand' }))) },
      ],
      solve: [play({ from: 'a', kind: 'syn', nth: 1, count: 2 })],
    },
  ],
  quiz: [
    {
      id: 'why-three',
      choices: ['reordering', 'handshake', 'window', 'speed'],
      right: 'reordering',
    },
  ],
  breakIt: [
    {
      id: 'without-duplicates',
      lab: tenSegments([{ from: 'a', kind: 'data', nth: 2 }], { fastRetransmit: false }),
      check: timeout,
      hints: [{ id: 'not-yet', when: all(labLost({ from: 'a', is: 'data' }), not(timeout)) }],
      solve: [play()],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc5681#section-3.2',
    'https://www.rfc-editor.org/rfc/rfc6298#section-2',
    'https://www.rfc-editor.org/rfc/rfc6298#section-5',
    'https://www.rfc-editor.org/rfc/rfc2018',
    'https://www.rfc-editor.org/rfc/rfc8985',
  ],
});
