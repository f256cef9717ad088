import { describe, expect, it } from 'vitest';
import { type Names, runPython } from './evaluate.ts';
import { PythonProblem } from './tokens.ts';

const info: Readonly<Record<string, number>> = { tcpi_snd_cwnd: 10, tcpi_rto: 200_000 };

function lookUp(name: string): number {
  const value = info[name];
  if (value === undefined) throw new PythonProblem(`the name ${name} is not known`);
  return value;
}

const run = (code: string, names: Names = new Map()) => runPython(code, names, lookUp);

describe('assertions', () => {
  it.each([
    'assert tcpi_snd_cwnd == 10, tcpi_snd_cwnd',
    'assert tcpi_snd_cwnd == 5 * 2 and not tcpi_rto < 1000',
    'assert 9 < tcpi_snd_cwnd <= 10',
    'assert (tcpi_rto // 1000 >> 3) == 25 or False',
    'assert abs(-3) == max(1, 3), "never"; assert -7 % 3 == 2; assert 2 ** 3 ** 2 == 512',
    'assert ~0 == -1 and 0x10 | 1 == 17\nassert True # a comment',
    'assert \'reno\' == "reno"',
  ])('that hold: %s', (code) => {
    expect(run(code)).toBeNull();
  });

  it('that fail say what they are and what Python would say', () => {
    expect(run('assert tcpi_snd_cwnd == 11, tcpi_snd_cwnd')).toEqual({
      assertion: 'tcpi_snd_cwnd == 11',
      message: '10',
    });
    expect(run('assert 1 == 1\nassert 3 < 2 < 5')).toMatchObject({ assertion: '3 < 2 < 5' });
  });
});

it('keeps its names from block to block', () => {
  const names: Names = new Map();
  run('cwnd = tcpi_snd_cwnd; print(cwnd)', names);
  run('cwnd += 1', names);
  expect(run('assert cwnd == 11', names)).toBeNull();
});

it.each(['import os', 'assert tcpi_nothing == 1', 'assert open("x")', 'x[0] = 1', 'assert 1 / 0', 'assert (1', '?'])(
  'does not know %s, and says so',
  (code) => {
    expect(() => run(code)).toThrow(PythonProblem);
  },
);
