import { describe, expect, it } from 'vitest';
import { fuzzStack } from './stack.ts';

describe("the lab's stack", () => {
  it('keeps its promises on ten bad wires, and under a thousand hostile packets (npm run fuzz: a thousand wires)', () => {
    expect(fuzzStack(10, 9_293)).toMatchObject({ wires: 10, hostile: 1_000 });
  });
});
