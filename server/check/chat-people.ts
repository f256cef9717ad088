import type { Words } from '#protocol/check.ts';
import type { Bench } from './bench.ts';
import { CheckFailure } from './failure.ts';
import type { Peer } from './peer.ts';
import { quoted } from './quote.ts';
import { say } from './words.ts';

/** Somebody in the chat room. */
export interface ChatPerson {
  readonly nick: string;
  readonly peer: Peer;
}

/** The checker’s people in a chat room. Their nicks are new in every stage, so that who still leaves from an earlier one is told apart. */
export class ChatPeople {
  readonly #bench: Bench;
  readonly #suffix: string;
  readonly #people: ChatPerson[] = [];

  constructor(bench: Bench) {
    this.#bench = bench;
    this.#suffix = bench.dice.letters(4);
  }

  /** A nick of this stage. */
  nick(name: string): string {
    return `${name}${this.#suffix}`;
  }

  /** Enters under a nick of this stage, and is welcomed. */
  async enter(name: string): Promise<ChatPerson> {
    const person = { nick: this.nick(name), peer: await this.#bench.connect() };
    await person.peer.send(`${person.nick}\n`);
    await this.welcomed(person);
    return person;
  }

  /** Waits for the welcome, and for everybody else to hear of it. */
  async welcomed(person: ChatPerson): Promise<void> {
    const { nick, peer } = person;
    await peer.expectLine(`welcome ${nick}`, `${nick}\n`);
    for (const other of this.#people) await this.hears(other, `* ${nick} joined`, joined(nick));
    this.#people.push(person);
  }

  /** Says a line. */
  async says({ nick, peer }: ChatPerson, text: string, listener: ChatPerson): Promise<void> {
    await peer.send(`${text}\n`);
    await this.hears(listener, `${nick}: ${text}`, said(nick, text));
  }

  /** Waits until somebody hears a line. `why`: what happened, for the sentence. */
  async hears({ nick, peer }: ChatPerson, line: string, why: Words): Promise<void> {
    const got = await this.#nextLine(peer, line, why);
    if (got.startsWith(`${nick}: `)) this.#bench.fail('hears-itself', { got: quoted(got) });
    if (got !== line) this.#bench.fail('heard-wrong', { why, line: quoted(line), got: quoted(got) });
  }

  /** What somebody hears in the next moment. */
  async overhears({ peer }: Pick<ChatPerson, 'peer'>): Promise<string> {
    const lines = (await peer.listen()).toString('utf8').split(/(?<=\n)/);
    return lines.filter((line) => !this.#isOld(line.trimEnd())).join('');
  }

  /** Somebody goes; who stays hears of it. */
  gone({ nick }: ChatPerson): void {
    this.#people.splice(
      this.#people.findIndex((person) => person.nick === nick),
      1,
    );
  }

  /** All leave with a FIN, and the server has closed before the next stage begins. */
  async leave(): Promise<void> {
    for (const { peer } of this.#people) {
      peer.finish();
      await peer.over();
    }
  }

  /** Silence here is not the fault of what this client sent: the sentence says what happened elsewhere. */
  async #nextLine(peer: Peer, line: string, why: Words): Promise<string> {
    try {
      for (;;) {
        const got = await peer.line();
        if (!this.#isOld(got)) return got;
      }
    } catch (error) {
      if (error instanceof CheckFailure && error.code === 'silent')
        this.#bench.fail('not-heard', { line: quoted(line), why, seconds: error.facts.seconds ?? '' });
      throw error;
    }
  }

  /** News of somebody who was in the room in an earlier stage. */
  #isOld(line: string): boolean {
    const [, nick] = /^\* (\w+) left$/.exec(line) ?? [];
    return nick !== undefined && !nick.endsWith(this.#suffix);
  }
}

function joined(nick: string): Words {
  return say(`${nick} joined`, `${nick} 进入了房间`);
}

function said(nick: string, text: string): Words {
  return say(`${nick} said “${text}”`, `${nick} 说了“${text}”`);
}
