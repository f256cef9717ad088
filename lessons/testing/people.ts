import type { Transport } from '#protocol/wire.ts';
import { Program } from '../../server/demos/testing/program.ts';
import type { TestPlayground } from '../../server/testing/playground.ts';
import type { Action, Piece } from '../solve.ts';
import { demosNamed, resolveTemplate } from '../templates.ts';

const HOST = '127.0.0.1';

/** One kind of client: those who do what a solve says. */
export interface People {
  /** Does one action; rejects when it cannot be done. */
  act(action: Action): Promise<void>;
  /** Hangs up for everybody. */
  close(): Promise<void>;
}

/** One who is told what to do. */
export interface Person {
  connect(host: string, port: number): Promise<void>;
  /** Types a line. */
  say(text: string): Promise<void>;
  /** Waits until it has been received. */
  hear(text: string): Promise<void>;
  hangUp(): Promise<void>;
  /** Sends pieces over a socket of their own; absent where the client cannot be told how to cut. */
  send?(parcel: Parcel): Promise<void>;
  /** Sends a line inside TLS and waits until it has come back; absent where the client speaks no TLS. */
  secure?(port: number, text: string, version?: '1.2' | '1.3'): Promise<void>;
  /** Runs a command of the page's terminal; absent where the client is no terminal of the page. */
  run?(command: string, until: string): Promise<void>;
  close(): Promise<void>;
}

/** What to send, to whom, and in which pieces. */
export interface Parcel {
  readonly transport: Transport;
  readonly host: string;
  readonly port: number;
  readonly pieces: readonly Uint8Array[];
  /** Time before each piece but the first. */
  readonly pauseMs: number;
  readonly arrived: Arrived;
}

/** Waits until the server has read so many octets in all of what a client's TCP port sent. */
export type Arrived = (clientPort: number, bytes: number) => Promise<void>;

/**
 * People made as they are named.
 * @param arrived by which those with a pause between pieces know that the server has read one before they send the next: on a
 * busy machine time alone does not say so. Default: they trust the pause.
 */
export function peopleOf(
  playground: TestPlayground,
  arrive: () => Promise<Person>,
  arrived: Arrived = () => Promise.resolve(),
): People {
  const people = new Map<string, Person>();
  const programs: Program[] = [];
  const person = async (name: string) => {
    const known = people.get(name) ?? (await arrive());
    people.set(name, known);
    return known;
  };
  return {
    async act(action) {
      if (action.do === 'play') throw new Error('this is done in the lab: see web/lab/lesson');
      if (action.do === 'program') {
        // In a shell of its own; `exec` leaves no other process to be ended.
        const program = Program.start('sh', ['-c', `exec ${resolved(action.command, playground)}`]);
        programs.push(program);
        await program.prints(action.until);
        return;
      }
      await actAs(await person(action.as), action, playground, arrived);
    },
    async close() {
      for (const who of people.values()) await who.close();
      for (const program of programs) await program.stop();
    },
  };
}

/** Throws where this person has no way to do it. */
async function actAs(
  who: Person,
  action: Exclude<Action, { do: 'play' | 'program' }>,
  playground: TestPlayground,
  arrived: Arrived,
): Promise<void> {
  switch (action.do) {
    case 'connect':
      return who.connect(action.host ?? HOST, Number(resolved(action.to, playground)));
    case 'say':
      return who.say(action.text);
    case 'hear':
      return who.hear(action.text);
    case 'hang-up':
      return who.hangUp();
    case 'send':
      if (!who.send) throw new Error('this client cannot be told how to cut what it sends');
      return who.send({ ...parcelOf(action, playground), arrived });
    case 'secure':
      if (!who.secure) throw new Error('this client speaks no TLS');
      return who.secure(Number(resolved(action.to, playground)), action.text, action.version);
    case 'run':
      if (!who.run) throw new Error('only a terminal of the page can do this');
      return who.run(resolved(action.command, playground), action.until);
    default:
      return action satisfies never;
  }
}

function parcelOf(
  { to, pieces, pauseMs }: Extract<Action, { do: 'send' }>,
  playground: TestPlayground,
): Omit<Parcel, 'arrived'> {
  const transport = demosNamed(to)[0]?.transport ?? 'tcp';
  return { transport, host: HOST, port: Number(resolved(to, playground)), pieces: pieces.map(octetsOf), pauseMs };
}

function octetsOf(piece: Piece): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece) : Uint8Array.from(piece);
}

function resolved(template: string, playground: TestPlayground): string {
  const result = resolveTemplate(template, playground.demos);
  if (!result.ok) throw new Error(`the playground does not run ${result.missing.join(', ')}`);
  return result.text;
}
