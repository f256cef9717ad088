import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Colours } from './Colours.tsx';
import { FoldView } from './FoldView.tsx';
import { foldJson, foldXml, parseXml } from './fold.ts';
import { MAX_HEADLINE_CHARS } from './limits.ts';
import type { Seat } from './seat.ts';
import type { Frame } from './seat-state.ts';
import type { ProtocolId } from './speakers/speaker.ts';
import { useCalm } from './use-calm.ts';
import s from './WirePane.module.css';

/** Props of {@link WirePane}. */
export interface WirePaneProps {
  readonly seat: Seat;
  /** Beside the heading. */
  readonly children?: ReactNode;
}

/** Every object, line or stanza as it went, one box each: where one ends is what framing is about. */
export function WirePane({ seat, children }: WirePaneProps) {
  const { t } = useTranslation('chat');
  const { frames, protocol } = useCalm(seat.store);
  const list = useRef<HTMLOListElement>(null);
  const newest = frames.at(-1)?.key;
  useEffect(() => {
    if (newest !== undefined) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [newest]);
  return (
    <div className={s.pane}>
      <div className={s.heading}>
        <h2>{t('wire.title')}</h2>
        {children}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keyboard, too. */}
      <ol ref={list} className={s.frames} aria-label={t('wire.title')} tabIndex={0}>
        {frames.length === 0 ? <li className={s.empty}>{t('wire.empty')}</li> : null}
        {frames.map((frame) => (
          <li key={frame.key} className={s.frame} data-direction={frame.direction}>
            <FrameView protocol={protocol} frame={frame} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** One frame: its direction, and its text, which can be unfolded where it has parts. */
export const FrameView = memo(function FrameView({
  protocol,
  frame,
}: {
  readonly protocol: ProtocolId;
  readonly frame: Frame;
}) {
  const { t } = useTranslation('chat');
  const [isOpen, setOpen] = useState(false);
  const line = (
    <span className={s.line}>
      <span className={s.direction} data-direction={frame.direction}>
        {frame.direction === 'sent' ? '→' : '←'} {t(`wire.${frame.direction}`)}
      </span>{' '}
      <code className={s.text}>
        <Colours protocol={protocol} text={frame.text.slice(0, MAX_HEADLINE_CHARS)} />
      </code>
    </span>
  );
  if (!hasParts(protocol, frame.text)) return line;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={s.summary}>{line}</summary>
      <div className={s.tree}>{isOpen ? <Unfolded protocol={protocol} text={frame.text} /> : null}</div>
    </details>
  );
});

/** The parts of a frame; what is not whole, as it went. */
function Unfolded({ protocol, text }: { readonly protocol: ProtocolId; readonly text: string }) {
  const fold = foldOf(protocol, text);
  return fold ? <FoldView protocol={protocol} fold={fold} /> : <code className={s.whole}>{text}</code>;
}

/** Whether there is something to unfold. It is read only when somebody does. */
function hasParts(protocol: ProtocolId, text: string): boolean {
  return protocol !== 'lines' && (protocol === 'json' || /<[^>]*[^/]>/.test(text));
}

function foldOf(protocol: ProtocolId, text: string) {
  if (protocol === 'lines') return null;
  return protocol === 'json' ? foldJson(text) : foldXml(text, parseXml);
}
