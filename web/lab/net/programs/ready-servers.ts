/** Ready programs that wait to be spoken to. */
export const READY_SERVERS = [
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
    id: 'udp-listener',
    text: `import dgram from 'node:dgram';

const socket = dgram.createSocket('udp4', (bytes) => {
  const [number, sent] = bytes.toString().split(' ');
  console.log('udp', number + ', after', Date.now() - sent, 'ms');
});
socket.bind(7009);
`,
  },
] as const;
