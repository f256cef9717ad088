import { describe, expect, it } from 'vitest';
import { createMailbox } from './mailbox.ts';

describe('a mailbox', () => {
  it('hands over in order what came before and after it was asked', async () => {
    const box = createMailbox<number>();
    box.post(1);
    box.post(2);
    expect([await box.next(), await box.next()]).toEqual([1, 2]);
    const waiting = box.next();
    box.post(3);
    expect(await waiting).toBe(3);
  });
});
