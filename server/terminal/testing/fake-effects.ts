import { systemEffects, type TerminalEffects } from '../effects.ts';

/** Effects whose clock only moves when told to. */
export interface FakeEffects extends TerminalEffects {
  /** Lets `ms` pass: fires what is due, in order. */
  advance(ms: number): void;
  /** Timers that wait. */
  readonly pending: number;
  /** Names that resolve otherwise than the system says. */
  readonly names: Map<string, readonly string[]>;
}

interface Timer {
  readonly atMs: number;
  readonly fire: () => void;
}

/** `localhost` is whatever the machine's hosts file says; tests want to know. */
const LOCALHOST = ['localhost', ['127.0.0.1']] as const;

/** Real effects, except that `localhost` is 127.0.0.1 alone. */
export const testEffects: TerminalEffects = {
  ...systemEffects,
  lookup: async (name, family) =>
    name === LOCALHOST[0] ? [{ address: LOCALHOST[1][0], family: 4 }] : systemEffects.lookup(name, family),
};

/** Fresh effects at time 0, with the real resolver for names that `names` does not hold. */
export function createFakeEffects(): FakeEffects {
  const names = new Map<string, readonly string[]>([LOCALHOST]);
  const timers = new Set<Timer>();
  let nowMs = 0;
  let sessions = 0;
  const due = () => [...timers].filter((timer) => timer.atMs <= nowMs).sort((one, other) => one.atMs - other.atMs)[0];
  return {
    ...systemEffects,
    names,
    get pending() {
      return timers.size;
    },
    async lookup(name, family) {
      const known = names.get(name);
      if (known === undefined) return systemEffects.lookup(name, family);
      const all = known.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      return all.filter((one) => family === 0 || one.family === family);
    },
    timer(delayMs, fire) {
      const timer = { atMs: nowMs + delayMs, fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    sessionId() {
      sessions += 1;
      return `session-${sessions}`;
    },
    advance(ms) {
      nowMs += ms;
      for (let timer = due(); timer !== undefined; timer = due()) {
        timers.delete(timer);
        timer.fire();
      }
    },
  };
}
