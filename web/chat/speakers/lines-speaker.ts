/** A user who speaks by lines, over `/ws/chat-lines`, behind which is a TCP connection to the demo `chat-lines`. */
import { LOBBY, type Speaker, type SpeakerHandlers } from './speaker.ts';
import type { OpenTextSocket, TextSocket } from './text-socket.ts';

/** What a line speaker is handed. */
export interface LinesSpeakerOptions {
  readonly open: OpenTextSocket;
  readonly user: string;
  readonly handlers: SpeakerHandlers;
  /** Told from which port the TCP connection was opened. */
  readonly from: (port: number) => void;
}

/** `<ann> hello` is said by ann; `* …` is said by the room. */
const SAID = /^<([^>]+)> (.*)$/;
const NOTICE = /^\* (.*)$/;

/** A connection that speaks by lines. It has no accounts, no ids, and no word for anything but talking. */
export class LinesSpeaker implements Speaker {
  readonly type = null;
  readonly receipt = null;
  readonly call = null;
  readonly slot = null;
  readonly repeats = false;
  readonly hasPeople = false;
  readonly #user: string;
  readonly #handlers: SpeakerHandlers;
  readonly #from: (port: number) => void;
  readonly #socket: TextSocket;
  #buffer = '';
  #started = false;
  #named = false;
  #lastNotice = '';

  constructor({ open, user, handlers, from }: LinesSpeakerOptions) {
    this.#user = user;
    this.#handlers = handlers;
    this.#from = from;
    this.#socket = open({
      opened: () => {},
      received: (text) => this.#receive(text),
      closed: () =>
        handlers.closed(this.#named && !/^(?:You were put out|Goodbye)/.test(this.#lastNotice) ? '' : this.#lastNotice),
    });
  }

  say(_to: string, clientId: string, body: string): void {
    // A line that begins with / is a command, unless it begins with two.
    for (const line of body.split('\n')) this.#send(line.startsWith('/') ? `/${line}` : line);
    // Nobody acknowledges a line: that it was sent is all that is known.
    this.#handlers.acknowledged(clientId, '', 'sent');
  }

  setSubject(text: string): void {
    this.#send(`/topic ${oneLine(text)}`);
  }

  kick(nick: string, reason: string): void {
    this.#send(`/kick ${oneLine(`${nick} ${reason}`)}`);
  }

  close(): void {
    this.#socket.close();
  }

  #send(line: string): void {
    this.#handlers.frame('sent', `${line}\n`);
    this.#socket.send(`${line}\n`);
  }

  #receive(text: string): void {
    if (!this.#started) {
      // The first message is the gateway's: the end from which the TCP connection was opened.
      this.#started = true;
      this.#from(portIn(text));
      return;
    }
    const lines = (this.#buffer + text).split('\r\n');
    this.#buffer = lines.pop() ?? '';
    for (const line of lines) this.#take(line);
  }

  #take(line: string): void {
    this.#handlers.frame('received', `${line}\r\n`);
    const [, from = '', body = ''] = SAID.exec(line) ?? [];
    if (from !== '') {
      const message = { id: null, clientId: null, file: null, atMs: null, own: false };
      this.#handlers.heard({ ...message, from, with: LOBBY, body });
      return;
    }
    this.#takeNotice(NOTICE.exec(line)?.[1] ?? line);
  }

  #takeNotice(notice: string): void {
    this.#lastNotice = notice;
    if (notice.startsWith('Type a nick')) this.#send(this.#user);
    else if (!this.#named && notice.startsWith('You are ')) {
      this.#named = true;
      this.#handlers.ready();
    } else if (!this.#named && !notice.startsWith('Welcome')) {
      // The nick is refused; the demo would go on asking, and nobody here would answer.
      this.#socket.close();
      this.#handlers.closed(notice);
    } else this.#handlers.notice(notice);
  }
}

function portIn(text: string): number {
  try {
    const { port }: { port?: unknown } = JSON.parse(text);
    return typeof port === 'number' ? port : 0;
  } catch {
    return 0;
  }
}

/** A line break would end the command, and begin another line. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').trim();
}
