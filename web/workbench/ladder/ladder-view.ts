import type { Conversation } from '#protocol/wire.ts';
import type { LadderLayout } from './ladder-layout.ts';

/** What either view of a ladder is given: the drawn one, and the table. */
export interface LadderViewProps {
  readonly conversation: Conversation;
  readonly layout: LadderLayout;
  /** What an event brought, in the words of the protocol on top, by its number. */
  readonly notes: ReadonlyMap<number, string>;
}
