import { Calculator, Cpu, Eye, FlaskConical, Radar, Scissors, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Evidence } from '#protocol/wire.ts';
import { VisuallyHidden } from '../../design/VisuallyHidden.tsx';
import { formatDuration, formatMs } from '../format.ts';
import { type EventWords, eventWords, type Words } from '../words.ts';
import { Arrow } from './Arrow.tsx';
import type { EndState } from './end-states.ts';
import { type GapRow, GapText } from './GapText.tsx';
import s from './LadderRow.module.css';
import { Lifeline } from './Lifeline.tsx';
import type { EventRow, LadderRow as Row } from './ladder-layout.ts';

/** Props of {@link LadderRow}. */
export interface LadderRowProps {
  readonly id: string;
  readonly row: Row;
  readonly conversation: Conversation;
  readonly startPx: number;
  readonly heightPx: number;
  readonly selected: boolean;
  /** What the event brought, in the words of the protocol on top; shown in place of its octets. */
  readonly note: string | undefined;
  /** A datagram to the server after which nothing has come back. */
  readonly unanswered: boolean;
  /** How many events are shown in all, for `aria-setsize`. */
  readonly shown: number;
  readonly onSelect: (seq: number) => void;
}

/** One row of the ladder. An event can be selected; a gap between events cannot. */
export const LadderRow = memo(function LadderRow(props: LadderRowProps) {
  const { row, startPx, heightPx } = props;
  const style = { transform: `translateY(${startPx}px)`, height: heightPx };
  if (row.type === 'event') return <EventLine {...props} row={row} style={style} />;
  return <GapLine row={row} style={style} />;
});

type Placed<T> = T & { readonly style: { readonly transform: string; readonly height: number } };

function EventLine(props: Placed<LadderRowProps & { readonly row: EventRow }>) {
  const { id, row, conversation, style, selected, note, unanswered, shown, onSelect } = props;
  const { t } = useTranslation('workbench');
  const { event, before, after } = row;
  const words = eventWords(t, event, conversation);
  const kind = event.kind === 'opened' && conversation.transport === 'udp' ? 'flow' : event.kind;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list, which has the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={row.index + 1}
      aria-setsize={shown}
      className={s.row}
      data-kind={kind}
      data-direction={event.direction ?? 'none'}
      style={style}
      onClick={() => onSelect(event.seq)}
    >
      <span className={s.time}>{formatMs(row.sinceUs)}</span>{' '}
      <StateName end={t('client')} state={changed(before.client, after.client)} />
      <span className={s.lane}>
        <Lifeline end="client" before={before.client} after={after.client} />
        <Label row={row} words={words} note={note} />
        <Arrow kind={kind} direction={event.direction} unanswered={unanswered} />
        <Lifeline end="server" before={before.server} after={after.server} />
      </span>
      {unanswered ? (
        <span className={s.unanswered} title={t('ladder.unansweredWhy')}>
          {t('ladder.unanswered')}
        </span>
      ) : (
        <StateName end={t('server')} state={changed(before.server, after.server)} />
      )}{' '}
      <EvidenceSign evidence={event.evidence} />
    </div>
  );
}

interface LabelProps {
  readonly row: EventRow;
  readonly words: EventWords;
  readonly note: string | undefined;
}

/** What is said above the arrow. */
function Label({ row, words, note }: LabelProps) {
  const { t } = useTranslation('workbench');
  return (
    <span className={s.label}>
      <VisuallyHidden>{unseen(t, row)}</VisuallyHidden>
      <Sign kind={row.event.kind} />
      <b className={s.word}>{words.word}</b>{' '}
      {(note ?? words.payload) ? <span className={s.payload}>{note ?? words.payload}</span> : null}{' '}
      {words.note ? <span className={s.note}>{words.note}</span> : null}
    </span>
  );
}

/** The new state where a row changes it. */
function changed(before: EndState | null, after: EndState | null): EndState | null {
  return after?.name === before?.name ? null : after;
}

function StateName({ end, state }: { readonly end: string; readonly state: EndState | null }) {
  return (
    <span className={s.state} data-evidence={state?.evidence} data-state={state?.name}>
      {state ? <VisuallyHidden>{`, ${end} `}</VisuallyHidden> : null}
      {state?.name}
    </span>
  );
}

/** What the drawing says and its words do not, for those who hear the row. */
function unseen(t: Words, { event, quietUs }: EventRow): string {
  const quiet = quietUs > 0 ? `, ${t('ladder.after', { duration: formatDuration(quietUs) })}` : '';
  const direction = event.direction ? `, ${t(`direction.${event.direction}`)}` : '';
  return ` ${t('ladder.unit')}${quiet}${direction}: `;
}

function Sign({ kind }: { readonly kind: EventRow['event']['kind'] }) {
  if (kind === 'error' || kind === 'failed') return <TriangleAlert className={s.sign} aria-hidden />;
  return kind === 'detached' ? <Scissors className={s.sign} aria-hidden /> : null;
}

const EVIDENCE = { observed: Eye, kernel: Cpu, captured: Radar, simulated: FlaskConical, derived: Calculator } as const;

function EvidenceSign({ evidence }: { readonly evidence: Evidence }) {
  const { t } = useTranslation('design');
  const Icon = EVIDENCE[evidence];
  const word = t(`evidence.${evidence}`);
  return (
    <span className={s.evidence} title={`${word}: ${t(`evidence.${evidence}Meaning`)}`}>
      <Icon aria-hidden />
      <span className={s.evidenceWord}>{word}</span>
    </span>
  );
}

/** Silence, or events that are not shown. It is no option of the list; the next option's name says the same. */
function GapLine({ row, style }: Placed<{ readonly row: GapRow }>) {
  return (
    <div className={s.row} role="presentation" data-gap={row.type} style={style}>
      <span />
      <span />
      <span className={s.lane}>
        <Lifeline end="client" before={row.before.client} />
        <span className={s.gap}>
          <span className={s.gapText}>
            <GapText row={row} />
          </span>
        </span>
        <Lifeline end="server" before={row.before.server} />
      </span>
    </div>
  );
}
