import type { MDXContent } from 'mdx/types';
import { useEffect, useState } from 'react';
import { type CourseEntry, folderOf } from '#lessons/index.ts';
import { LANGUAGES } from '../i18n/language.ts';

/** The words of a lesson in one language. */
export interface LessonContent {
  readonly Content: MDXContent;
  readonly title: string;
  readonly summary: string;
}

interface MdxModule {
  readonly default: MDXContent;
  readonly frontmatter?: { readonly title?: string; readonly summary?: string };
}

const modules = import.meta.glob<MdxModule>('../../lessons/*/{en,zh}.mdx');

/** The words, or why there are none. */
export type LoadedContent = LessonContent | 'loading' | 'failed';

/**
 * The words of a lesson in the language of the page. While another language is on its way the old words stay, so that nothing
 * jumps.
 */
export function useLessonContent(entry: CourseEntry, language: string): LoadedContent {
  const [content, setContent] = useState<LoadedContent>('loading');
  useEffect(() => {
    let wanted = true;
    loadContent(entry, language).then(
      (loaded) => wanted && setContent(loaded),
      () => wanted && setContent((before) => (before === 'loading' ? 'failed' : before)),
    );
    return () => {
      wanted = false;
    };
  }, [entry, language]);
  return content;
}

/** Fetches the words in both languages ahead: a switch is then instant. What fails now is tried again when it is needed. */
export function fetchContentAhead(entry: CourseEntry): void {
  for (const language of LANGUAGES) loadContent(entry, language).catch(() => null);
}

async function loadContent(entry: CourseEntry, language: string): Promise<LessonContent> {
  const file = language === 'zh-CN' ? 'zh' : 'en';
  const load = modules[`../../lessons/${folderOf(entry)}/${file}.mdx`];
  if (!load) throw new Error(`${folderOf(entry)}/${file}.mdx is missing`);
  const { default: Content, frontmatter } = await load();
  return { Content, title: frontmatter?.title ?? entry.id, summary: frontmatter?.summary ?? '' };
}
