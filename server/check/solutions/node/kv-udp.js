/** A key-value store by UDP. */
import { createSocket } from 'node:dgram';

const store = new Map();
const server = createSocket('udp4');

function reply(request) {
  const [, verb, key = '', value] = /^(PUT|GET|DEL) ([^ ]+)(?: (.+))?$/s.exec(request) ?? [];
  if (!verb || Buffer.byteLength(key) > 64 || (verb === 'PUT') !== (value !== undefined)) return 'ERROR';
  if (verb === 'PUT') {
    store.set(key, value);
    return 'OK';
  }
  if (!store.has(key)) return 'NONE';
  if (verb === 'GET') return `VALUE ${store.get(key)}`;
  store.delete(key);
  return 'OK';
}

server.on('message', (data, { address, port }) => server.send(reply(data.toString()), port, address));
server.bind(Number(process.argv[2] ?? 9000), '127.0.0.1', () => {
  console.log(`listening on 127.0.0.1 port ${server.address().port}`);
});
