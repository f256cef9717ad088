import { errorAnswer, textAnswer } from './answer.ts';
import { type Exchange, numberOf } from './exchange.ts';

/** RFC 9110 §15.4: for good or for now, with GET or with the same method. */
const REDIRECTS = [301, 302, 303, 307, 308];
const TARGET = '/hello';

/** `/redirect?status=302`: leads to `/hello`, never anywhere else. */
export function redirect({ request, answer }: Exchange): void {
  const status = numberOf(request, 'status', 302, 999);
  if (REDIRECTS.includes(status)) answer(textAnswer(status, `Go to ${TARGET}`, { headers: { Location: TARGET } }));
  else answer(errorAnswer(400, `A redirect has one of these: ${REDIRECTS.join(', ')}.`));
}
