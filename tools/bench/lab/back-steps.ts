import { readyProgram } from '../../../web/lab/net/programs/ready-programs.ts';
import { type Scenario, setupOf, TestLab } from '../../../web/lab/net/testing/lab.ts';

/** Places in the run from which one event is stepped back. */
const PLACES = 40;

/** How long stepping back took in a run of so many events. */
export interface BackSteps {
  readonly events: number;
  /** The slowest of all, in milliseconds. */
  readonly worstMs: number;
}

/** A run of about ten thousand events with losses; steps back one event at places all over it. */
export async function backSteps(): Promise<BackSteps> {
  const scenario: Scenario = {
    a: [readyProgram('long-sender')],
    b: [readyProgram('discard-server')],
    link: { loss: 0.01, bandwidthBps: 10_000_000 },
  };
  const { run, driver } = await new TestLab(setupOf(scenario)).finish();
  const end = run.events.at(-1)?.at ?? 0;
  const events = run.events.length;
  let worstMs = 0;
  for (let place = PLACES; place >= 1; place -= 1) {
    await driver.jumpTo(Math.floor((end * place) / PLACES));
    const beganMs = performance.now();
    await driver.back();
    worstMs = Math.max(worstMs, performance.now() - beganMs);
  }
  return { events, worstMs };
}
