import { describe, expect, it } from 'vitest';
import type { StringTree } from '../../../i18n/strings.ts';
import { READY_PROGRAMS } from '../../net/programs/ready-programs.ts';
import { RULES } from '../../stack/because.ts';
import { strings } from '../../strings.ts';
import { EXPERIMENTS } from '../experiments.ts';

/** `a.b` → text, for every leaf. */
function leaves(tree: StringTree, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') all.set(prefix + key, value);
    else for (const [inner, text] of leaves(value, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

const en = leaves(strings.en);

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!../**/*.e2e.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

describe('the words of the lab', () => {
  it('are there for every key that a component names', () => {
    const used = Object.entries(sources).flatMap(([path, code]) =>
      [...code.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => ({ path, key: key ?? '' })),
    );
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter(({ key }) => !en.has(key))).toEqual([]);
  });

  it('are there for every rule of the stack, and for no other', () => {
    expect(Object.keys(Object(strings.en.because)).sort()).toEqual(Object.keys(RULES).sort());
  });

  it('are there for every experiment and every ready program', () => {
    for (const { id } of EXPERIMENTS)
      expect([en.has(`experiment.${id}.name`), en.has(`experiment.${id}.about`)]).toEqual([true, true]);
    for (const { id } of READY_PROGRAMS) expect(en.has(`program.names.${id}`), id).toBe(true);
  });
});
