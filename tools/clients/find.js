import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEBIAN_MODULES, findAioxmppTests } from './aioxmpp-tests.js';
import { findChromium } from './chromium.js';
import { whyNoNamespace } from './namespace.js';
import { netcatKind } from './netcat.js';
import { isExecutable, onPath } from './path.js';

/**
 * Real clients that tests drive, and where they are; `null` where they are not.
 *
 * @typedef {object} Clients
 * @property {string | null} chromium
 * @property {string | null} telnet
 * @property {string | null} nc
 * @property {string | null} ncat
 * @property {string | null} socat
 * @property {string | null} curl
 * @property {string | null} python3
 * @property {string | null} openssl
 * @property {string | null} tcpdump
 * @property {string | null} tshark Brings dumpcap, capinfos and editcap.
 * @property {string | null} cc A C compiler.
 * @property {string | null} ip Of iproute2, which brings ss and nstat.
 * @property {string | null} ping
 * @property {string | null} tmux
 * @property {string | null} prosody
 * @property {string | null} profanity
 * @property {string | null} sendxmpp
 * @property {string | null} slixmpp The library, for the system's own Python.
 * @property {string | null} aioxmpp The library, for the system's own Python.
 * @property {string | null} pytest The library, for the system's own Python.
 * @property {string | null} aioTests The tests that aioxmpp itself has, fetched into the repository's cache.
 * @property {import('./netcat.js').NetcatKind | null} ncKind Which netcat `nc` is.
 * @property {string | null} noNamespace Why no network namespace can be made here; `null`: one can.
 */

/** @typedef {Exclude<keyof Clients, 'ncKind' | 'noNamespace'>} ClientName */

/**
 * Looks for everything; starts nothing but `chromium --version`, `nc -h` and `unshare --net --mount true`.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Clients>}
 */
export async function findClients(env = process.env) {
  const nc = onPath('nc', env);
  return {
    chromium: await findChromium(env),
    telnet: onPath('telnet', env),
    nc,
    ncat: onPath('ncat', env),
    socat: onPath('socat', env),
    curl: onPath('curl', env),
    python3: onPath('python3', env),
    openssl: onPath('openssl', env),
    tcpdump: onPath('tcpdump', env),
    tshark: onPath('tshark', env),
    ip: onPath('ip', env),
    ping: onPath('ping', env),
    cc: onPath('cc', env),
    tmux: onPath('tmux', env),
    prosody: onPath('prosody', env),
    profanity: onPath('profanity', env),
    sendxmpp: onPath('sendxmpp', env),
    slixmpp: debianModule('slixmpp'),
    aioxmpp: debianModule('aioxmpp'),
    pytest: debianModule('pytest'),
    aioTests: findAioxmppTests(),
    ncKind: nc === null ? null : await netcatKind(nc),
    noNamespace: await whyNoNamespace(),
  };
}

/**
 * Where Debian's package of a Python library is.
 *
 * @param {string} name
 * @returns {string | null}
 */
function debianModule(name) {
  const folder = join(DEBIAN_MODULES, name);
  return existsSync(folder) && isExecutable('/usr/bin/python3') ? folder : null;
}

/**
 * One line a client, for people.
 *
 * @param {Clients} clients
 * @returns {string[]}
 */
export function describeClients(clients) {
  const { ncKind, noNamespace: _, ...files } = clients;
  return Object.entries(files).map(([name, file]) => {
    const kind = name === 'nc' && file !== null ? ` (${ncKind})` : '';
    return `${name.padEnd(9)} ${file ?? '—'}${kind}`;
  });
}
