import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { CALLS, LANGUAGES, partsOf } from './languages.ts';

const folder = new URL('./code/', import.meta.url);

it.each(LANGUAGES.flatMap(({ server, client }) => [[server, CALLS.server] as const, [client, CALLS.client] as const]))(
  '%s has every call once, in order, with something to show',
  async (file, calls) => {
    const [head, ...parts] = partsOf(await readFile(new URL(file, folder), 'utf8'));
    expect(head?.code).toMatch(/^(\/\/|\/\*|#) An echo /);
    expect(parts.map(({ call }) => call)).toEqual(calls);
    for (const part of parts) expect(part.code.trim()).not.toBe('');
  },
);

it('names every file of the folder', async () => {
  const named = LANGUAGES.flatMap(({ server, client }) => [server, client]);
  expect((await readdir(folder)).sort()).toEqual([...named].sort());
});
