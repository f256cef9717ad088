import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_PROGRESS, type Progress } from '#protocol/progress.ts';
import { ProgressFile } from './progress-file.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-progress-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function progress(lesson: string, updatedMs: number, steps: Record<string, number> = { connect: 1 }): Progress {
  return { version: 1, lessons: { [lesson]: { steps, answers: {}, updatedMs } } };
}

describe('ProgressFile', () => {
  it('is empty before anything was learned, and keeps what was', async () => {
    const file = new ProgressFile(join(folder, 'not', 'there', 'yet'), () => {});
    expect(await file.read()).toEqual(EMPTY_PROGRESS);
    await file.merge(progress('sockets', 5));
    const again = new ProgressFile(join(folder, 'not', 'there', 'yet'), () => {});
    expect(await again.read()).toEqual(progress('sockets', 5));
  });

  it('lets the newer copy of a lesson win, so that a reset stays reset', async () => {
    const file = new ProgressFile(folder, () => {});
    await file.merge(progress('sockets', 5));
    await file.merge(progress('sockets', 9, {}));
    expect((await file.merge(progress('sockets', 5))).lessons).toEqual(progress('sockets', 9, {}).lessons);
  });

  it('loses nothing when two tabs save at once', async () => {
    const file = new ProgressFile(folder, () => {});
    await Promise.all([
      file.merge(progress('sockets', 1)),
      file.merge(progress('udp', 1)),
      file.merge(progress('tls', 1)),
    ]);
    expect(Object.keys((await new ProgressFile(folder, () => {}).read()).lessons)).toEqual(['sockets', 'udp', 'tls']);
  });

  it.each(['{"version":1,"lessons":', '{"version":2}', '[]', '{"version":1,"lessons":{"__proto__ ":{}}}'])(
    'sets a file it can not understand aside instead of losing it: %s',
    async (broken) => {
      await writeFile(join(folder, 'progress.json'), broken);
      const warnings: string[] = [];
      const file = new ProgressFile(folder, (sentence) => warnings.push(sentence));
      expect(await file.read()).toEqual(EMPTY_PROGRESS);
      const [aside] = await readdir(folder);
      expect(aside).toMatch(/^progress\.broken-\d+\.json$/);
      expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(broken);
      expect(warnings).toHaveLength(1);
    },
  );
});
