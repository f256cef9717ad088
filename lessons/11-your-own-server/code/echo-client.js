// An echo client in Node.   node echo-client.js 9000
import { Socket } from 'node:net';

const port = Number(process.argv[2] ?? 9000);
const line = Buffer.from('hello\n');

//: socket
const server = new Socket();
server.on('error', (error) => console.error(error.message));

//: connect
server.connect(port, '127.0.0.1');

//: write
server.write(line);

//: read
let got = 0;
server.on('data', (chunk) => {
  process.stdout.write(chunk);
  got += chunk.length;

  //: close
  if (got >= line.length) server.end();
});
