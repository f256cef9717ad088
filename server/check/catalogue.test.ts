import { describe, expect, it } from 'vitest';
import type { Words } from '#protocol/check.ts';
import { CHALLENGES } from './catalogue.ts';
import { finishingNc } from './challenge.ts';
import { SENTENCES } from './sentences.ts';

const ID = /^[a-z0-9-]{1,50}$/;
const HAN = /\p{Script=Han}/u;

function places(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

describe.each(CHALLENGES)('the challenge $id', ({ id, stages, title, protocol, writes, transport }) => {
  it('has ids that fit into a progress file, each once', () => {
    const ids = stages.map((stage) => stage.id);
    for (const each of [id, ...ids]) expect(each).toMatch(ID);
    expect(new Set([...ids, 'passed']).size).toBe(ids.length + 1);
    expect(CHALLENGES.filter((challenge) => challenge.id === id)).toHaveLength(1);
  });

  it('has its words in both languages, and a protocol with as many paragraphs', () => {
    expect(protocol['zh-CN']).toMatch(HAN);
    const paragraphs = (text: string) => text.split('\n\n').length;
    expect(paragraphs(protocol['zh-CN'])).toBe(paragraphs(protocol.en));
    const titles: Words[] = [title, ...stages.map((stage) => stage.title)];
    for (const words of titles) expect([words.en, words['zh-CN']]).not.toContain('');
  });

  it('shows a command for each stage of a server, to the address and port that are checked', () => {
    for (const { command } of stages) {
      const text = command({ address: '127.0.0.9', port: 4_321 });
      if (writes === 'client') expect(text).toBe('');
      else expect(text).toMatch(/127\.0\.0\.9/);
      if (writes === 'server') expect(text).toMatch(transport === 'udp' ? /nc -u|DGRAM/ : /nc |curl/);
      // A comment is none in zsh, the shell of macOS, when it is typed.
      expect(text).not.toMatch(/\s#/);
    }
  });
});

it('half-closes with the nc of each system', () => {
  expect([finishingNc('linux'), finishingNc('darwin')]).toEqual(['nc -N', 'nc']);
});

describe('the sentences', () => {
  it.each(Object.entries(SENTENCES))('“%s” says the same facts in both languages', (_code, words) => {
    expect(words['zh-CN']).toMatch(HAN);
    expect(places(words['zh-CN'])).toEqual(places(words.en));
  });
});
