import { makeCertificate } from '../../certificate.ts';
import type { DemoCertificate } from '../demo.ts';

let made: Promise<DemoCertificate> | null = null;

/** A certificate for localhost, made once a test file and never written down. */
export function testCertificate(): Promise<DemoCertificate> {
  made ??= makeCertificate(['localhost', '127.0.0.1', '::1'], new Date());
  return made;
}
