/**
 * Programs to begin with, in the words of Node: each also runs there, unchanged. A connection without a host goes to the
 * other host in the lab, to this machine in Node.
 */

/** Names of the ready programs; the page has a sentence for each. */
export type ReadyProgramId =
  | 'echo-server'
  | 'discard-server'
  | 'slow-reader'
  | 'http-server'
  | 'chat-server'
  | 'udp-echo-server'
  | 'tcp-listener'
  | 'udp-listener'
  | 'hello-client'
  | 'bulk-sender'
  | 'chatty-sender'
  | 'http-client'
  | 'chat-client'
  | 'udp-client'
  | 'small-sender'
  | 'long-sender'
  | 'tcp-ticker'
  | 'udp-ticker'
  | 'big-datagrams';

export interface ReadyProgram {
  readonly id: ReadyProgramId;
  readonly text: string;
}

export const READY_PROGRAMS: readonly ReadyProgram[] = [
  {
    id: 'echo-server',
    text: `import net from 'node:net';

net.createServer((socket) => {
  socket.on('data', (bytes) => socket.write(bytes));
}).listen(7007);
`,
  },
  {
    id: 'discard-server',
    text: `import net from 'node:net';

net.createServer((socket) => {
  let octets = 0;
  socket.on('data', (bytes) => {
    octets += bytes.length;
  });
  socket.on('end', () => console.log('discarded', octets, 'octets'));
}).listen(7009);
`,
  },
  {
    id: 'slow-reader',
    text: `import net from 'node:net';

// Reads one piece, then rests: what is not read fills the receive buffer, and the window closes.
net.createServer((socket) => {
  let octets = 0;
  socket.on('data', (bytes) => {
    octets += bytes.length;
    socket.pause();
    setTimeout(() => socket.resume(), 2000);
  });
  socket.on('end', () => console.log('read', octets, 'octets'));
}).listen(7009);
`,
  },
  {
    id: 'http-server',
    text: `import net from 'node:net';

// One request, one answer. A request's head ends with an empty line.
net.createServer((socket) => {
  let head = '';
  socket.setEncoding('latin1');
  socket.on('data', (text) => {
    head += text;
    if (!head.includes('\\r\\n\\r\\n')) return;
    const [line] = head.split('\\r\\n');
    const body = 'You asked: ' + line + '\\n';
    socket.write('HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\n');
    socket.end('Content-Length: ' + body.length + '\\r\\nConnection: close\\r\\n\\r\\n' + body);
  });
}).listen(7080);
`,
  },
  {
    id: 'chat-server',
    text: `import net from 'node:net';

const members = new Set();

net.createServer((socket) => {
  members.add(socket);
  socket.setEncoding('utf8');
  socket.on('data', (text) => {
    for (const member of members) if (member !== socket) member.write(text);
  });
  socket.on('close', () => members.delete(socket));
}).listen(7020);
`,
  },
  {
    id: 'udp-echo-server',
    text: `import dgram from 'node:dgram';

const socket = dgram.createSocket('udp4', (bytes, from) => {
  socket.send(bytes, from.port, from.address);
});
socket.bind(7007);
`,
  },
  {
    id: 'hello-client',
    text: `import net from 'node:net';

const socket = net.connect(7007, () => socket.write('hello\\n'));
socket.setEncoding('utf8');
socket.on('data', (text) => {
  console.log('received', text.trim());
  socket.end();
});
socket.on('error', (error) => console.log(error.message));
`,
  },
  {
    id: 'bulk-sender',
    text: `import net from 'node:net';

// 200,000 octets as fast as TCP takes them.
const piece = Buffer.alloc(10_000, 'porthole ');
let left = 20;

const socket = net.connect(7009, send);
socket.on('drain', send);
socket.on('error', (error) => console.log(error.message));

function send() {
  while (left > 0) {
    left -= 1;
    if (!socket.write(piece)) return;
  }
  socket.end();
}
`,
  },
  {
    id: 'chatty-sender',
    text: `import net from 'node:net';

// A letter at a time, as somebody types: what Nagle's algorithm and delayed acknowledgments are about.
const letters = [...'every letter is a write of its own'];

const socket = net.connect(7009, type);
// socket.setNoDelay(true);
socket.on('error', (error) => console.log(error.message));

function type() {
  const letter = letters.shift();
  if (letter === undefined) return socket.end();
  socket.write(letter);
  setTimeout(type, 10);
}
`,
  },
  {
    id: 'http-client',
    text: `import net from 'node:net';

const socket = net.connect(7080, () => {
  socket.write('GET /harbour HTTP/1.1\\r\\nHost: lab\\r\\n\\r\\n');
});
socket.setEncoding('utf8');
socket.on('data', (text) => console.log(text));
socket.on('error', (error) => console.log(error.message));
`,
  },
  {
    id: 'chat-client',
    text: `import net from 'node:net';

const socket = net.connect(7020);
socket.setEncoding('utf8');
socket.on('data', (text) => console.log('heard', text.trim()));
socket.on('error', (error) => console.log(error.message));
setTimeout(() => socket.write('anybody there?\\n'), 300);
setTimeout(() => socket.end(), 1500);
`,
  },
  {
    id: 'udp-client',
    text: `import dgram from 'node:dgram';

// Five datagrams; whatever is lost stays lost.
const socket = dgram.createSocket('udp4', (bytes) => console.log('came back:', bytes.toString()));
socket.on('error', (error) => console.log(error.message));

for (let number = 1; number <= 5; number += 1) {
  setTimeout(() => socket.send('datagram ' + number, 7007), number * 100);
}
setTimeout(() => socket.close(), 2000);
`,
  },
  {
    id: 'small-sender',
    text: `import net from 'node:net';

// 14,600 octets: ten segments of 1,460.
const socket = net.connect(7009, () => socket.end(Buffer.alloc(14_600, 'porthole ')));
socket.on('error', (error) => console.log(error.message));
`,
  },
  {
    id: 'long-sender',
    text: `import net from 'node:net';

// Two million octets as fast as TCP takes them.
const piece = Buffer.alloc(20_000, 'porthole ');
let left = 100;

const socket = net.connect(7009, send);
socket.on('drain', send);
socket.on('error', (error) => console.log(error.message));

function send() {
  while (left > 0) {
    left -= 1;
    if (!socket.write(piece)) return;
  }
  socket.end();
}
`,
  },
  {
    id: 'tcp-ticker',
    text: `import net from 'node:net';

// Twenty numbered messages over TCP, one every 50 ms, each with the time at which it was written.
let number = 0;
const socket = net.connect(7009, tick);
socket.setNoDelay(true);
socket.on('error', (error) => console.log(error.message));

function tick() {
  number += 1;
  socket.write(number + ' ' + Date.now() + '\\n');
  if (number < 20) setTimeout(tick, 50);
  else socket.end();
}
`,
  },
  {
    id: 'tcp-listener',
    text: `import net from 'node:net';

net.createServer((socket) => {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text) => {
    const lines = (rest + text).split('\\n');
    rest = lines.pop();
    for (const line of lines) {
      const [number, sent] = line.split(' ');
      console.log('tcp', number + ', after', Date.now() - sent, 'ms');
    }
  });
}).listen(7009);
`,
  },
  {
    id: 'udp-ticker',
    text: `import dgram from 'node:dgram';

// Twenty numbered messages over UDP, one every 50 ms, each with the time at which it was sent.
const socket = dgram.createSocket('udp4');
let number = 0;
tick();

function tick() {
  number += 1;
  socket.send(number + ' ' + Date.now(), 7009);
  if (number < 20) setTimeout(tick, 50);
  else setTimeout(() => socket.close(), 500);
}
`,
  },
  {
    id: 'udp-listener',
    text: `import dgram from 'node:dgram';

const socket = dgram.createSocket('udp4', (bytes) => {
  const [number, sent] = bytes.toString().split(' ');
  console.log('udp', number + ', after', Date.now() - sent, 'ms');
});
socket.bind(7009);
`,
  },
  {
    id: 'big-datagrams',
    text: `import dgram from 'node:dgram';

// Three datagrams of 4,000 octets: too long for one packet, each is sent in three fragments.
const socket = dgram.createSocket('udp4');
for (let number = 1; number <= 3; number += 1) {
  setTimeout(() => socket.send(Buffer.alloc(4000, number + ' ' + Date.now() + ' '), 7009), number * 100);
}
setTimeout(() => socket.close(), 1000);
`,
  },
];

/** A ready program's text. */
export function readyProgram(id: ReadyProgramId): string {
  const program = READY_PROGRAMS.find((each) => each.id === id);
  if (!program) throw new RangeError(`there is no ready program ${id}`);
  return program.text;
}
