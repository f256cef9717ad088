import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../workbench/format.ts';
import type { HostId } from '../../net/link-settings.ts';
import type { Sample } from '../../net/sample.ts';
import { useLabState } from '../lab-context.tsx';
import { useEndpoints } from '../panels/use-endpoints.ts';
import { Plot } from './Plot.tsx';
import s from './Plots.module.css';
import { type PlotColumns, sequenceColumns, windowColumns } from './plot-data.ts';

/** Time between two drawings. */
const PLOT_MS = 150;

/** How a sender fared over time: its sequence numbers, and its windows with the round trip. */
export function Plots({ host }: { readonly host: HostId }) {
  const { t } = useTranslation('lab');
  const run = useLabState((state) => state.run);
  const ends = useEndpoints(PLOT_MS);
  const view = ends[host];
  const samples = view ? run.history(host, view.connection) : [];
  const last = samples.at(-1);
  // Of a connection that is over, until its end: TIME-WAIT is a minute in which nothing changes.
  const until = view?.state === 'CLOSED' || view?.state === 'TIME-WAIT' ? 0 : run.now;
  if (!view || !last) return <p className={s.none}>{t('plots.none')}</p>;
  return (
    <section className={s.plots} aria-label={t('plots.label')}>
      <SequencePlot columns={sequenceColumns(samples, view.iss, until)} />
      <WindowPlot columns={windowColumns(samples, until)} last={last} />
    </section>
  );
}

function SequencePlot({ columns }: { readonly columns: PlotColumns }) {
  const { t } = useTranslation('lab');
  const [, sent, acknowledged] = columns;
  return (
    <Plot
      title={t('plots.sequence')}
      summary={t('plots.sequenceSummary', {
        sent: formatCount(sent?.at(-1) ?? 0),
        acknowledged: formatCount(acknowledged?.at(-1) ?? 0),
      })}
      columns={columns}
      lines={[
        { label: 'snd.nxt', token: '--sent', stepped: true },
        { label: 'snd.una', token: '--good', stepped: true },
        { label: t('plots.edge'), token: '--text-dim', dashed: true, stepped: true },
      ]}
    />
  );
}

interface WindowPlotProps {
  readonly columns: PlotColumns;
  readonly last: Sample;
}

function WindowPlot({ columns, last }: WindowPlotProps) {
  const { t } = useTranslation('lab');
  return (
    <Plot
      title={t('plots.window')}
      summary={t('plots.windowSummary', { cwnd: formatCount(last.cwnd), flight: formatCount(last.flight) })}
      columns={columns}
      lines={[
        { label: 'cwnd', token: '--attention', stepped: true },
        { label: 'ssthresh', token: '--bad', dashed: true, stepped: true },
        { label: 'flight', token: '--sent', stepped: true },
        { label: 'srtt (ms)', token: '--info', axis: 'ms', stepped: true },
        { label: 'rto (ms)', token: '--text-dim', axis: 'ms', dashed: true, stepped: true },
      ]}
    />
  );
}
