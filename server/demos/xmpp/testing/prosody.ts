/** Debian's Prosody beside ours: in the foreground, with everything in memory, on ports of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../../testing/free-port.ts';

/** A running Prosody. */
export interface Prosody {
  readonly port: number;
  /** Its process, to measure it. */
  readonly pid: number;
  /** The end of its log, for a test that fails: what it was told and what it answered. */
  said(): Promise<string>;
  stop(): Promise<void>;
}

/** How long it may take to listen, in milliseconds. */
const START_WITHIN_MS = 20_000;

/** Of its log, so much is shown, in UTF-16 units. */
const MAX_SAID_CHARS = 4_000;

/**
 * Starts one in which any user and any password are right (its module `auth_insecure`, as its own tests use it).
 * @param archive whether it keeps an archive of messages. Default: yes.
 * @param log how much it writes down for `said`. Default: errors.
 */
export async function startProsody({
  archive = true,
  log = 'error',
}: {
  archive?: boolean;
  log?: 'error' | 'debug';
} = {}): Promise<Prosody> {
  const folder = await mkdtemp(join(tmpdir(), 'porthole-prosody-'));
  // It takes no 0.
  const port = await freePort();
  const file = join(folder, 'prosody.cfg.lua');
  await writeFile(file, configuration(folder, port, archive, log));
  const child = spawn('prosody', ['-F', '--config', file], { stdio: 'ignore' });
  const said = async (): Promise<string> => {
    const lines = await readFile(join(folder, 'prosody.log'), 'utf8').catch(() => '');
    return lines.slice(-MAX_SAID_CHARS) || 'nothing';
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(child, port);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const words = await said();
    await stop();
    throw new Error(`${reason}; its log says:\n${words}`, { cause: error });
  }
  return { port, pid: child.pid ?? 0, said, stop };
}

function configuration(folder: string, port: number, archive: boolean, log: 'error' | 'debug'): string {
  return `
run_as_root = true
pidfile = "${folder}/prosody.pid"
data_path = "${folder}"
interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
s2s_ports = { }
http_ports = { }
https_ports = { }
log = { ${log} = "${folder}/prosody.log" }
use_libevent = true
authentication = "insecure"
insecure_open_authentication = "Yes please, I know what I'm doing!"
storage = "memory"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
mam_smart_enable = false
modules_enabled = {
  "roster", "saslauth", "disco", "carbons", "private", "blocklist", "vcard_legacy", "pep", "version", "uptime", "time",
  "ping", "offline", "smacks", "lastactivity", ${archive ? '"mam",' : ''}
}
modules_disabled = { "s2s", "tls", "limits" }
VirtualHost "localhost"
Component "conference.localhost" "muc"
`;
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  const endsMs = performance.now() + START_WITHIN_MS;
  let failure: Error | null = null;
  child.once('error', (error) => {
    failure = error;
  });
  while (!(await answers(port))) {
    if (failure) throw failure;
    if (child.exitCode !== null) throw new Error(`prosody ended with ${child.exitCode}`);
    if (performance.now() > endsMs) throw new Error('prosody does not listen');
    await wait(50);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Lua that reads one tag, so many octets at a time, with the parser that Prosody has, and prints whether it has seen it. */
const reading = (octets: number): string => `
local seen = false
local tag = "<stream to='localhost' and='more than twice what a piece has, so that it may be put off for ever'>"
local parser = require('lxp').new { StartElement = function() seen = true end }
for at = 1, #tag, ${octets} do parser:parse(tag:sub(at, at + ${octets} - 1)) end
io.write(tostring(seen))`;

/**
 * Whether this machine's Prosody reads what comes in small pieces. Since the mending of CVE-2023-52425 expat puts off a
 * token until it has grown to twice its length, unless it is told not to, and LuaExpat 1.5 does not tell it: a header in
 * pieces then waits for octets that nobody has to send. `true` where there is no Lua to ask.
 */
export async function readsPieces(octets: number): Promise<boolean> {
  for (const lua of ['lua5.4', 'lua']) {
    try {
      const { stdout } = await promisify(execFile)(lua, ['-e', reading(octets)]);
      return stdout === 'true';
    } catch {
      // Another name, or no LuaExpat for this one.
    }
  }
  return true;
}
