import { describe, expect, test } from 'vitest';
import { base64UrlOf } from './base64.ts';
import { crc32 } from './crc32.ts';
import { deflate } from './deflate.ts';
import { MAX_FRAGMENT_CHARS, MAX_LINK_JSON_BYTES } from './limits.ts';
import { fragmentIn, makeFragment, openFragment } from './link.ts';
import { recordingJson } from './recording-json.ts';
import { aRecording, carrying } from './testing.ts';

/** A fragment that is in order up to its JSON. */
async function packed(json: string): Promise<string> {
  const octets = await deflate(new TextEncoder().encode(json));
  const bytes = new Uint8Array(octets.length + 4);
  new DataView(bytes.buffer).setUint32(0, crc32(octets));
  bytes.set(octets, 4);
  return `r1.${base64UrlOf(bytes)}`;
}

/** Text that does not pack well. */
function noise(length: number): string {
  let state = 1;
  const next = () => {
    state = (state * 48_271) % 0x7fffffff;
    return 0x21 + (state % 0x5e);
  };
  return String.fromCharCode(...Array.from({ length }, next));
}

test('the format of version 1 stays readable', async () => {
  const json = recordingJson(aRecording());
  expect(await openFragment(await packed(json))).toEqual({ ok: true, recording: aRecording() });
  expect(await makeFragment(json)).toEqual({ ok: true, fragment: await packed(json) });
});

test('a recording past the bound is no link, and its size is known', async () => {
  const link = await makeFragment(recordingJson(aRecording({ events: [carrying(1, noise(40_000))] })));
  expect(link).toMatchObject({ ok: false, why: 'too-large' });
  expect(link.ok || link.why !== 'too-large' ? 0 : link.chars).toBeGreaterThan(MAX_FRAGMENT_CHARS);
});

test('a recording that only packing makes small is no link either: it would be refused on opening', async () => {
  const json = recordingJson(aRecording({ events: [carrying(1, 'x'.repeat(MAX_LINK_JSON_BYTES))] }));
  expect(await makeFragment(json)).toEqual({ ok: false, why: 'too-large', chars: null });
});

describe('refused is', () => {
  test.each([
    ['nothing', '', 'no-recording'],
    ['the target of a skip link', '#main', 'no-recording'],
    ['a later packing', '#r2.AAAA', 'too-new'],
    ['an earlier packing than the first', '#r0.AAAA', 'no-recording'],
    ['nothing packed', '#r1.', 'damaged'],
    ['a wrong check value', '#r1.AAAAAAEA', 'damaged'],
    ['what is too long to look at', `#r1.${'A'.repeat(MAX_FRAGMENT_CHARS)}`, 'too-large'],
    ['megabytes', `#r1.${'A'.repeat(30_000_000)}`, 'too-large'],
  ])('%s', async (_, fragment, code) => {
    expect(await openFragment(fragment)).toMatchObject({ ok: false, code });
  });

  test('a bomb: twenty megabytes in twenty kilobytes', async () => {
    const bomb = await packed(`{"porthole":"recording","version":1,"pad":"${' '.repeat(20_000_000)}"}`);
    expect(bomb.length).toBeLessThan(MAX_FRAGMENT_CHARS);
    expect(await openFragment(bomb)).toMatchObject({ ok: false, code: 'too-large' });
  });

  test('what is packed rightly and is no recording', async () => {
    expect(await openFragment(await packed('{"hello":1}'))).toMatchObject({ ok: false, code: 'no-recording' });
    expect(await openFragment(await packed('<script>'))).toMatchObject({ ok: false, code: 'damaged' });
  });
});

describe('the fragment in a pasted text', () => {
  test.each([
    ['http://127.0.0.1:7070/shared#r1.abc', 'r1.abc'],
    ['  https://example.org/x?y#z#r1.abc\n', 'r1.abc'],
    ['#r1.abc', 'r1.abc'],
    ['r1.abc', 'r1.abc'],
    ['http://localhost:7070/shared', ''],
    ['javascript:alert(1)', ''],
    ['', ''],
  ])('of %j is %j', (text, fragment) => {
    expect(fragmentIn(text)).toBe(fragment);
  });
});
