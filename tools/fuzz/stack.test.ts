import { describe, expect, it } from 'vitest';
import { fuzzStack } from './stack.ts';

describe("the lab's stack", () => {
  it('keeps its promises on five bad wires, and under five hundred hostile packets (npm run fuzz: a thousand wires)', () => {
    expect(fuzzStack(5, 9_293)).toMatchObject({ wires: 5, hostile: 500 });
  });
});
