import { type RefObject, useEffect, useMemo, useRef } from 'react';
import uPlot, { type AlignedData, type Options } from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTheme } from '../../../design/theme.ts';
import { documentToken } from '../../../terminal/theme.ts';
import { useBoxSize } from '../ladder/use-ladder-canvas.ts';
import s from './Plots.module.css';
import type { PlotColumns } from './plot-data.ts';

/** One line of a plot; its colour is a design token. */
export interface PlotLine {
  readonly label: string;
  readonly token: string;
  readonly dashed?: boolean;
  readonly stepped?: boolean;
  /** Milliseconds have an axis of their own, on the right. */
  readonly axis?: 'octets' | 'ms';
}

/** Props of {@link Plot}. */
export interface PlotProps {
  readonly title: string;
  /** The plot in a sentence, for whoever cannot see it. */
  readonly summary: string;
  readonly lines: readonly PlotLine[];
  readonly columns: PlotColumns;
}

/** Values over simulated time, in the page's colours. */
export function Plot({ title, summary, lines, columns }: PlotProps) {
  const box = useChart(lines, columns);
  return (
    <figure className={s.figure}>
      <figcaption className={s.caption}>
        {title}
        <ul className={s.lines}>
          {lines.map((line) => (
            <li key={line.label}>
              <span
                className={s.swatch}
                data-dashed={line.dashed}
                style={{ color: `var(${line.token})` }}
                aria-hidden
              />
              {line.label}
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={box} className={s.plot} role="img" aria-label={summary} />
    </figure>
  );
}

/** The drawing itself, in the box that this returns. */
function useChart(lines: readonly PlotLine[], columns: PlotColumns): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const { shown } = useTheme();
  const size = useBoxSize(box);
  const key = JSON.stringify(lines);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  const options = useMemo(() => optionsFor(JSON.parse(key)), [key, shown]);
  const latest = useRef(columns);
  latest.current = columns;
  useEffect(() => {
    if (!box.current || size.width === 0) return;
    const made = new uPlot(
      { ...options, width: size.width, height: size.height },
      aligned(latest.current),
      box.current,
    );
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [options, size]);
  useEffect(() => {
    plot.current?.setData(aligned(columns));
  }, [columns]);
  return box;
}

function aligned(columns: PlotColumns): AlignedData {
  return columns.map((column) => [...column]) as AlignedData;
}

function optionsFor(lines: readonly PlotLine[]): Omit<Options, 'width' | 'height'> {
  const token = (name: string): string => documentToken(name).trim();
  const font = `11px ${token('--font-mono')}`;
  const axis = {
    stroke: token('--text-dim'),
    font,
    grid: { stroke: token('--line'), width: 1 },
    ticks: { show: false },
  };
  const hasMs = lines.some((line) => line.axis === 'ms');
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [6, hasMs ? 0 : 12, 0, 0],
    scales: { x: { time: false }, octets: { range: fromZero }, ms: { range: fromZero } },
    axes: [
      { ...axis, size: 22, values: (_, ticks) => ticks.map((tick) => `${Number(tick.toFixed(6))} s`) },
      { ...axis, scale: 'octets', size: 62 },
      ...(hasMs ? [{ ...axis, scale: 'ms', side: 1 as const, size: 52, grid: { show: false } }] : []),
    ],
    series: [
      {},
      ...lines.map((line) => ({
        scale: line.axis ?? 'octets',
        stroke: token(line.token),
        width: 1.75,
        dash: line.dashed ? [5, 4] : [],
        points: { show: false },
        ...(line.stepped && uPlot.paths.stepped ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
      })),
    ],
  };
}

function fromZero(_: uPlot, __: number, max: number): [number, number] {
  return [0, Math.max(1, max) * 1.05];
}
