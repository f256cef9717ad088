/** Every datagram goes back to where it came from. */
import { createSocket } from 'node:dgram';

const server = createSocket('udp4');
server.on('message', (data, { address, port }) => server.send(data, port, address));
server.bind(Number(process.argv[2] ?? 9000), '127.0.0.1', () => {
  console.log(`listening on 127.0.0.1 port ${server.address().port}`);
});
