import { type Config, takenByName } from './config.ts';
import { type HostedDemo, hostDemo } from './demo-host.ts';
import type { Demo, DemoContext } from './demos/demo.ts';
import { UsageError } from './read-options.ts';
import type { Journal } from './wire/journal.ts';

/** What demos are hosted with. */
export interface HostedDemosParts {
  readonly config: Config;
  /** Addresses that are listened on. */
  readonly hosts: readonly string[];
  readonly journal: Journal;
  readonly context: DemoContext;
}

/** Starts every demo; when one can't be, the others are closed again. What has another port than usual is told to `warn`. */
export async function hostDemos(
  demos: readonly Demo[],
  { config, hosts, journal, context }: HostedDemosParts,
  warn: (sentence: string) => void,
): Promise<HostedDemo[]> {
  for (const id of config.demoPorts.keys()) {
    if (!demos.some((demo) => demo.id === id)) throw unknownDemo(id, demos);
  }
  const hosted: HostedDemo[] = [];
  const isOwnUdpPort = (port: number): boolean => hosted.some((demo) => demo.speaksUdp && demo.port === port);
  try {
    for (const demo of demos) {
      const wish = wishFor(demo, config);
      hosted.push(await hostDemo(demo, { journal, hosts, wish, context, isOwnUdpPort }));
    }
  } catch (error) {
    await Promise.all(hosted.map((demo) => demo.close()));
    throw error;
  }
  for (const { id, port, moved } of hosted) {
    if (moved) warn(`The usual port of ${id} is taken; it listens on ${port} instead.`);
  }
  return hosted;
}

function wishFor(demo: Demo, config: Config) {
  const named = config.demoPorts.get(demo.id);
  const usual = config.ephemeralPorts ? 0 : demo.port;
  return {
    isKept: takenByName(config).has(usual),
    port: named ?? usual,
    named: named !== undefined,
    what: demo.id,
    option: `--demo-port ${demo.id}=PORT`,
  };
}

/** `--demo-port` names a demo that is not there. */
function unknownDemo(id: string, demos: readonly Demo[]): UsageError {
  const ids = demos.map((demo) => demo.id).join(', ');
  return new UsageError(`There is no demo ${JSON.stringify(id)}. The demos are ${ids}.`);
}
