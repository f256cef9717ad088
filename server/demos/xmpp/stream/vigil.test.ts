import { beforeEach, describe, expect, it } from 'vitest';
import { type ManualScheduler, manualScheduler } from '../../../chat/testing/manual-scheduler.ts';
import { ANSWER_WITHIN_MS, ASK_AFTER_SILENCE_MS } from '../limits.ts';
import { Vigil } from './vigil.ts';

describe('a client that says nothing', () => {
  let scheduler: ManualScheduler;
  let did: string[];
  let vigil: Vigil;

  beforeEach(() => {
    scheduler = manualScheduler();
    did = [];
    vigil = new Vigil({ scheduler, ask: () => did.push('ask'), gone: () => did.push('gone') });
  });

  it('is asked, and is gone when it does not answer', () => {
    scheduler.pass(ASK_AFTER_SILENCE_MS - 1);
    expect(did).toEqual([]);
    scheduler.pass(1);
    expect(did).toEqual(['ask']);
    scheduler.pass(ANSWER_WITHIN_MS);
    expect(did).toEqual(['ask', 'gone']);
    expect(scheduler.timers).toBe(0);
  });

  it('stays as long as it answers', () => {
    for (let round = 0; round < 3; round += 1) {
      scheduler.pass(ASK_AFTER_SILENCE_MS);
      vigil.heard();
      scheduler.pass(ANSWER_WITHIN_MS);
    }
    expect(did).toEqual(['ask', 'ask', 'ask']);
  });

  it('is not asked while it talks, nor when it is gone already', () => {
    for (let round = 0; round < 5; round += 1) {
      vigil.heard();
      scheduler.pass(ASK_AFTER_SILENCE_MS);
    }
    expect(did).toEqual([]);
    vigil.close();
    expect(scheduler.timers).toBe(0);
  });
});
