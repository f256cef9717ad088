/** Who runs with this data folder: the second instance says where the first one is. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

const instanceSchema = z.object({ pid: z.int(), url: z.string() });

/** A running instance: its process and the address of its page. */
export type Instance = z.infer<typeof instanceSchema>;

const FILE_NAME = 'instance.json';

/** Longest wait for the first instance's answer, in milliseconds. */
const HEALTH_TIMEOUT_MS = 1_000;

/** The instance that runs with this data folder, or `null`. One that crashed left its file, but does not answer. */
export async function runningInstance(folder: string): Promise<Instance | null> {
  const instance = await readInstance(folder);
  return instance && (await isHealthy(instance.url)) ? instance : null;
}

/** Writes down that this instance runs. */
export async function announceInstance(folder: string, instance: Instance): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, FILE_NAME), JSON.stringify(instance), { mode: 0o600 });
}

/** Takes the note back, if it is this process's own. */
export async function withdrawInstance(folder: string, pid: number): Promise<void> {
  const instance = await readInstance(folder);
  if (instance?.pid === pid) await rm(join(folder, FILE_NAME), { force: true });
}

/** `null` when there is no note, or none that can be understood: it is only a hint. */
async function readInstance(folder: string): Promise<Instance | null> {
  try {
    const parsed = instanceSchema.safeParse(JSON.parse(await readFile(join(folder, FILE_NAME), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/api/health', url), { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    return response.ok;
  } catch {
    return false;
  }
}
