import { type Answer, textAnswer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** A page needs no script, and nobody's frame: what it may do besides its own words is send its form. */
const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
};

/** What is behind each path, in a word. */
const LINKS = [
  ['/hello', 'two words in plain text'],
  ['/echo', 'your request as it came'],
  ['/chunked?count=5&delay=500', 'five chunks, half a second apart'],
  ['/slow?delay=2000', 'an answer that takes two seconds'],
  ['/redirect', 'leads to /hello'],
  ['/cookies', 'counts your visits'],
  ['/form', 'fields and a file to send'],
  ['/nothing', 'is not there'],
] as const;

/** An HTML page. `body` is ours, never what somebody sent. */
export function htmlAnswer(title: string, body: string): Answer {
  const html = `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${title}</title>\n${body}\n</html>\n`;
  return { status: 200, headers: PAGE_HEADERS, body: html, close: false };
}

/** `/`. */
export function home({ answer }: Exchange): void {
  const items = LINKS.map(
    ([path, what]) => `<li><a href="${path.replace('&', '&amp;')}">${path.replace('&', '&amp;')}</a> ${what}</li>`,
  );
  answer(
    htmlAnswer(
      'Hello from Porthole',
      `<h1>Hello</h1>\n<p>Each of these is an exchange to look at.</p>\n<ul>\n${items.join('\n')}\n</ul>`,
    ),
  );
}

/** `/hello`. */
export function hello({ answer }: Exchange): void {
  answer(textAnswer(200, 'Hello, world.'));
}
