/** SCRAM: proves the password without sending it. https://www.rfc-editor.org/rfc/rfc5802, https://www.rfc-editor.org/rfc/rfc7677 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SCRAM_ITERATIONS, type ScramHash, type Verifier } from '../../../chat/verifier.ts';
import {
  checkAuthorizationIdentity,
  type SaslContext,
  SaslError,
  type SaslExchange,
  type SaslStep,
  wrongPassword,
} from './mechanism.ts';

/** Octets of the server's part of the nonce. */
const NONCE_BYTES = 18;
const SALT_BYTES = 16;

/** Longest nonce of a client, in characters. */
const MAX_NONCE_CHARS = 512;

/** `n,a=authzid,` or `y,,`: no channel binding is spoken here, so `p=` is refused (RFC 5802 §7, gs2-header). */
const CLIENT_FIRST = /^((?:n|y),(?:a=([^,]*))?,)(n=([^,]+),r=([\x21-\x2b\x2d-\x7e]+))(?:,.*)?$/s;
const CLIENT_FINAL = /^(c=([A-Za-z0-9+/=]+),r=([\x21-\x2b\x2d-\x7e]+)(?:,[^p][^,]*)*),p=([A-Za-z0-9+/=]+)$/s;

/** The user that a client wants to be, and what its first message said. */
interface Claim {
  readonly user: string | null;
  readonly verifier: Verifier;
  readonly header: string;
  readonly authzid: string;
  readonly nonce: string;
  /** client-first-message-bare "," server-first-message */
  readonly transcript: string;
}

/** Begins an attempt with this hash. */
export function scram(hash: ScramHash): (context: SaslContext) => SaslExchange {
  return (context) => {
    let claim: Claim | null = null;
    return {
      next: async (message) => {
        if (claim) return finish(hash, claim, message, context.directory.domain);
        const begun = await begin(hash, message, context);
        claim = begun.claim;
        return { type: 'challenge', data: begun.serverFirst };
      },
    };
  };
}

async function begin(
  hash: ScramHash,
  message: string,
  { directory, random }: SaslContext,
): Promise<{ claim: Claim; serverFirst: string }> {
  const [whole, header, authzid = '', , name, clientNonce] = CLIENT_FIRST.exec(message) ?? [];
  if (!whole || !header || !name || !clientNonce || clientNonce.length > MAX_NONCE_CHARS) {
    throw new SaslError('malformed-request', 'This is no first message of SCRAM, or it wants channel binding.');
  }
  const user = directory.prepare(decodeName(name));
  const known = user === null ? null : await directory.verifier(user, hash);
  // Somebody unknown is answered as everybody else and fails at the proof: names can't be tried out.
  const verifier = known ?? nobody(name, hash);
  const nonce = clientNonce + random(NONCE_BYTES).toString('base64');
  const serverFirst = `r=${nonce},s=${verifier.salt.toString('base64')},i=${verifier.iterations}`;
  const transcript = `${message.slice(header.length)},${serverFirst}`;
  const claim = { user: known ? user : null, verifier, header, authzid: decodeName(authzid), nonce, transcript };
  return { claim, serverFirst };
}

function finish(hash: ScramHash, claim: Claim, message: string, domain: string): SaslStep {
  const [, withoutProof, binding = '', nonce, proof = ''] = CLIENT_FINAL.exec(message) ?? [];
  if (!withoutProof) throw new SaslError('malformed-request', 'This is no final message of SCRAM.');
  const { storedKey, serverKey } = claim.verifier;
  const authMessage = `${claim.transcript},${withoutProof}`;
  const clientKey = xor(hmac(hash, storedKey, authMessage), Buffer.from(proof, 'base64'));
  const proved = clientKey !== null && timingSafeEqual(createHash(hash).update(clientKey).digest(), storedKey);
  const sameHeader = Buffer.from(binding, 'base64').toString() === claim.header;
  if (!proved || !sameHeader || nonce !== claim.nonce || claim.user === null) throw wrongPassword();
  checkAuthorizationIdentity(claim.authzid, claim.user, domain);
  return { type: 'success', user: claim.user, data: `v=${hmac(hash, serverKey, authMessage).toString('base64')}` };
}

/** `=2C` is a comma and `=3D` an equals sign; any other `=` is an error (RFC 5802 §5.1). */
function decodeName(text: string): string {
  if (/=(?!2C|3D)/.test(text)) throw new SaslError('malformed-request', 'A user name has a bare = in it.');
  return text.replaceAll('=2C', ',').replaceAll('=3D', '=');
}

/** Always the same salt for the same name, and keys that nothing fits. */
function nobody(name: string, hash: ScramHash): Verifier {
  const salt = createHash('sha256').update(`nobody ${name}`).digest().subarray(0, SALT_BYTES);
  const none = Buffer.alloc(hash === 'sha1' ? 20 : 32);
  return { salt, iterations: SCRAM_ITERATIONS, storedKey: none, serverKey: none };
}

function hmac(hash: ScramHash, key: Buffer, text: string): Buffer {
  return createHmac(hash, key).update(text).digest();
}

function xor(a: Buffer, b: Buffer): Buffer | null {
  if (a.length !== b.length) return null;
  return Buffer.from(a.map((octet, index) => octet ^ (b[index] ?? 0)));
}
