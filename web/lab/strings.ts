import { defineStrings } from '../i18n/strings.ts';
import { becauseWords } from './page/words/because.ts';
import { setupWords } from './page/words/setup-words.ts';
import { viewWords } from './page/words/view-words.ts';

/** Words of the lab. */
export const strings = defineStrings({
  en: { ...viewWords.en, ...setupWords.en, because: becauseWords.en },
  'zh-CN': { ...viewWords['zh-CN'], ...setupWords['zh-CN'], because: becauseWords['zh-CN'] },
});
