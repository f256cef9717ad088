/** What asks the server to stop; SIGHUP comes when its terminal is closed. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The terminal hands a Ctrl-C to us and to npm, and npm hands it on: so long it counts as one, in milliseconds. */
export const SAME_SIGNAL_MS = 2_000;

/** Where signals arrive: the process. One without listeners does what the system does by default, which ends it. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

/**
 * Calls `stop` on Ctrl-C, `kill`, or when the terminal is closed; once. A second signal ends the process at once, but not
 * the same Ctrl-C come twice.
 *
 * @param later calls back after so many milliseconds, if the process still lives then
 */
export function onStopSignal(
  source: SignalSource,
  later: (ms: number, work: () => void) => void,
  stop: () => void,
): void {
  const first = (): void => {
    // Never without a listener in between: the signal would end the process.
    for (const signal of STOP_SIGNALS) {
      source.on(signal, waitForIt);
      source.off(signal, first);
    }
    later(SAME_SIGNAL_MS, () => {
      for (const signal of STOP_SIGNALS) source.off(signal, waitForIt);
    });
    stop();
  };
  for (const signal of STOP_SIGNALS) source.on(signal, first);
}

/** The process is about to end. */
function waitForIt(): void {}
