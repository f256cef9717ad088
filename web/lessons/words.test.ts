import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COURSE, folderOf } from '#lessons/index.ts';
import { outlineOf } from '#lessons/outline.ts';
import { TOPICS } from '#lessons/schema.ts';
import { COMPONENTS } from '#lessons/validate-words.ts';
import { experimentIn } from '../lab/page/experiments.ts';
import { MDX_COMPONENTS } from './mdx-components.tsx';
import { strings } from './strings.ts';

it('the page passes in every component that a lesson may use', () => {
  const passed = Object.keys(MDX_COMPONENTS).filter((name) => /^[A-Z]/.test(name));
  expect(passed.sort()).toEqual([...COMPONENTS].sort());
});

it.each(COURSE)('every link of lesson $number into the lab names an experiment that there is', (entry) => {
  for (const language of ['en', 'zh']) {
    const file = new URL(`../../lessons/${folderOf(entry)}/${language}.mdx`, import.meta.url);
    const links = outlineOf(readFileSync(fileURLToPath(file), 'utf8')).links.filter(({ name }) =>
      name.startsWith('/lab'),
    );
    expect(links.filter(({ name }) => !experimentIn(name.slice('/lab'.length)))).toEqual([]);
  }
});

describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
  it('every lesson of the course has a title and every topic a word', () => {
    expect(Object.keys(strings[language].title)).toEqual(COURSE.map(({ id }) => id));
    expect(Object.keys(strings[language].topic)).toEqual([...TOPICS]);
  });

  it.each(COURSE)('lesson $number has the title of its words', (entry) => {
    const file = new URL(`../../lessons/${folderOf(entry)}/${language === 'en' ? 'en' : 'zh'}.mdx`, import.meta.url);
    const titles: Readonly<Record<string, string>> = strings[language].title;
    expect(outlineOf(readFileSync(fileURLToPath(file), 'utf8')).title).toBe(titles[entry.id]);
  });
});
