import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TerminalMessage } from '#protocol/terminal-messages.ts';
import {
  DETACHED_HARD_LIMIT_CHARS,
  DETACHED_HIGH_WATER_CHARS,
  MAX_BACKLOG_CHARS,
  MAX_OUTPUT_CHARS_PER_SECOND,
  OUTPUT_HARD_LIMIT_BYTES,
  OUTPUT_HIGH_WATER_BYTES,
} from './limits.ts';
import { createSessionOutput, type SessionOutput } from './session-output.ts';
import { plain } from './testing/driver.ts';
import { createFakeEffects } from './testing/fake-effects.ts';

interface TestLink {
  bufferedBytes: number;
  text: string;
  send(message: TerminalMessage): void;
}

function createLink(): TestLink {
  const link: TestLink = {
    bufferedBytes: 0,
    text: '',
    send(message) {
      if (message.type === 'output') link.text += message.data;
    },
  };
  return link;
}

function create(): { output: SessionOutput; effects: ReturnType<typeof createFakeEffects> } {
  const effects = createFakeEffects();
  return { output: createSessionOutput(effects.timer), effects };
}

describe('the output of a session', () => {
  it('reaches a tab whole, with any pieces and any interruptions, as long as it fits the backlog', () => {
    const step = fc.oneof(
      fc.record({ write: fc.string({ unit: 'grapheme', maxLength: 50 }) }),
      fc.record({ lostAfter: fc.nat(3) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { output } = create();
        let link = createLink();
        let had = '';
        let written = '';
        output.attach(link, 0, []);
        for (const one of steps) {
          if ('write' in one) {
            output.write(one.write);
            written += one.write;
            continue;
          }
          had += link.text;
          // What is written between the break and the server's notice of it goes nowhere.
          link = createLink();
          output.write('into the void');
          written += 'into the void';
          output.detach();
          output.attach(link, had.length, []);
        }
        expect(had + link.text).toBe(written);
      }),
    );
  });

  it('says how much is gone when it was more than is kept, and counts on from there', () => {
    const { output } = create();
    const first = createLink();
    output.attach(first, 0, []);
    const piece = `${'x'.repeat(9_999)}\n`;
    for (let sent = 0; sent <= MAX_BACKLOG_CHARS + 100_000; sent += piece.length) output.write(piece);
    output.detach();
    const second = createLink();
    output.attach(second, 10, []);
    const [, gone] =
      /^\n\[(\d+) characters of output were left out: the connection was away too long\]\n/.exec(plain(second.text)) ??
      [];
    expect(Number(gone) + 10 + second.text.split('\r\n').slice(2).join('\r\n').length).toBe(first.text.length);
    output.detach();
    const third = createLink();
    output.attach(third, 10 + second.text.length, []);
    expect(third.text).toBe('');
    output.write('on');
    expect(third.text).toBe('on');
  });

  it('never keeps more than the backlog', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400_000), { maxLength: 12 }), (lengths) => {
        const { output } = create();
        output.attach(createLink(), 0, []);
        for (const length of lengths) output.write('x'.repeat(length));
        const late = createLink();
        output.attach(late, 0, []);
        expect(late.text.length).toBeLessThanOrEqual(MAX_BACKLOG_CHARS + 200);
      }),
      { numRuns: 20 },
    );
  });

  it('is congested above the high water mark, until it has drained', () => {
    const { output } = create();
    const link = createLink();
    output.attach(link, 0, []);
    link.bufferedBytes = OUTPUT_HIGH_WATER_BYTES + 1;
    let resumed = 0;
    output.whenDrained(() => {
      resumed += 1;
    });
    output.drained();
    expect([output.congested, resumed]).toEqual([true, 0]);
    link.bufferedBytes = 0;
    output.drained();
    output.drained();
    expect([output.congested, resumed]).toEqual([false, 1]);
  });

  it('forgets who waits when told to', () => {
    const { output } = create();
    output.attach(createLink(), 0, []);
    let resumed = 0;
    const forget = output.whenDrained(() => {
      resumed += 1;
    });
    forget();
    output.drained();
    expect(resumed).toBe(0);
  });

  it('is cut at the hard bound, with one notice of how much', () => {
    const { output } = create();
    const link = createLink();
    output.attach(link, 0, []);
    link.bufferedBytes = OUTPUT_HARD_LIMIT_BYTES + 1;
    output.write('x'.repeat(1_000));
    link.bufferedBytes = 0;
    output.write('y'.repeat(234));
    output.drained();
    output.write('z');
    expect(plain(link.text)).toBe(
      '\n[1234 characters of output were left out: the page could not read it as fast as it came]\nz',
    );
  });

  it('is congested and then cut while nobody is there, and says so to who comes', () => {
    const { output } = create();
    output.attach(createLink(), 0, []);
    output.detach();
    output.write('x'.repeat(DETACHED_HIGH_WATER_CHARS + 1));
    expect(output.congested).toBe(true);
    output.write('x'.repeat(DETACHED_HARD_LIMIT_CHARS));
    output.write('y'.repeat(77));
    const link = createLink();
    output.attach(link, 0, []);
    expect(plain(link.text)).toMatch(/x\n\[77 characters of output were left out/);
    expect(output.congested).toBe(false);
  });

  it('is congested when a second is full, until the next', () => {
    const { output, effects } = create();
    output.attach(createLink(), 0, []);
    for (let sent = 0; sent <= MAX_OUTPUT_CHARS_PER_SECOND; sent += 100_000) output.write('x'.repeat(100_000));
    let resumed = false;
    output.whenDrained(() => {
      resumed = true;
    });
    output.drained();
    expect([output.congested, resumed]).toEqual([true, false]);
    effects.advance(1_000);
    expect([output.congested, resumed]).toEqual([false, true]);
  });

  it('leaves no timer behind when it is closed', () => {
    const { output, effects } = create();
    output.attach(createLink(), 0, []);
    output.write('x');
    output.close();
    expect(effects.pending).toBe(0);
  });
});
