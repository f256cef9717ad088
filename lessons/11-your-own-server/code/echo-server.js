// An echo server in Node.   node echo-server.js 9000
import { createServer } from 'node:net';

const port = Number(process.argv[2] ?? 9000);

//: socket
const listener = createServer({ allowHalfOpen: true });

//: bind
listener.listen(port, '127.0.0.1');

//: listen
listener.on('listening', () => {
  console.log(`listening on 127.0.0.1 port ${listener.address().port}`);
});

//: accept
listener.on('connection', (client) => {
  client.on('error', (error) => console.error(error.message));

  //: read
  client.on('data', (chunk) => {
    //: write
    const taken = client.write(chunk);
    if (!taken) client.pause();
  });
  client.on('drain', () => client.resume());

  //: close
  client.on('end', () => client.end());
});
