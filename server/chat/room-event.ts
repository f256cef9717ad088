/**
 * Why a member left: it said so (`quit`), it finished sending (`finished`), its connection broke (`lost`), or it did
 * not read and was cut off (`stopped-reading`).
 */
export type LeaveCause = 'quit' | 'finished' | 'lost' | 'stopped-reading';

interface ByMember {
  /** Id of the member whose doing it is. */
  readonly by: number;
  /** Its nick at that moment. */
  readonly nick: string;
}

/** What happens in a room, as a value: a protocol turns it into its own form once, not once a recipient. */
export type RoomEvent =
  | (ByMember & { readonly type: 'joined' })
  | (ByMember & { readonly type: 'said'; readonly text: string })
  | (ByMember & { readonly type: 'renamed'; readonly to: string })
  | (ByMember & { readonly type: 'left'; readonly cause: LeaveCause; readonly message: string });
