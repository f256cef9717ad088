import { describe, expect, it } from 'vitest';
import type { ChallengeInfo } from '#protocol/check.ts';
import { shownOctets } from './octets.ts';
import { challengeStanding } from './standing.ts';
import { emptyTarget, readTarget, shellCommand } from './target-form.ts';

const words = { en: 'Echo', 'zh-CN': '回显' };
const challenge = (writes: 'server' | 'client'): ChallengeInfo => ({
  id: 'echo',
  transport: 'tcp',
  writes,
  title: words,
  protocol: words,
  stages: [
    { id: 'one', points: 10, title: words },
    { id: 'two', points: 20, title: words },
  ],
});

describe('the target that is typed', () => {
  it.each(['', '0', '70000', 'nine', '-1', '9.5'])('is none with the port “%s” for a server', (port) => {
    expect(readTarget(challenge('server'), { host: 'localhost', port })).toBeNull();
  });

  it('is a request, and the same as a shell takes it', () => {
    const target = { host: ' ::1 ', port: ' 9000 ' };
    expect(readTarget(challenge('server'), target)).toEqual({ challenge: 'echo', host: '::1', port: 9_000 });
    expect(shellCommand(challenge('server'), target)).toBe('npx porthole check echo --port 9000 --host ::1');
  });

  it('may be any port where Porthole listens', () => {
    expect(readTarget(challenge('client'), emptyTarget(challenge('client')))?.port).toBe(0);
  });
});

describe('points', () => {
  it('are those of the stages that once passed, of stages that still are', () => {
    const progress = { steps: { two: 1, gone: 1 }, answers: {}, updatedMs: 1 };
    expect(challengeStanding(challenge('server'), progress)).toEqual({ points: 20, outOf: 30, passed: false });
  });
});

describe('octets of a transcript', () => {
  it('are shown as hex and text, cut short', () => {
    const bytes = btoa(`hi\n${'x'.repeat(200)}`);
    const shown = shownOctets(bytes, 1_000);
    expect(shown.hex).toMatch(/^68 69 0a 78 78/);
    expect(shown.text).toMatch(/^hi·xx/);
    expect(shown.more).toBe(1_000 - 64);
  });
});
