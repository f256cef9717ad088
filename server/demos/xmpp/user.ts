/** What XMPP keeps of an account besides what the chat core keeps. In memory, gone when Porthole ends. */
import type { Jid } from './jid.ts';
import { Roster } from './roster.ts';
import type { Session } from './session.ts';
import type { XmlElement } from './xml/element.ts';

/** Which messages an account wants kept, by the addresses of others. */
export interface ArchiveWish {
  /** Of those who are not named; `roster`: contacts only. */
  readonly byDefault: 'always' | 'never' | 'roster';
  readonly always: ReadonlySet<string>;
  readonly never: ReadonlySet<string>;
}

/** One account. */
export class User {
  readonly jid: Jid;
  readonly roster = new Roster();
  /** Bound resources. */
  readonly sessions = new Map<string, Session>();
  /** Private XML by `{namespace}name` (XEP-0049). */
  readonly privateXml = new Map<string, XmlElement>();
  vcard: XmlElement | null = null;
  /** See `pictureHash`. */
  picture = '';
  /** Addresses that may not reach this account (XEP-0191), as text. */
  readonly blocked = new Set<string>();
  archiveWish: ArchiveWish = { byDefault: 'always', always: new Set(), never: new Set() };
  /** Since when nobody is logged in, in milliseconds since 1970. */
  lastSeenMs: number;
  /** What the last session said when it left. */
  lastStatus = '';

  constructor(jid: Jid, nowMs: number) {
    this.jid = jid;
    this.lastSeenMs = nowMs;
  }

  /** The account's name, by which the chat core knows it. */
  get name(): string {
    return this.jid.local;
  }

  /** Sessions that have sent presence. */
  get available(): Session[] {
    return [...this.sessions.values()].filter((session) => session.presence !== null);
  }

  /** Sessions that have asked for the roster: they hear of its changes. */
  get interested(): Session[] {
    return [...this.sessions.values()].filter((session) => session.wantsRoster);
  }

  /** The sessions that a message to the account goes to: those of the highest priority that is not negative. */
  isFirstChoice(session: Session): boolean {
    if (session.presence === null || session.priority < 0) return false;
    for (const other of this.sessions.values()) {
      if (other.presence !== null && other.priority > session.priority) return false;
    }
    return true;
  }

  /** Whether stanzas from this address are unwanted: it, its bare form, or its domain is blocked. */
  blocks(jid: Jid): boolean {
    if (this.blocked.size === 0) return false;
    const { bare, domain, resource } = jid;
    return (
      this.blocked.has(bare) ||
      this.blocked.has(domain) ||
      (resource !== '' && (this.blocked.has(jid.toString()) || this.blocked.has(`${domain}/${resource}`)))
    );
  }
}
