import { Check, CheckCheck, Clock, Download, TriangleAlert } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../design/class-names.ts';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import s from './Messages.module.css';
import type { Seat } from './seat.ts';
import { filePath } from './speakers/file-path.ts';
import type { SharedFile } from './speakers/speaker.ts';
import type { ChatLine, Mark } from './transcript.ts';
import { useCalm } from './use-calm.ts';
import { visible } from './visible.ts';

/** What is said in the conversation that is looked at, and who types there. */
export function Messages({ seat }: { readonly seat: Seat }) {
  const { t } = useTranslation('chat');
  const { lines, conversation, typing } = useCalm(seat.store);
  const shown = lines.filter((line) => line.with === conversation);
  const list = useRef<HTMLDivElement>(null);
  const newest = shown.at(-1)?.key;
  useEffect(() => {
    if (newest !== undefined) toEndOf(list.current);
  }, [newest]);
  // A picture has its height only when it is there.
  const toEnd = (): void => toEndOf(list.current);
  const typers = [...typing].filter(([key]) => key.startsWith(`${conversation} `)).map(([, from]) => from);
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keyboard, too. */}
      <div ref={list} className={s.list} role="log" aria-label={t('messages')} tabIndex={0} onLoadCapture={toEnd}>
        {shown.length === 0 ? <p className={s.empty}>{t('empty')}</p> : null}
        {shown.map((line) => (
          <Line key={line.key} line={line} />
        ))}
      </div>
      <p className={s.typing}>{typers.length > 0 ? t('typing', { who: typers.join(', ') }) : ' '}</p>
    </div>
  );
}

function toEndOf(list: HTMLElement | null): void {
  list?.scrollTo({ top: list.scrollHeight });
}

const timeFormats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all else about a line. */
function timeFormat(language: string): Intl.DateTimeFormat {
  const known = timeFormats.get(language);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  timeFormats.set(language, made);
  return made;
}

/** Lines never change but by being replaced. */
const Line = memo(function Line({ line }: { readonly line: ChatLine }) {
  const { t, i18n } = useTranslation('chat');
  if (line.kind === 'notice') return <p className={s.notice}>{visible(line.body)}</p>;
  const time = timeFormat(i18n.language).format(line.atMs);
  return (
    <div className={classNames(s.line, line.mine && s.mine)}>
      <p className={s.about}>
        <b>{line.from}</b> <time>{time}</time>
        {line.mark ? <MarkIcon mark={line.mark} /> : null}
      </p>
      {line.body !== '' ? (
        <p className={s.body} dir="auto">
          <Words text={visible(line.body)} />
        </p>
      ) : null}
      {line.cutChars > 0 ? <p className={s.cut}>{t('cut', { count: line.cutChars })}</p> : null}
      {line.file ? <FileView file={line.file} /> : null}
      {line.mark === 'unknown' ? <p className={s.doubt}>{t('mark.unknown')}</p> : null}
      {line.problem !== '' ? <p className={s.problem}>{line.problem}</p> : null}
    </div>
  );
});

/** The only links are those to files of this server: by lines a file is nothing else. */
function Words({ text }: { readonly text: string }) {
  let at = 0;
  return text.split(/(https?:\/\/\S+)/).map((part) => {
    const path = filePath(part);
    at += part.length;
    return path === null ? (
      part
    ) : (
      <a key={at} href={path} target="_blank" rel="noreferrer">
        {part}
      </a>
    );
  });
}

const MARKS = {
  sending: Clock,
  sent: Check,
  acknowledged: Check,
  stored: Clock,
  delivered: CheckCheck,
  read: CheckCheck,
  refused: TriangleAlert,
  unknown: TriangleAlert,
} as const;

function MarkIcon({ mark }: { readonly mark: Mark }) {
  const { t } = useTranslation('chat');
  const Icon = MARKS[mark];
  return (
    <span className={s.mark} data-mark={mark} title={t(`mark.${mark}`)}>
      <Icon aria-hidden /> {mark === 'unknown' ? null : <VisuallyHidden>{t(`mark.${mark}`)}</VisuallyHidden>}
    </span>
  );
}

function FileView({ file }: { readonly file: SharedFile }) {
  const [kind] = file.mime.split('/');
  if (kind === '') return null;
  if (kind === 'image') return <img className={s.picture} src={file.path} alt={file.name} />;
  if (kind === 'audio') {
    // biome-ignore lint/a11y/useMediaCaption: somebody's voice note has no captions.
    return <audio className={s.audio} controls src={file.path} aria-label={file.name} />;
  }
  if (kind === 'video') {
    // biome-ignore lint/a11y/useMediaCaption: somebody's recording has no captions.
    return <video className={s.picture} controls src={file.path} aria-label={file.name} />;
  }
  return (
    <a className={s.file} href={file.path} download={file.name}>
      <Download aria-hidden /> {file.name} · {Math.ceil(file.sizeBytes / 1024)} KiB
    </a>
  );
}
