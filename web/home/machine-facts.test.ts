import { expect, test } from 'vitest';
import { installedTools, smallestBuffer } from './machine-facts.ts';

test('tools are told apart in the order in which they come', () => {
  expect(installedTools({ telnet: false, nc: true, curl: true })).toEqual({
    found: ['nc', 'curl'],
    missing: ['telnet'],
  });
});

test('the smallest buffer is the one to promise', () => {
  expect([smallestBuffer({ echo: 3, discard: 2 }), smallestBuffer({})]).toEqual([2, null]);
});
