/** PLAIN: the password itself. https://www.rfc-editor.org/rfc/rfc4616 */
import {
  checkAuthorizationIdentity,
  type SaslContext,
  SaslError,
  type SaslExchange,
  wrongPassword,
} from './mechanism.ts';

/** Begins an attempt. */
export function plain({ directory }: SaslContext): SaslExchange {
  return {
    next: async (message) => {
      const [authzid, name, password, ...more] = message.split('\0');
      if (authzid === undefined || !name || !password || more.length > 0) {
        throw new SaslError('malformed-request', 'PLAIN is: authorization identity, NUL, user, NUL, password.');
      }
      const user = directory.prepare(name);
      if (user === null || !(await directory.accepts(user, password))) throw wrongPassword();
      checkAuthorizationIdentity(authzid, user, directory.domain);
      return { type: 'success', user, data: '' };
    },
  };
}
