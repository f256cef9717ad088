import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fragmentIn, makeFragment, openFragment } from './link.ts';
import { recordingJson } from './recording-json.ts';
import { aRecording, recordings } from './testing.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const refusals = ['no-recording', 'damaged', 'too-new', 'too-large'];

/** Links that are opened many times are made once. */
const made = makeFragment(recordingJson(aRecording())).then((link) => (link.ok ? link.fragment : ''));

async function refusedCode(fragment: string) {
  const opened = await openFragment(fragment);
  return opened.ok ? 'opened' : opened.code;
}

test('any recording that fits a link comes back from it as it was', async () => {
  await fc.assert(
    fc.asyncProperty(recordings(12), async (recording) => {
      const link = await makeFragment(recordingJson(recording));
      if (!link.ok) throw new Error(link.why);
      expect(await openFragment(`#${link.fragment}`)).toEqual({ ok: true, recording });
      expect(fragmentIn(`http://localhost:7070/shared#${link.fragment} \n`)).toBe(link.fragment);
    }),
    { numRuns: 60 },
  );
});

test('a link with any one character changed is refused', async () => {
  const fragment = await made;
  await fc.assert(
    fc.asyncProperty(fc.nat(fragment.length - 1), fc.constantFrom(...ALPHABET, ' ', '%', '.', 'é'), async (at, by) => {
      fc.pre(fragment[at] !== by);
      expect(refusals).toContain(await refusedCode(fragment.slice(0, at) + by + fragment.slice(at + 1)));
    }),
    { numRuns: 500 },
  );
});

test('the last character has no second spelling', async () => {
  const fragment = await made;
  const last = fragment.at(-1);
  for (const by of ALPHABET) {
    if (by !== last) expect(await refusedCode(fragment.slice(0, -1) + by)).toBe('damaged');
  }
});

test('a link cut anywhere is refused', async () => {
  const fragment = await made;
  for (let length = 0; length < fragment.length; length += 1) {
    expect(refusals).toContain(await refusedCode(fragment.slice(0, length)));
  }
});

test('a link with anything added or doubled is refused', async () => {
  const fragment = await made;
  await fc.assert(
    fc.asyncProperty(fc.nat(fragment.length), fc.string({ minLength: 1, maxLength: 8 }), async (at, more) => {
      expect(refusals).toContain(await refusedCode(fragment.slice(0, at) + more + fragment.slice(at)));
    }),
    { numRuns: 300 },
  );
  expect(await refusedCode(fragment + fragment)).toBe('damaged');
});

test('any fragment at all is answered, not thrown at', async () => {
  const looksRight = fc.string({ unit: fc.constantFrom(...ALPHABET) }).map((text) => `r1.${text}`);
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), looksRight), async (text) => {
      expect(refusals).toContain(await refusedCode(text));
    }),
    { numRuns: 500 },
  );
});
