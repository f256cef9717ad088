import { all, inOrder, not } from '../checks.ts';
import { labArrived, labLost, labPrinted, labSent } from '../lab-checks.ts';
import type { LabLink, LabScene } from '../lab-scene.ts';
import { defineLesson } from '../schema.ts';
import { play } from '../solve.ts';

/** Twenty numbered messages over TCP and over UDP, at once, on one wire. */
function tickers(wire: LabLink): LabScene {
  return {
    seed: 7,
    a: ['tcp-ticker', 'udp-ticker'],
    b: ['tcp-listener', 'udp-listener'],
    wire,
    back: {},
    tcp: { timestamps: false, sack: false },
  };
}

const lastOverTcp = labPrinted('tcp 20,', 'b');

/** The same work over the same wire, twice. */
export const lesson = defineLesson({
  id: 'tcp-versus-udp',
  number: 7,
  minutes: 10,
  topic: 'udp',
  steps: [
    {
      id: 'good-wire',
      lab: tickers({}),
      check: all(lastOverTcp, labPrinted('udp 20,', 'b')),
      hints: [{ id: 'not-over', when: all(labPrinted('tcp 1,', 'b'), not(lastOverTcp)) }],
      predictions: [
        {
          id: 'who-is-first',
          choices: {
            udp: inOrder(labPrinted('udp 1,', 'b'), labPrinted('tcp 1,', 'b')),
            tcp: inOrder(labPrinted('tcp 1,', 'b'), labPrinted('udp 1,', 'b')),
          },
        },
      ],
      solve: [play()],
    },
    {
      id: 'lossy-wire',
      lab: tickers({ loss: 0.15 }),
      check: all(labLost({ from: 'a', is: 'udp' }), labLost({ from: 'a', is: 'data' }), lastOverTcp),
      hints: [{ id: 'not-over', when: all(labLost({ from: 'a' }), not(lastOverTcp)) }],
      predictions: [
        {
          id: 'what-of-the-lost',
          choices: {
            again: all(labSent({ from: 'a', is: 'data', rule: 'fast-retransmit' }), lastOverTcp),
            gone: not(lastOverTcp),
          },
        },
      ],
      solve: [play()],
    },
    {
      id: 'crooked-wire',
      lab: tickers({ reorder: 0.25, reorderUs: 120_000 }),
      check: all(labArrived({ from: 'a', is: 'udp', overtaken: true }), lastOverTcp, labPrinted('udp 20,', 'b')),
      hints: [{ id: 'not-over', when: all(labArrived({ overtaken: true }), not(lastOverTcp)) }],
      solve: [play()],
    },
  ],
  quiz: [
    {
      id: 'which-for-what',
      choices: ['position', 'file', 'both', 'faster'],
      right: 'position',
    },
  ],
  breakIt: [
    {
      id: 'fragments',
      lab: {
        seed: 7,
        a: ['big-datagrams'],
        b: ['udp-listener'],
        drops: [{ from: 'a', kind: 'fragment', nth: 5 }],
      },
      check: all(labLost({ from: 'a', is: 'fragment' }), labPrinted('udp 3,', 'b')),
      hints: [{ id: 'not-over', when: all(labLost({ is: 'fragment' }), not(labPrinted('udp 3,', 'b'))) }],
      solve: [play()],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc768',
    'https://www.rfc-editor.org/rfc/rfc9293#section-2.2',
    'https://www.rfc-editor.org/rfc/rfc8085#section-3.2',
    'https://www.rfc-editor.org/rfc/rfc9000#section-2.2',
    'https://www.rfc-editor.org/rfc/rfc9114',
  ],
});
