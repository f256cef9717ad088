import { describe, expect, it } from 'vitest';
import { ScreenWriter } from './screen-writer.ts';

function lagging(maxPending: number) {
  const drawn: string[] = [];
  const waiting: (() => void)[] = [];
  const draw = (text: string, done: () => void) => {
    drawn.push(text);
    waiting.push(done);
  };
  const writer = new ScreenWriter(draw, (chars) => `<${chars} skipped>`, maxPending);
  const catchUp = () => {
    for (const done of waiting.splice(0)) done();
  };
  return { writer, drawn, catchUp };
}

describe('ScreenWriter', () => {
  it('passes output on at once', () => {
    const { writer, drawn } = lagging(10);
    writer.write('a');
    writer.write('');
    writer.write('b');
    expect(drawn).toEqual(['a', 'b']);
  });

  it('leaves out what a lagging screen cannot hold, and says how much', () => {
    const { writer, drawn, catchUp } = lagging(20);
    writer.write('x'.repeat(20));
    writer.write('56');
    writer.write('7');
    expect(drawn).toHaveLength(1);
    catchUp();
    expect(drawn.at(-1)).toBe('<3 skipped>');
    catchUp();
    writer.write('9');
    expect(drawn.at(-1)).toBe('9');
  });
});
