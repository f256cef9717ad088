/** The lab in a browser: frames, time, workers. */
import { browserFrames, systemClock } from '../../session/clock.ts';
import type { LabHost } from './lab-session.ts';
import { type ProgramEnd, type ProgramWorker, WorkerPrograms } from './programs/worker-programs.ts';

/** What the session needs of this browser; `sentence` says in the language of the moment why a program was ended. */
export function browserLab(sentence: (end: ProgramEnd) => string): LabHost {
  return {
    frame: browserFrames,
    nowMs: () => performance.now(),
    reducedMotion: () => window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    openPrograms: (setup) => new WorkerPrograms({ spawn: spawnWorker, clock: systemClock, sentence }, setup),
  };
}

function spawnWorker(): ProgramWorker {
  const worker = new Worker(new URL('./programs/program-worker.ts', import.meta.url), {
    type: 'module',
    name: 'program',
  });
  const program: ProgramWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
  worker.onmessage = ({ data }) => program.onmessage?.({ data });
  worker.onmessageerror = () => program.onmessage?.({ data: null });
  worker.onerror = (event) => {
    // Told to the learner with the program; not the page's own failure.
    event.preventDefault();
    program.onerror?.({ message: event.message });
  };
  return program;
}
