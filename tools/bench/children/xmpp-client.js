/** A client of XMPP that costs the load generator little: it logs in, and from then on only octets are counted. */
import { once } from 'node:events';
import { connect } from 'node:net';

/** @typedef {import('node:net').Socket} Socket */

const HEADER =
  "<stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

/**
 * Logs in with PLAIN, binds, and says that it is there.
 *
 * @param {{ port: number, user: string, resource: string, available: boolean }} options
 * @returns {Promise<Socket>}
 */
export async function logIn({ port, user, resource, available }) {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  await said(socket, HEADER, '</stream:features>');
  const message = Buffer.from(`\0${user}\0porthole`).toString('base64');
  await said(socket, `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${message}</auth>`, '<success');
  await said(socket, HEADER, '</stream:features>');
  const bind = `<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>${resource}</resource></bind>`;
  await said(socket, `<iq type='set' id='bind'>${bind}</iq>`, '</iq>');
  if (available) await said(socket, '<presence/>', '<presence');
  return socket;
}

/**
 * Sends something and waits for what answers it.
 *
 * @param {Socket} socket
 * @param {string} text
 * @param {string} wanted
 */
async function said(socket, text, wanted) {
  socket.write(text);
  let received = '';
  while (!received.includes(wanted)) {
    const [chunk] = await once(socket, 'data');
    received += chunk;
    if (received.includes('<failure') || received.includes('stream:error')) throw new Error(received);
  }
}

/**
 * Counts how often `mark` comes, however it is cut.
 *
 * @param {Socket} socket
 * @param {string} mark
 * @param {(count: number) => void} counted
 */
export function countMarks(socket, mark, counted) {
  const wanted = Buffer.from(mark);
  let tail = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    const octets = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
    let count = 0;
    let at = octets.indexOf(wanted);
    let end = 0;
    for (; at >= 0; at = octets.indexOf(wanted, end)) {
      count += 1;
      end = at + wanted.length;
    }
    tail = octets.subarray(Math.max(end, octets.length - wanted.length + 1));
    if (count > 0) counted(count);
  });
}
