import { describe, expect, it } from 'vitest';
import { createFakeClock, createFakeFrames } from '../session/testing.ts';
import { createCalmFrames } from './calm-frames.ts';
import { MAX_REST_MS, RESTS_PER_DRAWING } from './limits.ts';

/** A screen on which each drawing takes `drawingMs`. */
function screen(drawingMs: number) {
  const clock = createFakeClock();
  const frames = createFakeFrames();
  const drawn: string[] = [];
  const calm = createCalmFrames({
    frames: frames.frame,
    clock,
    draw: (change) => {
      change();
      clock.advance(drawingMs);
    },
  });
  return { clock, frames, drawn, ask: (what: string) => calm(() => drawn.push(what)) };
}

describe('calm frames', () => {
  it('draw everything that waits at one frame, and not what was called off', () => {
    const { frames, drawn, ask } = screen(0);
    ask('left');
    ask('right');
    ask('gone')();
    expect(frames.waiting).toBe(1);
    frames.paint();
    expect(drawn).toEqual(['left', 'right']);
  });

  it('rest after a drawing for a multiple of what it took', () => {
    const { clock, frames, drawn, ask } = screen(100);
    ask('first');
    frames.paint();
    ask('second');
    clock.advance(100 * RESTS_PER_DRAWING - 1);
    expect(frames.waiting).toBe(0);
    clock.advance(1);
    frames.paint();
    expect(drawn).toEqual(['first', 'second']);
  });

  it('rest no longer than so long, and draw at once what comes after the rest', () => {
    const { clock, frames, drawn, ask } = screen(60_000);
    ask('slow');
    frames.paint();
    clock.advance(MAX_REST_MS);
    expect(frames.waiting).toBe(0);
    ask('next');
    frames.paint();
    expect(drawn).toEqual(['slow', 'next']);
  });

  it('go on after a drawing that fails', () => {
    const clock = createFakeClock();
    const frames = createFakeFrames();
    const drawn: string[] = [];
    const calm = createCalmFrames({ frames: frames.frame, clock, draw: (change) => change() });
    calm(() => {
      throw new Error('cannot be drawn');
    });
    expect(() => frames.paint()).toThrow('cannot be drawn');
    clock.advance(0);
    calm(() => drawn.push('the next'));
    frames.paint();
    expect(drawn).toEqual(['the next']);
  });
});
