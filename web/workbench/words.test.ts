import { describe, expect, it } from 'vitest';
import { testWords } from '../i18n/testing.ts';
import { noteWords } from './bytes/note-words.ts';
import { aChunk, aConversation, anEvent } from './testing.ts';
import { eventWords } from './words.ts';

const words = { en: await testWords('en', ['workbench']), 'zh-CN': await testWords('zh-CN', ['workbench']) };
const inWords = (language: keyof typeof words) => words[language].i18n.getFixedT(language, 'workbench');

describe.each([
  ['en', '1900 events, 190\u202f012 bytes, went by', '1900 events with 190\u202f012 bytes went by'],
  ['zh-CN', '1900 个事件、共 190\u202f012 字节', '1900 个事件、共 190\u202f012 字节'],
] as const)('in %s', (language, inLadder, inBytes) => {
  const t = inWords(language);
  const skipped = anEvent(3, { kind: 'skipped', direction: 'to-server', count: 1_900, length: 190_012 });

  it('what went by unrecorded is told exactly, in ladder and table', () => {
    expect(eventWords(t, skipped, aConversation()).note).toContain(inLadder);
  });

  it('what went by unrecorded is told exactly among the bytes', () => {
    expect(noteWords(t, { type: 'note', note: 'skipped', event: skipped })).toContain(inBytes);
  });

  it('what was cut is told exactly', () => {
    const note = eventWords(t, aChunk(2, 'abc', { length: 65_507, recorded: 3 }), aConversation()).note;
    expect(note).toMatch(/\b3\b.*65\u202f507|65\u202f507.*\b3\b/);
  });
});
