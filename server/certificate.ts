/** The playground's own certificate: made when it is first needed, and kept in the data folder. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { DemoCertificate } from './demos/demo.ts';

const CERTIFICATE_FILE = 'certificate.pem';
const KEY_FILE = 'certificate-key.pem';

/** How long a new one is valid. Browsers take no server's certificate for more than 398 days. */
const VALID_DAYS = 397;

/** One that ends within so many milliseconds is replaced. */
const RENEW_BEFORE_MS = 7 * 24 * 60 * 60 * 1_000;

/** Names that every one is for. */
const NAMES = ['localhost', '127.0.0.1', '::1'];

/** What the certificate is made for, and with. */
export interface CertificateOptions {
  /** Data folder. */
  readonly folder: string;
  /** Addresses that are listened on, besides loopback. */
  readonly hosts: readonly string[];
  readonly now: () => Date;
  /** Told, in a sentence, when it cannot be kept. */
  readonly warn: (sentence: string) => void;
}

/**
 * Gives the certificate, the same to everybody who asks: the one in the data folder, or a new one where there is none, where it
 * ends soon, lacks one of the hosts, or cannot be read. Its key is readable by this user only.
 */
export function certificateKeeper(options: CertificateOptions): () => Promise<DemoCertificate> {
  let kept: Promise<DemoCertificate> | null = null;
  return () => {
    kept ??= loadOrMake(options);
    return kept;
  };
}

async function loadOrMake(options: CertificateOptions): Promise<DemoCertificate> {
  const names = [...new Set([...NAMES, ...options.hosts])];
  const stored = await load(options.folder);
  if (stored && fits(stored, names, options.now())) return stored;
  const made = await makeCertificate(names, options.now());
  await store(options, made);
  return made;
}

async function load(folder: string): Promise<DemoCertificate | null> {
  try {
    const certificatePem = await readFile(join(folder, CERTIFICATE_FILE), 'utf8');
    const keyPem = await readFile(join(folder, KEY_FILE), 'utf8');
    return described(certificatePem, keyPem);
  } catch {
    // Not there, or nothing that can be used: a new one replaces it.
    return null;
  }
}

/** Throws when the two make no sense. */
function described(certificatePem: string, keyPem: string): DemoCertificate {
  const certificate = new X509Certificate(certificatePem);
  if (!certificate.checkPrivateKey(createPrivateKey(keyPem))) throw new Error('the key is of another certificate');
  return { certificatePem, keyPem, fingerprint: certificate.fingerprint256 };
}

function fits({ certificatePem }: DemoCertificate, names: readonly string[], now: Date): boolean {
  const certificate = new X509Certificate(certificatePem);
  const endsMs = Date.parse(certificate.validTo);
  if (!(endsMs - now.getTime() > RENEW_BEFORE_MS)) return false;
  return names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined);
}

/** Makes a self-signed one (ECDSA, P-256). The library is loaded only now: most starts need no new certificate. */
export async function makeCertificate(names: readonly string[], now: Date): Promise<DemoCertificate> {
  const { generate } = await import('selfsigned');
  const altNames = names.map((name) =>
    isIP(name) ? ({ type: 7, ip: name } as const) : ({ type: 2, value: name } as const),
  );
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: now,
    notAfterDate: new Date(now.getTime() + VALID_DAYS * 24 * 60 * 60 * 1_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return described(made.cert, made.private);
}

async function store({ folder, warn }: CertificateOptions, made: DemoCertificate): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await put(join(folder, KEY_FILE), made.keyPem);
    await put(join(folder, CERTIFICATE_FILE), made.certificatePem);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`The certificate could not be kept (${reason}); the next start makes another one.`);
  }
}

/** Written whole and renamed into place. */
async function put(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
