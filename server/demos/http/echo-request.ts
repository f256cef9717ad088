import { textAnswer } from './answer.ts';
import { type Exchange, withBody } from './exchange.ts';

/** `/echo`: the request as it came, line by line, and its body. */
export function echoRequest(exchange: Exchange): void {
  withBody(exchange, (body) => {
    const { method, url, httpVersion, rawHeaders } = exchange.request;
    const fields: string[] = [];
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) fields.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    const head = [`${method} ${url} HTTP/${httpVersion}`, ...fields, ''].join('\r\n');
    exchange.answer(textAnswer(200, `${head}\r\n${body.toString('utf8')}`));
  });
}
