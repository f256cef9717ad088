import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testCertificate } from '../../demos/testing/certificate.ts';
import { PROMPT } from '../testing/driver.ts';
import { startServer } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

let server: Server;
let port: number;
let fingerprint: string;
const { own, terminal } = setStage();

beforeEach(async () => {
  const { certificatePem: cert, keyPem: key, fingerprint: sum } = await testCertificate();
  fingerprint = sum;
  server = createServer({ cert, key, ALPNProtocols: ['http/1.1', 'echo'] }, (socket) => {
    socket.on('error', () => socket.destroy());
    if (socket.alpnProtocol === 'http/1.1') {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsecret\n');
      return;
    }
    socket.on('data', (octets) => socket.write(octets));
    socket.on('end', () => socket.end());
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(() => {
  server.close();
});

describe('tls', () => {
  it('says what was agreed on, whose certificate it is, and that it does not hold', async () => {
    const shell = await terminal();
    shell.enter(`tls localhost ${port}`);
    const said = await shell.until('DEPTH_ZERO_SELF_SIGNED_CERT)]\n');
    expect(said).toMatch(/\[TLSv1\.3, TLS_\S+, no protocol named \(ALPN\); asked for localhost \(SNI\)\]/);
    expect(said).toContain('[certificate of localhost, signed by itself, until ');
    expect(said).toContain(`[SHA-256 ${fingerprint}]`);
    shell.enter('hello');
    await shell.until('hello\nhello\n');
    shell.type('\u0004');
    await shell.until(PROMPT);
    expect(await shell.run('echo $?')).toBe('0\n');
  });

  it('offers one version and protocols when asked to, and sends no address as a name', async () => {
    const shell = await terminal();
    shell.enter(`tls -v 1.2 -a echo 127.0.0.1 ${port}`);
    await shell.until(/\[TLSv1\.2, \S+, echo \(ALPN\); no name asked for: SNI takes no address\]/);
    shell.type('\u0003');
    await shell.until(PROMPT);
  });

  it('ends with -s where the certificate does not hold', async () => {
    const shell = await terminal();
    expect(await shell.run(`tls -s localhost ${port}`)).toContain('the certificate is signed by nobody but itself');
    expect(await shell.run('echo $?')).toBe('60\n');
  });

  it('says that a port does not speak TLS', async () => {
    const plain = await startServer((socket) => socket.end('220 hello\r\n'));
    own(plain);
    const shell = await terminal();
    expect(await shell.run(`tls localhost ${plain.port}`)).toContain('what came back is no TLS');
    const silent = await startServer((socket) => socket.once('data', () => socket.end()));
    own(silent);
    expect(await shell.run(`tls localhost ${silent.port}`)).toMatch(/TLS|hang up|reset/);
    expect(await shell.run('tls -v 1.1 localhost 1')).toContain('-v takes 1.2 or 1.3');
    expect(await shell.run('tls localhost')).toContain('say a host and a port');
  });
});

describe('http inside TLS', () => {
  it('takes a certificate that nobody has signed only with -k', async () => {
    const shell = await terminal();
    expect(await shell.run(`http https://localhost:${port}/`)).toContain('-k takes it all the same');
    expect(await shell.run('echo $?')).toBe('60\n');
    const said = await shell.run(`http -vk https://localhost:${port}/`);
    expect(said).toContain('* TLSv1.3, TLS_');
    expect(said).toMatch(/<\nsecret\n$/);
  });
});
