/** Logs many people in and holds them. Prints how many, and after a line on its input how long an answer takes. */
import { once } from 'node:events';
import { answer, readOptions } from './talk.js';
import { countMarks, logIn } from './xmpp-client.js';

/** @type {{ port: number, sessions: number, accounts: readonly string[] }} */
const { port, sessions, accounts } = readOptions();

/** Logins under way at once. */
const AT_ONCE = 50;

/** @type {import('node:net').Socket[]} */
const held = [];
for (let from = 0; from < sessions; from += AT_ONCE) {
  const some = Array.from({ length: Math.min(AT_ONCE, sessions - from) }, (_, index) => {
    const number = from + index;
    const user = accounts[number % accounts.length] ?? `user-${number}`;
    return logIn({ port, user, resource: `r${number}`, available: false });
  });
  held.push(...(await Promise.all(some)));
}
for (const socket of held) socket.resume();
answer({ held: held.length });
process.stdin.once('data', async () => {
  let answered = 0;
  const startedMs = performance.now();
  for (const socket of held) {
    countMarks(socket, '</iq>', () => {});
    socket.on('data', () => {
      answered += 1;
    });
    socket.write("<iq type='get' id='v' to='localhost'><query xmlns='jabber:iq:version'/></iq>");
  }
  while (answered < held.length) await once(/** @type {import('node:net').Socket} */ (held[answered]), 'data');
  answer({ answered, ms: performance.now() - startedMs });
});
