/** Colours and fonts of the diagram, from the page's tokens: a canvas cannot use CSS variables. */
import type { ReadToken } from '../../../terminal/theme.ts';

/** What the painter draws with. */
export interface LadderTheme {
  readonly surface: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly strong: string;
  readonly sent: string;
  readonly received: string;
  readonly attention: string;
  readonly good: string;
  readonly bad: string;
  readonly info: string;
  readonly selection: string;
  readonly mono: string;
}

/** Reads the tokens as they are now. */
export function ladderTheme(read: ReadToken): LadderTheme {
  const token = (name: string): string => read(name).trim();
  return {
    surface: token('--surface-0'),
    text: token('--text'),
    dim: token('--text-dim'),
    line: token('--line'),
    strong: token('--line-strong'),
    sent: token('--sent'),
    received: token('--received'),
    attention: token('--attention'),
    good: token('--good'),
    bad: token('--bad'),
    info: token('--info'),
    selection: token('--selection'),
    mono: token('--font-mono'),
  };
}
