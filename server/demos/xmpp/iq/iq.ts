/** What a handler of an iq is. To add an extension, export an `IqEntry` from a file here and list it in `table.ts`. */
import type { Jid } from '../jid.ts';
import type { Session } from '../session.ts';
import type { User } from '../user.ts';
import type { XmlElement } from '../xml/element.ts';
import type { XmppServer } from '../xmpp-server.ts';

/** A request: an iq of type get or set, with what it is about. */
export interface IqRequest {
  readonly server: XmppServer;
  /** Who asks. */
  readonly session: Session;
  readonly iq: XmlElement;
  /** The one child of the iq. */
  readonly payload: XmlElement;
  /** The account that is asked about: the own one, or a contact's. At the server it is the own one. */
  readonly user: User;
  /** `null`: the iq has no address, which means the own account. */
  readonly to: Jid | null;
}

/** The result's child; `null`: an empty result; `answered`: the handler has sent the result itself. */
export type IqAnswer = XmlElement | null | 'answered';

/** Answers a request. What it throws as a StanzaError is the answer then. */
export type IqHandler = (request: IqRequest) => IqAnswer;

/** Who is asked: the own account, the server, or the account of somebody else. */
export type IqPlace = 'account' | 'server' | 'contact';

/** One kind of request. */
export interface IqEntry {
  readonly ns: string;
  /** Name of the iq's child. */
  readonly name: string;
  readonly at: readonly IqPlace[];
  readonly get?: IqHandler;
  readonly set?: IqHandler;
  /** Features that disco shows for it. Default: its namespace. */
  readonly features?: readonly string[];
}
