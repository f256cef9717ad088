import { useTranslation } from 'react-i18next';
import { formatMs } from '../../../workbench/format.ts';
import type { HostId } from '../../net/link-settings.ts';
import { useLabState } from '../lab-context.tsx';
import { useNames } from '../use-names.ts';
import s from './Panels.module.css';

/** Lines shown of one host; a program that prints without end must not make the page slow. */
const MAX_LINES = 200;

/** What the programs of a host print, and why one failed. */
export function OutputPanel({ host }: { readonly host: HostId }) {
  const { t } = useTranslation('lab');
  const names = useNames();
  const run = useLabState((state) => state.run);
  useLabState((state) => state.turn);
  const lines = run.events.filter((event) => event.kind === 'output' && event.host === host).slice(-MAX_LINES);
  return (
    <section className={s.output} aria-label={t('program.output', { host: names[host] })}>
      {lines.length === 0 ? <p className={s.quiet}>{t('program.quiet')}</p> : null}
      <ol>
        {lines.map((event, index) =>
          event.kind === 'output' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are never reordered, and two may be alike
            <li key={index} data-failed={event.failed}>
              <span className={s.at}>{formatMs(event.at)}</span> {event.failed ? `${t('program.failed')} ` : ''}
              {event.line === null ? '' : `${t('program.line', { line: event.line })} `}
              {event.text}
            </li>
          ) : null,
        )}
      </ol>
    </section>
  );
}
