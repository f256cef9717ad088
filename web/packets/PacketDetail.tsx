import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '#packets/field.ts';
import { fieldAt, fieldsOf } from '#packets/fields.ts';
import type { Packet } from '#packets/packet.ts';
import { type CheckedSum, verdictOn, verifyChecksums } from '#packets/verify.ts';
import type { HeldPacket } from '../session/packet-log.ts';
import { useWidth } from '../workbench/use-width.ts';
import { HeaderDrawing } from './HeaderDrawing.tsx';
import { drawHeaders } from './header-cells.ts';
import s from './PacketDetail.module.css';
import { PacketHex } from './PacketHex.tsx';
import type { PacketWords } from './packet-name.ts';
import { useFieldWords } from './use-field-words.ts';

/** Room for the drawing and sixteen octets a line beside it, in CSS pixels; in less there are eight. */
const WIDE_PX = 1_000;

/** The headers of one packet as RFCs draw them, its octets, and what the chosen field is for. */
export function PacketDetail({ held }: { readonly held: HeldPacket }) {
  const { t } = useTranslation('packets');
  const { bytes, packet, number } = held;
  const fields = useMemo(() => fieldsOf(bytes, packet), [bytes, packet]);
  const sums = useMemo(() => verifyChecksums(bytes, packet), [bytes, packet]);
  const [chosen, setChosen] = useState<{ readonly packet: number; readonly bit: number } | null>(null);
  // A field that was chosen stays chosen by its place when the next packet is looked at.
  const field = chosen === null ? null : (fields.find(({ bit }) => bit === chosen.bit) ?? null);
  const choose = (next: Field | null): void => setChosen(next && { packet: number, bit: next.bit });
  const panes = useRef<HTMLDivElement>(null);
  const octetsPerLine = useWidth(panes, WIDE_PX) ? 16 : 8;
  useEffect(() => {
    if (field && panes.current) revealChosen(panes.current);
  }, [field]);
  return (
    <section className={s.detail} aria-label={t('detail.label', { number })}>
      <div ref={panes} className={s.panes}>
        <Drawings packet={packet} fields={fields} chosen={field} sums={sums} onChoose={choose} />
        <PacketHex
          bytes={bytes}
          octetsPerLine={octetsPerLine}
          payload={packet.payload}
          chosen={field}
          onOctet={(at) => choose(fieldAt(fields, at, field))}
        />
      </div>
      <Explanation field={field} sums={sums} error={packet.transport?.layer === 'icmpv6' ? 'icmpv6' : 'icmp'} />
    </section>
  );
}

interface DrawingsProps {
  readonly packet: Packet;
  readonly fields: readonly Field[];
  readonly chosen: Field | null;
  readonly sums: readonly CheckedSum[];
  readonly onChoose: (field: Field | null) => void;
}

/** Every header, from the inside out: what a learner asks about is the transport. */
function Drawings({ packet: { problem }, fields, chosen, sums, onChoose }: DrawingsProps) {
  const { t } = useTranslation('packets');
  const drawings = useMemo(() => drawHeaders(fields).reverse(), [fields]);
  return (
    <div className={s.drawings}>
      {drawings.map((drawing, index) => (
        <HeaderDrawing
          // biome-ignore lint/suspicious/noArrayIndexKey: a header has no name of its own; IP may come twice
          key={index}
          drawing={drawing}
          chosen={chosen}
          verdicts={sums}
          onChoose={onChoose}
        />
      ))}
      {problem ? (
        <p className={s.problem}>{t('detail.problem', { at: problem.at, message: problem.message })}</p>
      ) : null}
    </div>
  );
}

/** Scrolls the drawing to the chosen field and the octets to its octets, each pane by itself; where they scroll as one, not at all. */
function revealChosen(panes: HTMLElement): void {
  for (const pane of panes.children) {
    const chosen = pane.querySelector('[aria-pressed="true"], [data-chosen="true"]');
    if (!chosen) continue;
    const [inner, outer] = [chosen.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (inner.top < outer.top) pane.scrollTop += inner.top - outer.top;
    else if (inner.bottom > outer.bottom) pane.scrollTop += inner.bottom - outer.bottom;
  }
}

interface ExplanationProps {
  readonly field: Field | null;
  readonly sums: readonly CheckedSum[];
  /** The protocol whose errors quote packets on this packet's IP. */
  readonly error: 'icmp' | 'icmpv6';
}

function Explanation({ field, sums, error }: ExplanationProps) {
  const { t } = useTranslation('packets');
  const words = useFieldWords();
  if (!field) return <p className={s.explanation}>{t('detail.pick')}</p>;
  const [from, to] = [field.bit >> 3, (field.bit + field.bits - 1) >> 3];
  const sum = verdictOn(field, sums);
  return (
    <p className={s.explanation} aria-live="polite">
      <b>{words(field.name).label}</b> <code>{field.value}</code> {words(field.name).why}{' '}
      {sum ? <span data-verdict={sum.verdict}>{verdictText(t, sum)} </span> : null}
      {field.quoted ? <span>{t(`detail.quotedBy.${error}`)} </span> : null}
      <span className={s.source}>
        {field.source} · <code>{field.name}</code> · {t(from === to ? 'detail.octet' : 'detail.octets', { from, to })}
      </span>
    </p>
  );
}

function verdictText(t: PacketWords, sum: CheckedSum): string {
  const expected = sum.expected === null ? '' : `0x${sum.expected.toString(16).padStart(4, '0')}`;
  return t(`detail.verdict.${sum.verdict}`, { expected });
}
