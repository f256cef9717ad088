/** A tiny HTTP server on Node’s own, which frames the messages and refuses what is none. */
import { createServer } from 'node:http';
import { listen } from './listen.js';

listen(
  createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url } = request;
      const send = (status, body) => {
        response.writeHead(status, { 'content-type': 'text/plain', 'content-length': body.length }).end(body);
      };
      if (url === '/hello' && (method === 'GET' || method === 'HEAD')) send(200, Buffer.from('hello\n'));
      else if (url === '/echo' && method === 'POST') send(200, Buffer.concat(chunks));
      else send(404, Buffer.from('not found\n'));
    });
  }),
);
