import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_NAME_CHARS, MAX_SHARED_CONVERSATIONS, MAX_SHARED_EVENTS } from './limits.ts';
import { openJson, recordingJson } from './recording-json.ts';
import { aRecording, carrying, recordings } from './testing.ts';

test('any recording comes back from its JSON as it was', () => {
  fc.assert(
    fc.property(recordings(), (recording) => {
      expect(openJson(recordingJson(recording))).toEqual({ ok: true, recording });
    }),
  );
});

test('any text at all is answered, not thrown at', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(openJson(text).ok).toBe(false);
    }),
  );
});

test('any value in any place of a recording is answered, not thrown at', () => {
  const keys = ['madeWallMs', 'conversations', 'events', 'missed', 'leftOut', 'version', 'porthole'];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      const json = JSON.stringify({ ...JSON.parse(recordingJson(aRecording())), [key]: value });
      expect(openJson(json)).toHaveProperty('ok');
    }),
  );
});

test('text is spelled as text, for people and for packing', () => {
  expect(recordingJson(aRecording())).toContain('"text":"hi\\n"');
  expect(recordingJson(aRecording({ events: [carrying(1, 'ü你好\r\n')] }))).toContain('"text":"ü你好\\r\\n"');
});

test.each([
  ['no UTF-8', Uint8Array.of(0xff, 0xfe)],
  ['control bytes, which JSON makes six times as long', Uint8Array.of(0, 1, 2, 3)],
  ['an escape sequence', new TextEncoder().encode('\u001b[31m')],
  ['a surrogate on its own (RFC 3629 §3)', Uint8Array.of(0xed, 0xa0, 0x80)],
])('%s is spelled as base64', (_, payload) => {
  const recording = aRecording({ events: [carrying(1, payload)] });
  expect(recordingJson(recording)).toContain('"base64":');
  expect(openJson(recordingJson(recording))).toEqual({ ok: true, recording });
});

describe('what is not a sound recording is refused:', () => {
  type Json = ReturnType<typeof JSON.parse>;
  const changed = (change: (shared: Json) => void) => {
    const shared: Json = JSON.parse(recordingJson(aRecording()));
    change(shared);
    return openJson(JSON.stringify(shared));
  };
  const refused = (code: string, where = '') => ({ ok: false, code, where });

  test('the same without a change is opened', () => {
    expect(changed(() => {})).toMatchObject({ ok: true });
  });

  test.each<[string, (shared: Json) => void, ReturnType<typeof refused>]>([
    ['JSON of something else', (s) => delete s.porthole, refused('no-recording')],
    ['a later version', (s) => Object.assign(s, { version: 2 }), refused('too-new')],
    ['a version that never was', (s) => Object.assign(s, { version: 0 }), refused('no-recording')],
    ['an unknown kind', (s) => Object.assign(s.events[0], { kind: 'hacked' }), refused('malformed', 'events.0.kind')],
    [
      'a made-up evidence',
      (s) => Object.assign(s.events[1], { evidence: 'sworn' }),
      refused('malformed', 'events.1.evidence'),
    ],
    ['no conversation', (s) => Object.assign(s, { conversations: [] }), refused('malformed', 'conversations')],
    ['a conversation twice', (s) => s.conversations.push(s.conversations[0]), refused('malformed', 'conversations')],
    ['an event of nobody', (s) => Object.assign(s.events[0], { conversation: 9 }), refused('malformed', 'events.0')],
    ['an event twice', (s) => s.events.push(s.events[1]), refused('malformed', 'events.2')],
    [
      'more recorded than there is',
      (s) => Object.assign(s.events[1], { recorded: 4 }),
      refused('malformed', 'events.1'),
    ],
    ['more recorded than went by', (s) => Object.assign(s.events[1], { length: 2 }), refused('malformed', 'events.1')],
    [
      'a payload that is gone and there',
      (s) => Object.assign(s.events[1], { evicted: true }),
      refused('malformed', 'events.1'),
    ],
    [
      'a payload spelled twice',
      (s) => Object.assign(s.events[1], { base64: 'aGkK' }),
      refused('malformed', 'events.1'),
    ],
    [
      'a payload that is no base64',
      (s) => Object.assign(s.events[1], { text: undefined, base64: '!' }),
      refused('malformed', 'events.1'),
    ],
    ['a date that no Date holds', (s) => Object.assign(s, { madeWallMs: 9e15 }), refused('malformed', 'madeWallMs')],
    [
      'a port past the last',
      (s) => Object.assign(s.conversations[0].server, { port: 65_536 }),
      refused('malformed', 'conversations.0.server.port'),
    ],
    [
      'an address with markup',
      (s) => Object.assign(s.conversations[0].client, { address: '<b>' }),
      refused('malformed', 'conversations.0.client.address'),
    ],
    [
      'a demo with white space',
      (s) => Object.assign(s.conversations[0], { demo: 'a b' }),
      refused('malformed', 'conversations.0.demo'),
    ],
    [
      'a name too long',
      (s) => Object.assign(s.events[0], { code: 'E'.repeat(MAX_NAME_CHARS + 1) }),
      refused('malformed', 'events.0.code'),
    ],
    [
      'a name of megabytes',
      (s) => Object.assign(s.events[0], { code: 'E'.repeat(20_000_000) }),
      refused('malformed', 'events.0.code'),
    ],
    [
      'too many events',
      (s) => Object.assign(s, { events: Array(MAX_SHARED_EVENTS + 1).fill(0) }),
      refused('too-large'),
    ],
    [
      'too many conversations',
      (s) => Object.assign(s, { conversations: Array(MAX_SHARED_CONVERSATIONS + 1).fill(0) }),
      refused('too-large'),
    ],
    ['too many gaps', (s) => Object.assign(s, { missed: Array(MAX_SHARED_EVENTS + 1).fill(0) }), refused('too-large')],
  ])('%s', (_, change, expected) => {
    expect(changed(change)).toEqual(expected);
  });

  test('brackets nested as deep as it gets', () => {
    const deep = `${'['.repeat(200_000)}`;
    expect(openJson(deep).ok).toBe(false);
    expect(openJson(`{"porthole":"recording","version":1,"events":${deep}`).ok).toBe(false);
  });

  test('a key that means something to objects is only a key', () => {
    const json = recordingJson(aRecording()).replace('{', '{"__proto__":{"polluted":true},');
    expect(openJson(json)).toEqual({ ok: true, recording: aRecording() });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

test('more payload than the bound is refused, however it is spread', () => {
  const events = [1, 2, 3, 4, 5].map((seq) => carrying(seq, 'x'.repeat(4 * 1024 * 1024)));
  const opened = (taken: number) => openJson(recordingJson(aRecording({ events: events.slice(0, taken) })));
  expect(opened(4)).toMatchObject({ ok: true });
  expect(opened(5)).toEqual({ ok: false, code: 'too-large', where: '' });
});
