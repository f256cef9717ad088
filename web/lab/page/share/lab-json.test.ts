import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setup } from '../testing/setup.ts';
import { type KeptRun, openRunFragment, openRunJson, runFragment, runJson } from './lab-json.ts';
import { MAX_LAB_JSON_BYTES, MAX_PROGRAM_CHARS } from './limits.ts';

const run: KeptRun = {
  experiment: 'lose-one',
  setup: setup({
    rules: [{ from: 'a', kind: 'data', nth: 2, count: 1, deed: { deed: 'drop' } }],
    programs: { a: [{ name: 'own', text: "net.connect(7, () => console.log('语'))" }], b: [] },
  }),
  actions: [
    { afterTick: 4, at: 20_000, deed: { deed: 'delay', packet: 3, copy: 0, byUs: 50_000 } },
    { afterTick: 9, at: 40_000, deed: { deed: 'wire', from: 'b', settings: setup().wire.b } },
  ],
  at: 133_600,
};

/** The text with one value changed, by its path. */
function changed(path: string, value: unknown): string {
  const whole: unknown = JSON.parse(runJson(run));
  const names = path.split('.');
  const last = names.pop() ?? '';
  const inner = names.reduce((part: unknown, name) => Reflect.get(Object(part), name), whole);
  Reflect.set(Object(inner), last, value);
  return JSON.stringify(whole);
}

describe('a run as a link', () => {
  it('comes out as it went in', async () => {
    const made = await runFragment(run);
    if (!made.ok) throw new Error(made.why);
    expect(made.fragment).toMatch(/^l1\./);
    expect(await openRunFragment(`#${made.fragment}`)).toEqual({ ok: true, run });
  });

  it('is refused when it is too long, with its length', async () => {
    const noise = (seed: number): string => {
      let state = seed;
      return Array.from({ length: MAX_PROGRAM_CHARS }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return String.fromCharCode(33 + (state >>> 24) / 3);
      }).join('');
    };
    const programs = [1, 2, 3].map((seed) => ({ name: 'noise', text: noise(seed) }));
    const made = await runFragment({ ...run, setup: setup({ programs: { a: programs, b: [] } }) });
    expect(made).toMatchObject({ ok: false, why: 'too-large' });
  });

  it.each([
    ['another version', 'version', 2, 'too-new', ''],
    ['something else of Porthole', 'porthole', 'recording', 'no-recording', ''],
    ['a host without a number', 'setup.hosts.a.address', '10.0.0.256', 'malformed', 'setup.hosts.a.address'],
    ['a loss of two', 'setup.wire.a.loss', 2, 'malformed', 'setup.wire.a.loss'],
    ['an endless delay', 'setup.wire.b.delayUs', 1e12, 'malformed', 'setup.wire.b.delayUs'],
    ['half a microsecond', 'actions.0.at', 0.5, 'malformed', 'actions.0.at'],
    ['a deed that there is not', 'actions.0.deed.deed', 'eval', 'malformed', 'actions.0.deed.deed'],
    [
      'a program of a megabyte',
      'setup.programs.a.0.text',
      'x'.repeat(1_000_000),
      'malformed',
      'setup.programs.a.0.text',
    ],
    ['a path for an experiment', 'experiment', '../x', 'malformed', 'experiment'],
    ['no rules', 'setup.rules', undefined, 'malformed', 'setup.rules'],
  ])('is refused with %s', (_, path, value, code, where) => {
    expect(openRunJson(changed(path, value))).toEqual({ ok: false, code, where });
  });

  it('is refused when it is cut, or holds anything at all', async () => {
    const made = await runFragment(run);
    if (!made.ok) throw new Error(made.why);
    for (let length = 0; length < made.fragment.length; length += 7)
      expect((await openRunFragment(made.fragment.slice(0, length))).ok).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
        expect((await openRunFragment(`l1.${text}`)).ok).toBe(false);
        expect(openRunJson(text).ok).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('is never unpacked further than its bound', async () => {
    const bomb = { ...run, experiment: 'x'.repeat(MAX_LAB_JSON_BYTES) };
    expect(await runFragment(bomb)).toEqual({ ok: false, why: 'too-large', chars: null });
  });
});
