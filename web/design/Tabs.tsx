import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import s from './Tabs.module.css';

/** One tab of {@link Tabs}. */
export interface TabItem {
  /** Pairs the tab with its {@link TabPanel}. */
  readonly id: string;
  readonly label: ReactNode;
  /** A small figure after the label, e.g. how many packets. */
  readonly count?: number;
}

/** Props of {@link Tabs}. */
export interface TabsProps {
  /** Accessible name of the row of tabs. */
  readonly label: string;
  readonly items: readonly TabItem[];
  /** Id of the tab that is shown. */
  readonly value: string;
  readonly onValueChange: (id: string) => void;
  /** Right after the tabs, outside of their list: "+", "close". */
  readonly after?: ReactNode;
  /** At the far end of the row: pickers and buttons. */
  readonly end?: ReactNode;
  /** One {@link TabPanel} for each item. */
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** A row of tabs and their panels, filling the height they are given. Arrow keys move between tabs. */
export function Tabs({ label, items, value, onValueChange, after, end, children, className }: TabsProps) {
  return (
    <RadixTabs.Root className={classNames(s.root, className)} value={value} onValueChange={onValueChange}>
      <div className={s.bar}>
        <RadixTabs.List className={s.list} aria-label={label}>
          {items.map((item) => (
            <RadixTabs.Trigger key={item.id} value={item.id} className={s.tab}>
              {item.label}
              {item.count === undefined ? null : <span className={s.count}>{item.count}</span>}
            </RadixTabs.Trigger>
          ))}
        </RadixTabs.List>
        {after ? <div className={s.after}>{after}</div> : null}
        {end ? <div className={s.end}>{end}</div> : null}
      </div>
      {children}
    </RadixTabs.Root>
  );
}

/** Props of {@link TabPanel}. */
export interface TabPanelProps {
  readonly id: string;
  readonly children: ReactNode;
  /** Stays in the page while another tab is shown (a terminal must). Default false: unmounted. */
  readonly keepMounted?: boolean;
  readonly className?: string | undefined;
}

/** What one tab shows. */
export function TabPanel({ id, children, keepMounted = false, className }: TabPanelProps) {
  return (
    <RadixTabs.Content
      value={id}
      className={classNames(s.panel, className)}
      {...(keepMounted ? { forceMount: true } : {})}
    >
      {children}
    </RadixTabs.Content>
  );
}
