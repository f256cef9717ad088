/** All words of the lab. They are no `strings.ts`, for those are there from the first load; the lab comes when it is opened. */
import type { Language } from '../../../i18n/resources.ts';
import type { StringTree } from '../../../i18n/strings.ts';
import { becauseWords } from './because.ts';
import { setupWords } from './setup-words.ts';
import { viewWords } from './view-words.ts';

/** By language. */
export const labWords: Readonly<Record<Language, StringTree>> = {
  en: { ...viewWords.en, ...setupWords.en, because: becauseWords.en },
  'zh-CN': { ...viewWords['zh-CN'], ...setupWords['zh-CN'], because: becauseWords['zh-CN'] },
};
