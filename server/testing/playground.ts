/** A real playground on ephemeral ports with a data folder of its own, in the test's process. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoAddress } from '#protocol/demos.ts';
import type { Endpoint } from '#protocol/wire.ts';
import { type Config, parseCommandLine } from '../config.ts';
import { type Playground, startPlayground } from '../playground.ts';

/** A playground for one test. */
export interface TestPlayground {
  /** Address of the page's server, without a slash at its end. */
  readonly url: string;
  readonly dataFolder: string;
  readonly demos: readonly DemoAddress[];
  readonly usualPorts: ReadonlyMap<string, number>;
  /** Where a demo listens on 127.0.0.1. Throws when it does not. */
  address(id: string, transport: 'tcp' | 'udp'): Endpoint;
  close(): Promise<void>;
}

/** Starts one. `overrides` go over the command line `--ports auto --no-open`. */
export async function startTestPlayground(overrides: Partial<Config> = {}): Promise<TestPlayground> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'porthole-test-'));
  const pageFolder = join(dataFolder, 'page');
  const playground = await startPlayground(
    { ...testConfig(), ...overrides },
    await testOptions(dataFolder, pageFolder),
  );
  return {
    url: playground.url ?? '',
    dataFolder,
    demos: playground.demos,
    usualPorts: playground.usualPorts,
    address: (id, transport) => addressOf(playground, id, transport),
    close: async () => {
      await playground.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function testConfig(): Config {
  const command = parseCommandLine(['--ports', 'auto', '--no-open']);
  if (command.type !== 'run') throw new Error('the test command line does not run');
  return command.config;
}

async function testOptions(dataFolder: string, pageFolder: string) {
  await mkdir(pageFolder);
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Porthole</title>');
  return { version: 'test', dataFolder, pageFolder, warn: () => {}, socketPollMs: 100 };
}

function addressOf({ demos }: Playground, id: string, transport: 'tcp' | 'udp'): Endpoint {
  const found = demos.find((demo) => demo.id === id && demo.transport === transport && demo.host === '127.0.0.1');
  if (!found) throw new Error(`no demo ${id} on ${transport}`);
  return { address: found.host, port: found.port };
}
