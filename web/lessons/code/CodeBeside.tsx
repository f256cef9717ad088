import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeLanguage, CodeRole } from '#lessons/11-your-own-server/languages.ts';
import { Badge } from '../../design/Badge.tsx';
import { CopyButton } from '../../design/CopyButton.tsx';
import s from './CodeBeside.module.css';
import { CALLS, type CodeFile, codeFile, LANGUAGES } from './code-files.ts';

/** Props of `<CodeBeside>` in a lesson's words. */
export interface CodeBesideProps {
  readonly program: CodeRole;
}

type LanguageId = CodeLanguage['id'];

/** The same program in two languages of the reader's choice, call by call. */
export function CodeBeside({ program }: CodeBesideProps) {
  const { t } = useTranslation('lessons');
  const [chosen, setChosen] = useState<readonly [LanguageId, LanguageId]>(['c', 'python']);
  const files = (['left', 'right'] as const).flatMap((place, at) => {
    const file = codeFile(chosen[at] ?? 'c', program);
    return file ? [{ ...file, place }] : [];
  });
  const choose = (place: 0 | 1, id: LanguageId): void => setChosen(place === 0 ? [id, chosen[1]] : [chosen[0], id]);
  return (
    <section className={s.beside} aria-label={t(`code.title.${program}`)} data-code={program}>
      <div className={s.pickers}>
        <Picker label={t('code.left')} value={chosen[0]} choose={(id) => choose(0, id)} />
        <Picker label={t('code.right')} value={chosen[1]} choose={(id) => choose(1, id)} />
      </div>
      <div className={s.row}>
        {files.map((file) => (
          <About key={file.place} file={file} />
        ))}
      </div>
      {CALLS[program].map((call) => (
        <div key={call} className={s.call}>
          <h3>
            <code>{call}</code> <span>{t(`code.call.${call}`)}</span>
          </h3>
          <div className={s.row}>
            {files.map((file) => (
              <Code key={file.place} text={file.calls.get(call) ?? ''} language={file.language.name} />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

interface PickerProps {
  readonly label: string;
  readonly value: LanguageId;
  readonly choose: (id: LanguageId) => void;
}

function Picker({ label, value, choose }: PickerProps) {
  const id = useId();
  return (
    <span className={s.picker}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const picked = LANGUAGES.find((each) => each.id === event.target.value);
          if (picked) choose(picked.id);
        }}
      >
        {LANGUAGES.map((language) => (
          <option key={language.id} value={language.id}>
            {language.name} · {language.library}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Which file it is, and whether our tests start it. */
function About({ file }: { readonly file: CodeFile }) {
  const { t } = useTranslation('lessons');
  const { language, name, text, head } = file;
  return (
    <div className={s.about}>
      <p className={s.facts}>
        <code>{name}</code>
        <Badge tone={language.runByTests ? 'good' : 'neutral'}>
          {t(language.runByTests ? 'code.run' : 'code.notRun')}
        </Badge>
        <CopyButton text={text} label={t('code.copy', { name })} />
      </p>
      <details>
        <summary>{t('code.head')}</summary>
        <Code text={head} language={language.name} />
      </details>
    </div>
  );
}

function Code({ text, language }: { readonly text: string; readonly language: string }) {
  return (
    <figure className={s.figure}>
      <figcaption>{language}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable) */}
      <pre className={s.code} tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}
