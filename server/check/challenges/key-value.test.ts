import { type Answer, catchesDatagrams } from '../testing/catches.ts';
import { keyValue } from './key-value.ts';

/** A right store, and what may be changed of it. */
interface Habits {
  readonly trims?: true;
  readonly splitsValues?: true;
  readonly putsOnce?: true;
  readonly perClient?: true;
  readonly forgetsNothing?: true;
  readonly crashes?: true;
  readonly keyBytes?: number;
  readonly lineFeed?: true;
}

const store = (habits: Habits = {}): (() => Answer) => {
  return () => {
    const values = new Map<string, string>();
    return (socket, bytes, { port, address }) => {
      const request = bytes.toString('utf8');
      const send = (answer: string) => socket.send(habits.lineFeed ? `${answer}\n` : answer, port, address);
      const [, verb, key = '', rest] = /^(PUT|GET|DEL) ([^ ]+)(?: (.+))?$/s.exec(request) ?? [];
      const keyBytes = habits.keyBytes ?? 64;
      if (!verb || Buffer.byteLength(key) > keyBytes || (verb === 'PUT') !== (rest !== undefined)) {
        if (!habits.crashes) send('ERROR');
        return;
      }
      const place = habits.perClient ? `${port} ${key}` : key;
      const known = values.get(place);
      if (verb === 'PUT') {
        if (habits.putsOnce && known !== undefined) return void send('ERROR');
        values.set(place, (habits.splitsValues ? rest?.split(' ')[0] : habits.trims ? rest?.trim() : rest) ?? '');
        return void send('OK');
      }
      if (verb === 'GET') return void send(known === undefined ? 'NONE' : `VALUE ${known}`);
      if (!habits.forgetsNothing) values.delete(place);
      send(known === undefined ? 'NONE' : 'OK');
    };
  };
};

catchesDatagrams(
  keyValue,
  [
    ['never answers', 'missing', 'silent-datagram', () => () => {}],
    ['ends its answers with a line feed', 'missing', 'wrong-reply', store({ lineFeed: true })],
    ['stores a key once only', 'overwrite', 'wrong-reply', store({ putsOnce: true })],
    ['cuts values at spaces', 'spaces', 'wrong-reply', store({ splitsValues: true })],
    ['trims values', 'spaces', 'wrong-reply', store({ trims: true })],
    ['takes keys of 32 octets only', 'spaces', 'wrong-reply', store({ keyBytes: 32 })],
    ['forgets nothing', 'delete', 'wrong-reply', store({ forgetsNothing: true })],
    ['has a store for each client', 'shared', 'wrong-reply', store({ perClient: true })],
    ['has no answer to nonsense', 'malformed', 'silent-datagram', store({ crashes: true })],
  ],
  store(),
);
