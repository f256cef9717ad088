/** A chat room. */
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { listen } from './listen.js';

const members = new Map();

function tellOthers(nick, text) {
  for (const [other, client] of members) if (other !== nick) client.write(`${text}\n`);
}

listen(
  createServer((client) => {
    let nick = null;
    const enter = (wanted) => {
      if (!/^[a-z0-9]{1,20}$/.test(wanted) || members.has(wanted)) {
        client.end('nick taken\n');
        return;
      }
      nick = wanted;
      members.set(nick, client);
      client.write(`welcome ${nick}\n`);
      tellOthers(nick, `* ${nick} joined`);
    };
    client.on('error', () => client.destroy());
    client.on('close', () => {
      if (nick === null) return;
      members.delete(nick);
      tellOthers(nick, `* ${nick} left`);
    });
    createInterface({ input: client, crlfDelay: Infinity })
      .on('line', (line) => (nick === null ? enter(line) : tellOthers(nick, `${nick}: ${line}`)))
      .on('error', () => client.destroy());
  }),
);
