/** Transport Layer Security, 1.3 (RFC 8446) and 1.2 (RFC 5246), around an echo. https://www.rfc-editor.org/rfc/rfc8446 */
import { constants } from 'node:crypto';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { type Scheduler, systemScheduler } from '../../chat/scheduler.ts';
import type { Demo, DemoCertificate, DemoConnection, DemoContext, RunningDemo } from '../demo.ts';
import { type HttpAnswers, httpAnswers } from './http-answers.ts';
import { HANDSHAKE_TIMEOUT_MS, MAX_ECHO_QUEUE_BYTES } from './limits.ts';

/** Protocols that may be asked for by name (ALPN, RFC 7301); who asks for none is echoed. */
const HTTP = 'http/1.1';
const PROTOCOLS = [HTTP, 'echo'];

/** First octet of a client that speaks TLS (RFC 8446 §5.1). */
const HANDSHAKE_RECORD = 0x16;

/** For whoever comes with telnet or nc. */
const NO_TLS =
  'This port speaks TLS: a client begins with a ClientHello, whose first octet is 16 (hex). Try openssl s_client -connect HOST:PORT\r\n';

/** TCP on 7443; the well-known port of HTTPS is 443. */
export const tls: Demo = createTls(systemScheduler);

/** The demo with time handed in. */
export function createTls(scheduler: Scheduler): Demo {
  return { id: 'tls', port: 7443, transports: ['tcp'], start: (context) => serve(scheduler, context) };
}

function serve(scheduler: Scheduler, { certificate, keyLog }: DemoContext): RunningDemo {
  const answers = httpAnswers();
  let context: Promise<SecureContext> | null = null;
  return {
    connection(connection: DemoConnection): void {
      const cancel = scheduler.later(HANDSHAKE_TIMEOUT_MS, () => connection.reset('handshake-timeout'));
      connection.once('close', cancel);
      const finish = (): void => void connection.end();
      connection.once('end', finish);
      connection.once('data', (first: Buffer) => {
        connection.pause();
        if (first[0] !== HANDSHAKE_RECORD) {
          connection.end(NO_TLS);
          connection.resume();
          return;
        }
        // From here on TLS says when the conversation ends.
        connection.off('end', finish);
        connection.unshift(first);
        context ??= certificate().then(secureContextOf);
        context.then(
          (secureContext) => secure(connection, { secureContext, keyLog, answers, done: cancel }),
          () => connection.reset('no-certificate'),
        );
      });
    },
  };
}

/** A client that begins the handshake anew and anew would cost much for little; in 1.3 it cannot (RFC 8446 §4.1.2). */
function secureContextOf({ certificatePem, keyPem }: DemoCertificate): SecureContext {
  const secureOptions = constants.SSL_OP_NO_RENEGOTIATION;
  return createSecureContext({ cert: certificatePem, key: keyPem, minVersion: 'TLSv1.2', secureOptions });
}

/** What one connection is secured with. */
interface Means {
  readonly secureContext: SecureContext;
  readonly keyLog: DemoContext['keyLog'];
  readonly answers: HttpAnswers;
  /** Called when the handshake is done. */
  readonly done: () => void;
}

function secure(connection: DemoConnection, { secureContext, keyLog, answers, done }: Means): void {
  if (connection.destroyed) return;
  const socket = new TLSSocket(connection, { isServer: true, secureContext, ALPNProtocols: PROTOCOLS });
  socket.on('error', () => connection.destroy());
  if (keyLog) socket.on('keylog', keyLog);
  socket.once('secure', () => {
    done();
    if (socket.alpnProtocol === HTTP) answers.serve(socket);
    else echo(socket, connection);
  });
}

/** Sends back what came out of the records, in records of its own. */
function echo(socket: TLSSocket, connection: DemoConnection): void {
  socket.on('data', (chunk: Buffer) => {
    if (!socket.write(chunk) && connection.queuedBytes + socket.writableLength > MAX_ECHO_QUEUE_BYTES) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
}
