/** How ready somebody is to talk. */
export type Show = 'online' | 'chat' | 'away' | 'away-long' | 'busy';

/** What a session says of itself. */
export interface Presence {
  readonly show: Show;
  /** In the user's words; empty when nothing is said. */
  readonly status: string;
  /** Which of a user's sessions is meant first; the higher one. RFC 6121 §4.7.2.3 has -128 to 127. */
  readonly priority: number;
}

/** A session whose user says no more than being there. */
export const ONLINE: Presence = { show: 'online', status: '', priority: 0 };

/** A session came, went, or said something else of itself. */
export interface PresenceEvent {
  readonly user: string;
  readonly resource: string;
  /** The protocol that the session speaks. */
  readonly protocol: string;
  /** `null`: the session is not available any more. */
  readonly presence: Presence | null;
}
