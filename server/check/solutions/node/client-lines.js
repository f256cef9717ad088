/** Answers questions, one a line. */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const server = connect(Number(process.argv[2]), '127.0.0.1');
createInterface({ input: server }).on('line', (line) => {
  const [, a, b] = /^add (\d+) (\d+)$/.exec(line) ?? [];
  if (a && b) server.write(`${Number(a) + Number(b)}\n`);
  if (line === 'bye') server.end();
});
