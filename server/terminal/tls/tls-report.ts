import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { certificateSentence } from './secure.ts';

/** What a handshake came to, line by line, in brackets: it is said by us and not by the peer. */
export function agreement(socket: TLSSocket, name: string): string[] {
  const { name: cipher } = socket.getCipher();
  const { alpnProtocol } = socket;
  const sni = isIP(name) === 0 ? `asked for ${name} (SNI)` : 'no name asked for: SNI takes no address';
  return [
    `[${socket.getProtocol()}, ${cipher}, ${alpnProtocol ? `${alpnProtocol} (ALPN)` : 'no protocol named (ALPN)'}; ${sni}]`,
    ...certificateLines(socket),
  ];
}

function certificateLines(socket: TLSSocket): string[] {
  const { subject, issuer, valid_to: validTo, subjectaltname: names, fingerprint256 } = socket.getPeerCertificate();
  if (!subject) return ['[the server showed no certificate]'];
  return [
    `[certificate of ${subject.CN}, signed by ${issuer?.CN === subject.CN ? 'itself' : issuer?.CN}, until ${validTo}]`,
    `[for ${names ?? 'no name'}]`,
    `[SHA-256 ${fingerprint256}]`,
    socket.authorized ? '[it holds]' : `[it does not hold: ${reasonOf(socket)}]`,
  ];
}

function reasonOf({ authorizationError }: TLSSocket): string {
  // Node gives a code where its types promise an Error.
  const error: unknown = authorizationError;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return `${(certificateSentence(code) ?? code).replace(/\. -k.*/, '')} (${code})`;
}
