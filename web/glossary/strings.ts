import { defineStrings } from '../i18n/strings.ts';

/** Words of the glossary page; the terms themselves are in `lessons/glossary.ts`. */
export const strings = defineStrings({
  en: {
    title: 'Glossary',
    lead: 'The terms of the course, as the RFCs and POSIX use them, and their Chinese names. In a lesson, a dotted word explains itself when you press it.',
    list: 'Terms',
  },
  'zh-CN': {
    title: '术语表',
    lead: '课程里用到的术语，含义以 RFC 和 POSIX 为准，并附英文名。在课文里，点一下带点线的词就能看到解释。',
    list: '术语',
  },
});
