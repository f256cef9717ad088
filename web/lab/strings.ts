import { defineStrings } from '../i18n/strings.ts';
import { becauseWords } from './page/words/because.ts';
import { ladderWords } from './page/words/ladder-words.ts';
import { setupWords } from './page/words/setup-words.ts';
import { viewWords } from './page/words/view-words.ts';

/** Words of the lab. */
export const strings = defineStrings({
  en: { ...viewWords.en, ...ladderWords.en, ...setupWords.en, because: becauseWords.en },
  'zh-CN': { ...viewWords['zh-CN'], ...ladderWords['zh-CN'], ...setupWords['zh-CN'], because: becauseWords['zh-CN'] },
});
