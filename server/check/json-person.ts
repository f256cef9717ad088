import type { Bench } from './bench.ts';
import { CheckFailure } from './failure.ts';
import type { Peer } from './peer.ts';
import { quoted } from './quote.ts';

/** An object as it came; its values are of any kind. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Objects of other kinds that are passed over while one is waited for. */
const MAX_PASSED_OVER = 500;

/** A client that speaks one JSON object a line. */
export class JsonPerson {
  readonly peer: Peer;
  readonly #bench: Bench;

  private constructor(peer: Peer, bench: Bench) {
    this.peer = peer;
    this.#bench = bench;
  }

  /** Connects, and waits for the server’s hello. */
  static async arrive(bench: Bench): Promise<JsonPerson> {
    const person = new JsonPerson(await bench.connect(), bench);
    await person.hears({ type: 'hello' }, '(connect)');
    return person;
  }

  /** Connects and logs in as one of the accounts. */
  static async login(bench: Bench, user: string): Promise<JsonPerson> {
    const person = await JsonPerson.arrive(bench);
    const login = { type: 'login', id: 'in', user, password: 'porthole' };
    await person.asks(login, { type: 'welcome', re: 'in', user });
    return person;
  }

  /** Sends an object and waits for the answer to it. */
  async asks(request: JsonObject, wanted: JsonObject): Promise<JsonObject> {
    await this.peer.send(`${JSON.stringify(request)}\n`);
    return this.hears(wanted, JSON.stringify(request));
  }

  /**
   * Waits for an object with these members. Where `re` is wanted, the answer to that request; else the next of the type.
   * Others are passed over: the protocol has more of them than this challenge asks for.
   */
  async hears(wanted: JsonObject, asked: string): Promise<JsonObject> {
    for (let passedOver = 0; passedOver < MAX_PASSED_OVER; passedOver += 1) {
      const found = await this.#next(wanted, asked);
      const isMeant = wanted.re === undefined ? found.type === wanted.type : found.re === wanted.re;
      if (!isMeant) continue;
      const differs = Object.keys(wanted).some((key) => found[key] !== wanted[key]);
      if (differs)
        this.#bench.fail('wrong-object', { ...this.#facts(wanted, asked), got: quoted(JSON.stringify(found)) });
      return found;
    }
    return this.#bench.fail('no-object', this.#facts(wanted, asked));
  }

  /** Waits for a message with this body; earlier ones are passed over. */
  async hearsMessage(from: string, body: string, asked: string): Promise<JsonObject> {
    for (let passedOver = 0; passedOver < MAX_PASSED_OVER; passedOver += 1) {
      const found = await this.hears({ type: 'message' }, asked);
      if (found.body !== body) continue;
      if (found.from === from) return found;
      const wanted = { type: 'message', from, body };
      this.#bench.fail('wrong-object', { ...this.#facts(wanted, asked), got: quoted(JSON.stringify(found)) });
    }
    return this.#bench.fail('no-object', this.#facts({ type: 'message', body }, asked));
  }

  /** What comes in the next moment, as objects. */
  async overhears(): Promise<readonly JsonObject[]> {
    const lines = (await this.peer.listen()).toString('utf8').split('\n');
    return lines.filter((line) => line.trim() !== '').map((line) => this.#parsed(line));
  }

  /** Leaves with a FIN, and waits until the server has closed too. */
  async leaves(): Promise<void> {
    this.peer.finish();
    await this.peer.over();
  }

  async #next(wanted: JsonObject, asked: string): Promise<JsonObject> {
    try {
      return this.#parsed(await this.peer.line());
    } catch (error) {
      if (error instanceof CheckFailure && error.code === 'silent')
        this.#bench.fail('no-object', this.#facts(wanted, asked));
      throw error;
    }
  }

  #parsed(line: string): JsonObject {
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    } catch {
      // What is no JSON fails below, with its own sentence.
    }
    return this.#bench.fail('not-an-object', { got: quoted(line) });
  }

  #facts(wanted: JsonObject, asked: string): { expected: string; asked: string } {
    return { expected: quoted(JSON.stringify(wanted)), asked: quoted(asked) };
  }
}
