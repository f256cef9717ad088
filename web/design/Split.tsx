import type { ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { classNames } from './class-names.ts';
import s from './Split.module.css';
import { settingsStorage } from './storage.ts';

/** Props of {@link Split}. */
export interface SplitProps {
  /** Names the split, and its remembered sizes, across the page. */
  readonly id: string;
  /** `horizontal` (default) lays panels side by side, `vertical` one above the other. */
  readonly orientation?: 'horizontal' | 'vertical';
  /** Ids of the panels now shown, where some come and go: each combination keeps its own sizes. */
  readonly panelIds?: string[];
  /** {@link SplitPanel}s with a {@link SplitHandle} between each two. */
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** Panels that the learner resizes by pointer or keyboard, and whose sizes the browser remembers. Fills its parent. */
export function Split({ id, orientation = 'horizontal', panelIds, children, className }: SplitProps) {
  const layout = useDefaultLayout({ id: `porthole.split.${id}`, panelIds, storage: LAYOUT_STORAGE });
  return (
    <Group
      id={`split-${id}`}
      orientation={orientation}
      className={classNames(s.group, className)}
      defaultLayout={layout.defaultLayout}
      onLayoutChanged={layout.onLayoutChanged}
    >
      {children}
    </Group>
  );
}

const LAYOUT_STORAGE = {
  getItem: settingsStorage.getItem,
  setItem: (key: string, value: string) => {
    settingsStorage.setItem(key, value);
  },
};

/** Props of {@link SplitPanel}. Sizes: `'38%'`, `'20rem'`, or a number of pixels. */
export interface SplitPanelProps {
  /** Unique within the split; stable, or the remembered size is lost. */
  readonly id: string;
  readonly defaultSize?: number | string;
  readonly minSize?: number | string;
  readonly maxSize?: number | string;
  /** Closes when it is dragged below `minSize`. */
  readonly collapsible?: boolean;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** One panel; its content gets the whole height and scrolls by itself. */
export function SplitPanel({ className, children, ...rest }: SplitPanelProps) {
  return (
    <Panel {...rest} className={classNames(s.panel, className)}>
      {children}
    </Panel>
  );
}

/** The bar between two panels. `label` says what it resizes; arrow keys move it, a double click resets it. */
export function SplitHandle({ label }: { readonly label: string }) {
  return <Separator className={s.handle} aria-label={label} />;
}
