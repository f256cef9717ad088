/** Sends `times` pieces of `piece` octets, `all` in words, and closes. */
function sender(all: string, piece: string, times: number): string {
  return `import net from 'node:net';

// ${all} octets as fast as TCP takes them.
const piece = Buffer.alloc(${piece}, 'porthole ');
let left = ${times};

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
`;
}

/** Ready programs that speak first. */
export const READY_CLIENTS = [
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
    text: sender('200,000', '10_000', 20),
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
    text: sender('Two million', '20_000', 100),
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
] as const;
