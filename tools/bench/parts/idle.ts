import { numberOf, startLoad } from '../child.ts';
import { startOurs } from '../ours.ts';
import { alone, type Part } from '../part.ts';
import { residentBytes } from '../process-cost.ts';
import { octets, wholeNumber } from '../report.ts';

const CONNECTIONS = 10_000;
const PROBES = 200;
const MAX_RESIDENT_BYTES = 150e6;
/** An answer is at once when nobody would notice the wait. */
const AT_ONCE_MS = 100;

/** Many connections that say nothing, and whether any of them still answers. */
export const idlePart: Part = {
  name: 'idle',
  title: `${wholeNumber(CONNECTIONS)} idle connections, a viewer attached`,
  run: async (note) => {
    const ours = await startOurs();
    const load = startLoad('idle-load', {
      port: ours.server.demo('echo').port,
      connections: CONNECTIONS,
      probes: PROBES,
    });
    try {
      const before = await residentBytes(ours.server.pid);
      const held = await load.next();
      const opened = numberOf(held, 'opened');
      if (opened < CONNECTIONS) note(`Not all could be opened (${held.error}): see \`ulimit -n\`.`);
      const after = await residentBytes(ours.server.pid);
      if (before !== null) note(`Resident memory before the first of them: ${octets(before)}.`);
      if (opened < CONNECTIONS) return [alone('held', wholeNumber(opened), wholeNumber(CONNECTIONS), false)];
      load.go();
      const probed = await load.next();
      const worst = numberOf(probed, 'worstMs');
      note(`Answers: ${numberOf(probed, 'medianMs').toFixed(2)} ms at the median; ${probed.lost} connections lost.`);
      const isSmall = after === null ? null : after < MAX_RESIDENT_BYTES;
      return [
        alone('held', wholeNumber(opened), wholeNumber(CONNECTIONS), probed.lost === 0),
        alone(
          'resident memory',
          after === null ? 'unknown here' : `${(after / 1e6).toFixed(0)} MB`,
          '< 150 MB',
          isSmall,
        ),
        alone(`slowest of ${PROBES} answers`, `${worst.toFixed(1)} ms`, `< ${AT_ONCE_MS} ms`, worst < AT_ONCE_MS),
      ];
    } finally {
      await load.stop();
      await ours.close();
    }
  },
};
