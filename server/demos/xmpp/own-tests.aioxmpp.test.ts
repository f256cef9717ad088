/** The end-to-end tests that aioxmpp itself has, fetched from Debian's source package, against our server. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAioxmppTests } from '../../../tools/clients/aioxmpp-tests.js';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { Program } from '../testing/program.ts';
import { XmppClient } from './testing/xmpp-client.ts';

/** Tests of what docs/xmpp.md says is not there. Everything else is run. */
const LEFT_OUT: readonly [name: string, reason: string][] = [
  ['tests/adhoc/test_e2e.py::TestAdHocClient', 'no ad-hoc commands (XEP-0050)'],
  ['tests/avatar/', 'no personal eventing (XEP-0163)'],
  ['tests/pep/', 'no personal eventing (XEP-0163)'],
  ['tests/pubsub/', 'no publish-subscribe (XEP-0060)'],
];

/** Accounts besides the three of the demo: some tests take five. */
const REGISTERED = ['dave', 'erin'];

const folder = findAioxmppTests() ?? '';
const names = await collect();

describe("aioxmpp's own tests", () => {
  let playground: TestPlayground;
  let work: string;
  let run: Program;

  beforeAll(async () => {
    playground = await startTestPlayground();
    const { port } = playground.address('xmpp', 'tcp');
    await register(port);
    work = await mkdtemp(join(tmpdir(), 'porthole-aioxmpp-'));
    const file = join(work, 'e2etest.ini');
    await writeFile(file, configuration(port));
    run = pytest(['-p', 'aioxmpp.e2etest', `--e2etest-config=${file}`, '-v', '--tb=short', ...names]);
  });

  afterAll(async () => {
    await run.stop();
    await playground.close();
    await rm(work, { recursive: true, force: true });
  });

  it('are about presence, rooms, private storage, blocking, version and ping, at the least', () => {
    const kinds = new Set(names.map((name) => name.split('/')[1]));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['presence', 'muc', 'private_xml', 'blocking', 'version', 'ping']),
    );
  });

  it.each(names)('%s', async (name) => {
    await run.prints(`${name} PASSED`);
  });
});

/** Names of the tests that are to be run. */
async function collect(): Promise<string[]> {
  const { stdout, stderr } = await pytest(['--collect-only', '-q', ...modules()]).result();
  const found = String(stdout).match(/^tests\/\S+::\S+$/gm) ?? [];
  for (const [left, reason] of LEFT_OUT) {
    if (!found.some((name) => name.startsWith(left)))
      throw new Error(`nothing to leave out: ${left}, ${reason}${stderr}`);
  }
  return found.filter((name) => !LEFT_OUT.some(([left]) => name.startsWith(left)));
}

/** Files of tests, relative to the folder. */
function modules(): string[] {
  const tests = readdirSync(join(folder, 'tests'), { withFileTypes: true });
  return tests.map(({ name }) => `tests/${name}/test_e2e.py`).filter((file) => existsSync(join(folder, file)));
}

/** Starts pytest on the tests; it writes nothing into their folder. */
function pytest(args: readonly string[]): Program {
  const options = ['-p', 'no:cacheprovider', '--rootdir', folder, '-W', 'ignore'];
  return Program.start('/usr/bin/env', [
    ...['-C', folder, 'PYTHONDONTWRITEBYTECODE=1', '/usr/bin/python3', '-u', '-m', 'pytest', ...options, ...args],
  ]);
}

async function register(port: number): Promise<void> {
  const client = await XmppClient.connect(port);
  await client.open();
  for (const name of REGISTERED) {
    const fields = `<username>${name}</username><password>porthole</password>`;
    await client.ask('set', `<query xmlns='jabber:iq:register'>${fields}</query>`);
  }
  client.close();
}

function configuration(port: number): string {
  const provisioner = 'aioxmpp.e2etest.provision.StaticPasswordProvisioner';
  const accounts = ['alice', 'bob', 'carol', ...REGISTERED].map((name) => `("${name}", "porthole")`);
  return `[global]
provisioner=${provisioner}
timeout=10
[${provisioner}]
host=127.0.0.1
port=${port}
domain=localhost
no_verify=true
accounts=[${accounts.join(', ')}]
quirks=[]
`;
}
