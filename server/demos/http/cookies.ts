/** HTTP State Management, RFC 6265. https://www.rfc-editor.org/rfc/rfc6265 */
import { textAnswer } from './answer.ts';
import type { Exchange } from './exchange.ts';

const MAX_AGE_S = 3_600;
const MAX_VISITS = 1_000_000;

/** `/cookies`: counts visits in a cookie, and says which cookie came. The count is all that is read of it. */
export function cookies({ request, answer }: Exchange): void {
  const [, word = '0'] = /(?:^|;\s*)visits=(\d{1,7})(?:;|$)/.exec(request.headers.cookie ?? '') ?? [];
  const visits = Math.min(Number(word) + 1, MAX_VISITS);
  const came = word === '0' ? 'You sent no cookie of mine' : `You sent visits=${word}`;
  answer(
    textAnswer(200, `${came}. This is visit ${visits}; keep visits=${visits} and send it next time.`, {
      headers: { 'Set-Cookie': `visits=${visits}; Max-Age=${MAX_AGE_S}; Path=/cookies; HttpOnly; SameSite=Lax` },
    }),
  );
}
