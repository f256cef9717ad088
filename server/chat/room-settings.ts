/** What a room's owner can set (XEP-0045). */
export interface RoomSettings {
  /** Name for people; '': the one of its address. */
  readonly title: string;
  readonly description: string;
  /** Whether it is in the list of rooms. */
  readonly isListed: boolean;
  /** Whether only members come in. */
  readonly membersOnly: boolean;
  /** Whether newcomers who are no members have to be given a voice before they speak. */
  readonly moderated: boolean;
  /** Whether everybody is shown which account the others have; otherwise only who moderates. */
  readonly showsAccounts: boolean;
  /** Whether everybody sets the subject; otherwise only who moderates. */
  readonly subjectForAll: boolean;
  /** What to know to come in; '': nothing. */
  readonly password: string;
}

/** A room that nobody has set anything in. */
export const OPEN_ROOM: RoomSettings = {
  title: '',
  description: '',
  isListed: true,
  membersOnly: false,
  moderated: false,
  showsAccounts: false,
  subjectForAll: false,
  password: '',
};
