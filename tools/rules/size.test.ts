import { describe, expect, it } from 'vitest';
import { longFiles, longFunctions, MAX_FILE_LINES, MAX_FUNCTION_LINES } from './size.ts';

const lines = (count: number): string => '  work();\n'.repeat(count);

/** A function of so many lines, with what stands before and behind its body. */
const func = (opening: string, count: number, closing = '}'): string => `${opening}\n${lines(count - 2)}${closing}\n`;

const check = (path: string, text: string) => longFunctions([{ path, text }]);

describe('the length of a file', () => {
  it('may be three hundred lines', () => {
    expect(longFiles([{ path: 'server/a.ts', text: lines(MAX_FILE_LINES) }])).toEqual([]);
  });

  it('is said when it is more', () => {
    expect(longFiles([{ path: 'server/a.css', text: lines(MAX_FILE_LINES + 1) }])).toEqual([
      'server/a.css has 301 lines, more than 300: give part of it a file.',
    ]);
  });
});

describe('the length of a function', () => {
  it('may be forty lines', () => {
    expect(check('server/a.ts', func('function a() {', MAX_FUNCTION_LINES))).toEqual([]);
  });

  it.each([
    ['function named() {', '}'],
    ['const named = () => {', '};'],
    ['const named = function () {', '};'],
    ['const it = memo(function named() {', '});'],
  ])('is said when it is more: %s', (opening, closing) => {
    expect(check('web/a.tsx', func(opening, MAX_FUNCTION_LINES + 1, closing))).toEqual([
      'web/a.tsx: named has 41 lines, more than 40: give part of it a name.',
    ]);
  });

  it('counts the lines of JSX', () => {
    const component = func('function Row() {\n  return (\n    <ul>', MAX_FUNCTION_LINES - 4, '    </ul>\n  );\n}');
    expect(check('web/a.tsx', component.replaceAll('work();', '<li />'))).toEqual([]);
    expect(check('web/a.tsx', component.replaceAll('work();', '<li />').replace('<ul>', '<ul\n>'))).toHaveLength(1);
  });

  it('says the line of one without a name', () => {
    expect(check('web/a.ts', `start();\n${func('each(() => {', 41, '});')}`)).toEqual([
      'web/a.ts: the function at line 2 has 41 lines, more than 40: give part of it a name.',
    ]);
  });

  it('is free for a scenario, not for a helper of tests', () => {
    const scenario = func("it('works', () => {", 99, '});');
    const helper = func('function openAll() {', 99);
    expect(check('web/a.test.ts', scenario)).toEqual([]);
    expect(check('web/a.test.ts', helper)).toHaveLength(1);
    expect(check('web/a.ts', scenario)).toHaveLength(1);
  });
});
