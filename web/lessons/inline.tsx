import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { glossaryEntry } from '#lessons/glossary.ts';
import { portOf } from '#lessons/templates.ts';
import type { Transport } from '#protocol/wire.ts';
import { useWire } from '../session/react.tsx';
import { formatCount } from '../workbench/format.ts';
import s from './inline.module.css';
import { useFacts } from './lesson-context.tsx';

/** Props of `<Port>`. */
export interface PortProps {
  readonly demo: string;
  readonly transport?: Transport;
  /** Written before the port, as in `127.0.0.1:7`. */
  readonly host?: string;
}

/** The port on which a demo really listens now; an ellipsis while it is not known. */
export function Port({ demo, transport = 'tcp', host }: PortProps) {
  const port = useWire(({ demos }) => portOf(demos, demo, transport)) ?? '…';
  return <code className={s.port}>{host === undefined ? port : `${host}:${port}`}</code>;
}

/** Something that was seen: an address, a port, a text. */
export function Fact({ name }: { readonly name: string }) {
  const { t } = useTranslation('lessons');
  const facts = useFacts();
  const value = facts?.[name];
  if (facts && value === undefined && name === 'client') return <>{t('unknownClient')}</>;
  return <code className={s.fact}>{value === undefined ? '…' : grouped(name, value)}</code>;
}

/** Facts that are amounts, and not ports or numbers of a protocol. */
const AMOUNTS: readonly string[] = ['at', 'bytes', 'cwnd', 'ssthresh', 'window'];

/** Amounts as they stand elsewhere on the page: 23360 as "23 360". */
function grouped(name: string, value: string): string {
  return AMOUNTS.includes(name.replace(/-\d+$/, '')) && /^\d+$/.test(value) ? formatCount(Number(value)) : value;
}

/** A term that explains itself when it is asked: by click, touch or keyboard. */
export function Term({ id, children }: { readonly id: string; readonly children?: ReactNode }) {
  const { t, i18n } = useTranslation('lessons');
  const entry = glossaryEntry(id);
  if (!entry) return children;
  const { word, meaning } = i18n.language === 'zh-CN' ? entry['zh-CN'] : entry.en;
  return (
    <Popover.Root>
      <Popover.Trigger className={s.term}>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={s.meaning} sideOffset={6} collisionPadding={12} aria-label={t('term', { word })}>
          <strong>{word}</strong>
          <p>{meaning}</p>
          <Link href={`/glossary#${id}`}>{t('allTerms')}</Link>
          <Popover.Arrow className={s.arrow} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
