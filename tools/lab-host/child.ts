/** The lab's host in its network namespace: reads requests, one JSON line each, and answers each with one. */
import { createInterface } from 'node:readline';
import { Lab } from './lab.ts';
import { ENDINGS } from './scenarios/endings.ts';
import { FREEZE } from './scenarios/freeze.ts';
import { numberIn, type Scenario } from './scenarios/scenario.ts';
import { TRANSFERS } from './scenarios/transfers.ts';

/** Sets what packets suffer from now on. */
const wire: Scenario = async (lab, options) => {
  const { loss = 0, reorder = 0, duplicate = 0 } = options as { loss?: number; reorder?: number; duplicate?: number };
  lab.wire.set({ loss, reorder, duplicate }, numberIn(options, 'seed', 1));
  return {};
};

const ready: Scenario = async () => ({});
const SCENARIOS: Readonly<Record<string, Scenario>> = { ready, wire, ...TRANSFERS, ...ENDINGS, ...FREEZE };

interface Request {
  readonly id: number;
  readonly scenario: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const lab = await Lab.open();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void answer(JSON.parse(line) as Request));
lines.on('close', async () => {
  await lab.close();
  process.exit(0);
});

async function answer({ id, scenario, options }: Request): Promise<void> {
  try {
    const run = SCENARIOS[scenario];
    if (!run) throw new TypeError(`there is no scenario ${scenario}`);
    say({ id, result: await run(lab, options) });
  } catch (error) {
    say({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function say(reply: object): void {
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
