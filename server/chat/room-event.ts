import type { Message, Signal } from './message.ts';
import type { Presence } from './presence.ts';
import type { Affiliation } from './room-rights.ts';

/**
 * Why a member left: it said so (`quit`), it finished sending (`finished`), its connection broke (`lost`), it did
 * not read and was cut off (`stopped-reading`), or somebody who may put it out did (`kicked`).
 */
export type LeaveCause = 'quit' | 'finished' | 'lost' | 'stopped-reading' | 'kicked';

/** Who did something to a member, and why. */
export interface Because {
  /** In the words of who did it; mostly empty. */
  readonly reason: string;
  /** Nick of who did it; `null`: nobody, or the account itself. */
  readonly kickedBy: string | null;
}

/** Which session of which account a member is; `null` where it has none. */
export interface Whose {
  readonly user: string | null;
  readonly resource: string | null;
}

interface ByMember {
  /** Id of the member whose doing it is. */
  readonly by: number;
  /** Its nick at that moment. */
  readonly nick: string;
}

/** What happens in a room, as a value: a protocol turns it into its own form once, not once a recipient. */
export type RoomEvent =
  | (ByMember & Whose & { readonly type: 'joined' })
  | (ByMember & { readonly type: 'said'; readonly message: Message })
  | (ByMember & { readonly type: 'renamed'; readonly to: string })
  | (ByMember &
      Whose & {
        readonly type: 'left';
        readonly cause: LeaveCause;
        readonly message: string;
        /** Nick of who put the member out; `null`: nobody did. */
        readonly kickedBy: string | null;
      })
  /** The room thinks something else of an account; the member is who changed that. */
  | (ByMember & {
      readonly type: 'affiliated';
      readonly user: string;
      readonly affiliation: Affiliation;
      readonly because: Because;
    })
  /** The room has another subject; empty: none. */
  | (ByMember & { readonly type: 'subject'; readonly text: string })
  /** A member says something else of itself, or may do something else here, because somebody said so. */
  | (ByMember & { readonly type: 'presence'; readonly presence: Presence; readonly because?: Because })
  /** Something that passes by, such as typing. */
  | (ByMember & { readonly type: 'signal'; readonly signal: Signal });
