/** TLS on a connection that stands. */
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { Program } from '../command.ts';
import { codeOf, Interrupted, ProgramError, sentenceOf } from '../errors.ts';

/** What is asked for in the handshake. */
export interface SecureOptions {
  /** Name that was typed: SNI, where it is no address (RFC 6066 §3). */
  readonly host: string;
  /** Protocols offered, best first (ALPN); none: the extension is left out. */
  readonly protocols: readonly string[];
  /** The only version offered; default: 1.2 and 1.3. */
  readonly version?: 'TLSv1.2' | 'TLSv1.3' | undefined;
  /** A certificate that does not hold ends the connection. */
  readonly strict: boolean;
}

/** Exit code of a handshake that failed, and of a certificate that does not hold, as curl's. */
const EXIT_HANDSHAKE = 35;
const EXIT_CERTIFICATE = 60;

/**
 * Shakes hands. The socket is closed when the program ends.
 * @throws ProgramError that says why it came to nothing
 */
export function secure(program: Program, stream: Duplex, options: SecureOptions): Promise<TLSSocket> {
  const { host, protocols, version, strict } = options;
  const socket = connect({
    socket: stream,
    ...(isIP(host) === 0 && { servername: host }),
    ...(protocols.length > 0 && { ALPNProtocols: [...protocols] }),
    ...(version && { minVersion: version, maxVersion: version }),
    rejectUnauthorized: strict,
  });
  program.own(() => socket.destroy());
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => reject(program.signal.aborted ? new Interrupted() : explained(error)));
    socket.once('close', () =>
      reject(program.signal.aborted ? new Interrupted() : new ProgramError(CLOSED, EXIT_HANDSHAKE)),
    );
    socket.once('secureConnect', () => resolve(socket));
  });
}

const CLOSED = 'the peer closed the connection in the middle of the handshake. Does it speak TLS?';

/** What OpenSSL's codes mean. */
const SENTENCES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by nobody but itself. -k takes it all the same',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is signed by somebody who is not trusted here. -k takes it all the same',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody who is trusted here has signed the certificate. -k takes it all the same',
  CERT_HAS_EXPIRED: 'the certificate has expired. -k takes it all the same',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name. -k takes it all the same',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what came back is no TLS. Is it a port that speaks in the clear?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'what came back is no TLS. Is it a port that speaks in the clear?',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the server does not speak that version of TLS',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'the server knows none of the protocols that were offered (ALPN)',
};

function explained(error: Error): ProgramError {
  const code = codeOf(error);
  const isCertificate = /CERT|SIGNATURE/.test(code);
  const sentence = certificateSentence(code) ?? sentenceOf(code);
  return new ProgramError(`${sentence} (${code})`, isCertificate ? EXIT_CERTIFICATE : EXIT_HANDSHAKE, error);
}

/** What is wrong with a certificate, or a handshake, by OpenSSL's code; `undefined` where no sentence is known. */
export function certificateSentence(code: string): string | undefined {
  return SENTENCES[code];
}
