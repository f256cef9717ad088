/** Asks for a page; Node’s own client reads the body by its length, or up to the FIN. */
import { get } from 'node:http';

get({ host: '127.0.0.1', port: Number(process.argv[2]), path: '/hello', agent: false }, (response) => {
  response.pipe(process.stdout);
});
