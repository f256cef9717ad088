import { describe, expect, it } from 'vitest';
import { startI18n } from './i18n.ts';
import { LANGUAGE_KEY } from './language.ts';
import type { StringTree } from './strings.ts';
import type { Words } from './words.ts';

/** Words whose files arrive, or fail to, when the test says so. */
class Files {
  readonly asked: string[] = [];
  readonly kept = new Map<string, string>();
  readonly spoken: string[] = [];
  readonly words: Words;
  #waiting: { readonly file: string; readonly arrive: (words: StringTree) => void; readonly fail: () => void }[] = [];

  constructor() {
    this.words = startI18n({
      storage: {
        getItem: (key) => this.kept.get(key) ?? null,
        setItem: (key, value) => void this.kept.set(key, value),
      },
      asked: ['en'],
      spoken: (language) => this.spoken.push(language),
      fetch: (room, language) =>
        new Promise((arrive, reject) => {
          const file = `${room}.${language}`;
          this.asked.push(file);
          this.#waiting.push({ file, arrive, fail: () => reject(new Error(`${file} was not fetched`)) });
        }),
    });
  }

  /** Lets every file that is on its way arrive. */
  arrive(): void {
    for (const { file, arrive } of this.#waiting.splice(0)) arrive({ hello: `hello from ${file}` });
  }

  /** Lets every file that is on its way fail. */
  fail(): void {
    for (const { fail } of this.#waiting.splice(0)) fail();
  }

  /** What the page says now. */
  says(room: string): string {
    return this.words.i18n.t(`${room}:hello`);
  }
}

describe('a room', () => {
  it('has its words fetched once, in the language that is spoken', async () => {
    const files = new Files();
    const both = [files.words.bring(['chat']), files.words.bring(['chat', 'lab'])];
    expect(files.words.has(['chat'])).toBe(false);
    files.arrive();
    await Promise.all(both);
    await files.words.bring(['chat']);
    expect([files.asked, files.says('chat')]).toEqual([['chat.en', 'lab.en'], 'hello from chat.en']);
  });

  it('says that its words were not fetched, and has them when it is shown again', async () => {
    const files = new Files();
    const first = files.words.bring(['chat']);
    files.fail();
    await expect(first).rejects.toThrow('chat.en was not fetched');
    const second = files.words.bring(['chat']);
    files.arrive();
    await second;
    expect(files.says('chat')).toBe('hello from chat.en');
  });

  it('that is opened while the language is switched comes in the language that is then spoken', async () => {
    const files = new Files();
    const chat = files.words.bring(['chat']);
    files.arrive();
    await chat;
    const switched = files.words.switchTo('zh-CN');
    const lab = files.words.bring(['lab']);
    files.arrive();
    await lab;
    expect([files.words.language, files.says('lab')]).toEqual(['en', 'hello from lab.en']);
    files.arrive();
    await switched;
    expect([files.words.language, files.says('lab'), files.says('chat')]).toEqual([
      'zh-CN',
      'hello from lab.zh-CN',
      'hello from chat.zh-CN',
    ]);
  });
});

describe('a switch of language', () => {
  it('is instant where all words are on board, is remembered, and tells the page', () => {
    const files = new Files();
    expect(files.words.i18n.t('design:copy')).toBe('Copy');
    void files.words.switchTo('zh-CN');
    expect([files.words.i18n.t('design:copy'), files.kept.get(LANGUAGE_KEY), files.spoken]).toEqual([
      '复制',
      'zh-CN',
      ['en', 'zh-CN'],
    ]);
  });

  it('shows the old words until all new ones are there, and stays where they are not fetched', async () => {
    const files = new Files();
    const chat = files.words.bring(['chat']);
    files.arrive();
    await chat;
    const failing = files.words.switchTo('zh-CN');
    files.fail();
    await expect(failing).rejects.toThrow('chat.zh-CN was not fetched');
    expect([files.words.language, files.words.chosen, files.says('chat')]).toEqual([
      'en',
      'zh-CN',
      'hello from chat.en',
    ]);
    const again = files.words.switchTo('zh-CN');
    files.arrive();
    await again;
    expect(files.says('chat')).toBe('hello from chat.zh-CN');
  });

  it('that is taken back before its words are there does not happen', async () => {
    const files = new Files();
    const chat = files.words.bring(['chat']);
    files.arrive();
    await chat;
    const switched = files.words.switchTo('zh-CN');
    await files.words.switchTo('en');
    files.arrive();
    await switched;
    expect([files.words.language, files.spoken]).toEqual(['en', ['en', 'en']]);
  });
});
