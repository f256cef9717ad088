import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificateKeeper } from './certificate.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1_000;

let folder: string;
const warnings: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-certificate-'));
  warnings.length = 0;
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const keeper = (now = NOW, hosts: readonly string[] = [], where = folder) =>
  certificateKeeper({ folder: where, hosts, now: () => now, warn: (sentence) => warnings.push(sentence) });

describe('the certificate', () => {
  it('is for localhost and both loopback addresses, and no authority', async () => {
    const { certificatePem, fingerprint } = await keeper()();
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect([certificate.ca, certificate.checkIssued(certificate)]).toEqual([false, true]);
    expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(Date.parse(certificate.validTo) - NOW.getTime()).toBeLessThanOrEqual(398 * DAY_MS);
  });

  it('is made once, and the next start finds it', async () => {
    const keep = keeper();
    const [one, other] = await Promise.all([keep(), keep()]);
    expect(other).toBe(one);
    expect(await keeper()()).toEqual(one);
  });

  it('has a key that only this user can read', async () => {
    await keeper()();
    const { mode } = await stat(join(folder, 'certificate-key.pem'));
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
  });

  it('is made anew before it ends, and for another address', async () => {
    const first = await keeper()();
    expect((await keeper(new Date(NOW.getTime() + 300 * DAY_MS))()).fingerprint).toBe(first.fingerprint);
    const renewed = await keeper(new Date(NOW.getTime() + 395 * DAY_MS))();
    expect(renewed.fingerprint).not.toBe(first.fingerprint);
    const wider = await keeper(new Date(NOW.getTime() + 395 * DAY_MS), ['192.0.2.7'])();
    expect(new X509Certificate(wider.certificatePem).checkIP('192.0.2.7')).toBe('192.0.2.7');
  });

  it('is made anew when its files make no sense, or do not belong together', async () => {
    const first = await keeper()();
    await writeFile(join(folder, 'certificate.pem'), 'nonsense');
    const second = await keeper()();
    expect(second.fingerprint).not.toBe(first.fingerprint);
    await writeFile(join(folder, 'certificate-key.pem'), first.keyPem);
    expect((await keeper()()).fingerprint).not.toBe(second.fingerprint);
    expect(await readFile(join(folder, 'certificate-key.pem'), 'utf8')).toContain('PRIVATE KEY');
  });

  it('that cannot be kept is used all the same, and said', async () => {
    await writeFile(join(folder, 'file'), '');
    expect((await keeper(NOW, [], join(folder, 'file'))()).fingerprint).toBeTruthy();
    expect(warnings).toEqual([expect.stringContaining('The certificate could not be kept')]);
  });
});
