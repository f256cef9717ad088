import { all, inOrder, not } from '../checks.ts';
import { labCwnd, labHalved, labLost, labPrinted, labSent } from '../lab-checks.ts';
import { defineLesson } from '../schema.ts';
import { play } from '../solve.ts';

const zeroWindow = labSent({ from: 'b', zeroWindow: true });
const probe = labSent({ from: 'a', rule: 'zero-window-probe' });
/** Sixteen segments of 1,460 octets. */
const SIXTEEN_SEGMENTS = 16 * 1460;
const grown = labCwnd('a', SIXTEEN_SEGMENTS);
const twiceHalved = labHalved('a', 2);

/** Two brakes: one for the receiver, one for the network. */
export const lesson = defineLesson({
  id: 'flow-and-congestion',
  number: 9,
  minutes: 12,
  topic: 'tcp',
  steps: [
    {
      id: 'closed-window',
      lab: {
        seed: 9,
        a: ['bulk-sender'],
        b: ['slow-reader'],
        tcp: { receiveBufferBytes: 16_384, timestamps: false },
      },
      check: inOrder(zeroWindow, probe),
      hints: [{ id: 'not-closed', when: all(labSent({ from: 'a', is: 'data' }), not(zeroWindow)) }],
      predictions: [
        {
          id: 'what-then',
          choices: {
            probes: inOrder(zeroWindow, probe),
            sends: inOrder(zeroWindow, labLost({ from: 'a', is: 'data' })),
            ends: inOrder(zeroWindow, labSent({ is: 'rst' })),
          },
        },
      ],
      solve: [play()],
    },
    {
      id: 'slow-start',
      lab: {
        seed: 9,
        a: ['bulk-sender'],
        b: ['discard-server'],
        tcp: { initialWindowSegments: 1, delayedAck: false, timestamps: false },
      },
      check: grown,
      hints: [{ id: 'growing', when: all(labCwnd('a', 4 * 1460), not(grown)) }],
      predictions: [
        {
          id: 'how-many-trips',
          choices: { four: grown, fifteen: not(grown) },
        },
      ],
      solve: [play()],
    },
    {
      id: 'sawtooth',
      lab: {
        seed: 9,
        a: ['long-sender'],
        b: ['discard-server'],
        wire: { bandwidthBps: 4_000_000, queueBytes: 15_000 },
        tcp: { timestamps: false, sack: false },
      },
      check: all(labLost({ from: 'a', cause: 'queue' }), twiceHalved),
      hints: [{ id: 'one-tooth', when: all(labLost({ from: 'a', cause: 'queue' }), not(twiceHalved)) }],
      solve: [play()],
    },
  ],
  quiz: [
    {
      id: 'who-brakes',
      choices: ['receiver', 'network', 'smaller', 'larger'],
      right: 'smaller',
    },
  ],
  breakIt: [
    {
      id: 'nagle',
      lab: {
        seed: 9,
        a: ['chatty-sender'],
        b: ['discard-server'],
        tcp: { timestamps: false },
      },
      check: labPrinted('discarded 34 octets', 'b'),
      hints: [{ id: 'typing', when: all(labSent({ from: 'a', is: 'data' }), not(labPrinted('discarded', 'b'))) }],
      solve: [play()],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.8.6',
    'https://www.rfc-editor.org/rfc/rfc5681#section-3.1',
    'https://www.rfc-editor.org/rfc/rfc6928',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.7.4',
    'https://www.rfc-editor.org/rfc/rfc9438',
  ],
});
