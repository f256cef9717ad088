import { createServer } from 'node:http';
import { catchesServers, type Serve } from '../testing/catches.ts';
import { http } from './http.ts';

/** How an HTTP server goes wrong. */
interface Habits {
  readonly noLength?: true;
  readonly bareLf?: true;
  readonly always200?: true;
  readonly bodyOnHead?: true;
  readonly closes?: true;
  readonly perRead?: true;
  readonly firstOnly?: true;
  readonly neverCloses?: true;
  readonly noHostNeeded?: true;
  readonly maxBody?: number;
}

/** Reads requests as the right one does, but for its habits. */
const server = (habits: Habits = {}): (() => Serve) => {
  return () => (socket) => {
    let held = '';
    const respond = (status: string, body: string, withBody = true): void => {
      const length = habits.noLength ? '' : `Content-Length: ${body.length}\r\n`;
      const text = `HTTP/1.1 ${status}\r\n${length}\r\n`;
      socket.write((habits.bareLf ? text.replaceAll('\r', '') : text) + (withBody || habits.bodyOnHead ? body : ''));
    };
    const route = (method: string, path: string, body: string): void => {
      if (path === '/hello') respond('200 OK', 'hello\n', method !== 'HEAD');
      else if (path === '/echo') respond('200 OK', body.slice(0, habits.maxBody));
      else respond(habits.always200 ? '200 OK' : '404 Not Found', 'none\n');
    };
    const takeOne = (): boolean => {
      const end = held.indexOf('\r\n\r\n');
      if (end < 0 && !habits.perRead) return false;
      const [line = '', ...fields] = held.slice(0, end < 0 ? undefined : end).split('\r\n');
      const [, method = '', path = ''] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(line) ?? [];
      const length = Number(/^content-length: (\d+)$/im.exec(fields.join('\n'))?.[1] ?? 0);
      if (method === '' || (!habits.noHostNeeded && !/^host:/im.test(fields.join('\n')))) {
        respond('400 Bad Request', '');
        socket.end();
        return false;
      }
      if (held.length < end + 4 + length) return false;
      route(method, path, held.slice(end + 4, end + 4 + length));
      held = habits.firstOnly ? '' : held.slice(end + 4 + length);
      if (habits.closes || (!habits.neverCloses && /^connection: close$/im.test(fields.join('\n')))) socket.end();
      return held !== '' && !habits.closes;
    };
    socket.setEncoding('latin1');
    socket.on('end', () => socket.end());
    socket.on('data', (text: string) => {
      held += text;
      while (takeOne());
    });
  };
};

catchesServers(
  http,
  [
    ['greets as no HTTP server does', 'get', 'no-status-line', () => (socket) => socket.resume().end('hello\r\n')],
    ['says no length', 'get', 'missing-field', server({ noLength: true })],
    ['ends lines with a line feed alone', 'get', 'bare-lf', server({ bareLf: true })],
    ['finds every page', 'not-found', 'wrong-status', server({ always200: true })],
    ['sends a body to HEAD', 'head', 'body-on-head', server({ bodyOnHead: true })],
    ['closes after every response', 'keep-alive', 'not-kept-alive', server({ closes: true })],
    ['takes a read for a request', 'cut', 'wrong-status', server({ perRead: true })],
    ['answers one request a read', 'pipelined', 'silent', server({ firstOnly: true })],
    ['ignores Connection: close', 'close', 'stays-open', server({ neverCloses: true })],
    ['does without Host', 'no-host', 'wrong-status', server({ noHostNeeded: true })],
    ['cuts a long body', 'large', 'wrong-length', server({ maxBody: 65_536 })],
  ],
  () => {
    const node = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const isHello = request.url === '/hello';
        const body = isHello ? Buffer.from('hello\n') : Buffer.concat(chunks);
        const status = isHello || request.url === '/echo' ? 200 : 404;
        response.writeHead(status, { 'content-length': body.length }).end(body);
      });
    });
    return (socket) => void node.emit('connection', socket);
  },
);
