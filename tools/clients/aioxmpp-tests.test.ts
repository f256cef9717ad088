import { expect, it } from 'vitest';
import { policyOf } from './aioxmpp-tests.js';

const POLICY = `python3-aioxmpp:
  Installed: 0.13.3-1
  Candidate: 0.13.3-2
  Version table:
     0.13.3-2 500
        500 http://archive.example/debian newer/main amd64 Packages
 *** 0.13.3-1 500
        500 http://archive.example/debian stable/main amd64 Packages
        500 https://security.example/debian stable-security/updates/main amd64 Packages
        100 /var/lib/dpkg/status
`;

it('takes the archives of the version that is installed', () => {
  expect(policyOf(POLICY)).toEqual({
    version: '0.13.3-1',
    origins: [
      'http://archive.example/debian stable main',
      'https://security.example/debian stable-security/updates main',
    ],
  });
});

it('knows no archive where the lists of apt have been removed', () => {
  const onlyInstalled = POLICY.replace(/^ +500 \w+:.*\n/gm, '');
  expect(policyOf(onlyInstalled)).toEqual({ version: '0.13.3-1', origins: [] });
});

it('says so when it is not installed', () => {
  expect(() => policyOf('python3-aioxmpp:\n  Installed: (none)\n')).toThrow('is not installed');
});
