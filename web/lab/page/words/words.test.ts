import { describe, expect, it } from 'vitest';
import type { StringTree } from '../../../i18n/strings.ts';
import { READY_PROGRAMS } from '../../net/programs/ready-programs.ts';
import { RULES } from '../../stack/because.ts';
import { EXPERIMENTS } from '../experiments.ts';
import { labWords } from './lab.ts';

/** `a.b` → text, for every leaf. */
function leaves(tree: StringTree, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') all.set(prefix + key, value);
    else for (const [inner, text] of leaves(value, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name).sort();

const en = leaves(labWords.en);
const zh = leaves(labWords['zh-CN']);

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!../**/*.e2e.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

describe('the words of the lab', () => {
  it('have the same keys and gaps in both languages', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
    for (const [key, text] of en) expect(placeholders(zh.get(key) ?? ''), key).toEqual(placeholders(text));
  });

  it('are Chinese in Chinese, but for names and figures', () => {
    for (const [key, text] of zh) if (en.get(key) !== text) expect(text, key).toMatch(/\p{Script=Han}|[：→]/u);
  });

  it('are there for every key that a component names', () => {
    const used = Object.entries(sources).flatMap(([path, code]) =>
      [...code.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => ({ path, key: key ?? '' })),
    );
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter(({ key }) => !en.has(key))).toEqual([]);
  });

  it('are there for every rule of the stack, and for no other', () => {
    expect(Object.keys(Object(labWords.en.because)).sort()).toEqual(Object.keys(RULES).sort());
  });

  it('are there for every experiment and every ready program', () => {
    for (const { id } of EXPERIMENTS)
      expect([en.has(`experiment.${id}.name`), en.has(`experiment.${id}.about`)]).toEqual([true, true]);
    for (const { id } of READY_PROGRAMS) expect(en.has(`program.names.${id}`), id).toBe(true);
  });
});
