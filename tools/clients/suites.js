/** @typedef {import('./find.js').Clients} Clients */
/** @typedef {import('./find.js').ClientName} ClientName */
/** @typedef {'clients' | 'kernel' | 'xmpp' | 'aioxmpp' | 'e2e'} SuiteName */

/**
 * A suite that drives real clients, and whether this machine can run it.
 *
 * @typedef {object} SuiteNeeds
 * @property {SuiteName} suite Vitest project.
 * @property {readonly ClientName[]} missing What must be installed before it can run; empty: it can.
 * @property {string | null} notHere Why this platform cannot have what it needs, whatever one installs; else `null`.
 */

/** What the XMPP demo is tried with. @type {readonly ClientName[]} */
const MESSENGERS = ['tmux', 'prosody', 'profanity', 'sendxmpp', 'slixmpp', 'aioxmpp'];
/** What the tests that aioxmpp itself has are run with. @type {readonly ClientName[]} */
const AIOXMPP_TESTERS = ['aioxmpp', 'pytest', 'aioTests'];
const DEBIAN_ONLY = 'its clients and the server beside ours are those that Debian packages';

/**
 * Says of each suite that needs clients whether it can run here, and for want of what not.
 *
 * @param {Clients} clients
 * @param {NodeJS.Platform} [platform]
 * @returns {SuiteNeeds[]}
 */
export function suiteNeeds(clients, platform = process.platform) {
  /** @type {readonly ClientName[]} */
  const terminalClients = ['telnet', 'nc', 'ncat', 'socat', 'curl', 'python3', 'openssl', 'tcpdump', 'tshark', 'cc'];
  /** @type {readonly ClientName[]} */
  const kernelClients = ['ip', 'ping', 'socat', 'nc', 'curl'];
  const onWindows = platform === 'win32';
  return [
    {
      suite: 'clients',
      missing: onWindows
        ? []
        : terminalClients.filter((name) => clients[name] === null || isWrongNetcat(name, clients, platform)),
      notHere: onWindows
        ? 'nc and socat do not exist for Windows, and its telnet only talks to a console window'
        : null,
    },
    {
      suite: 'kernel',
      missing: clients.noNamespace === null ? kernelClients.filter((name) => clients[name] === null) : [],
      notHere: clients.noNamespace,
    },
    { suite: 'e2e', missing: clients.chromium === null ? ['chromium'] : [], notHere: null },
    onDebian('xmpp', MESSENGERS, clients, platform),
    onDebian('aioxmpp', AIOXMPP_TESTERS, clients, platform),
  ];
}

/**
 * @param {SuiteName} suite
 * @param {readonly ClientName[]} needed
 * @param {Clients} clients
 * @param {NodeJS.Platform} platform
 * @returns {SuiteNeeds}
 */
function onDebian(suite, needed, clients, platform) {
  if (platform !== 'linux') return { suite, missing: [], notHere: DEBIAN_ONLY };
  return { suite, missing: needed.filter((name) => clients[name] === null), notHere: null };
}

/**
 * The tests use options of OpenBSD's netcat, which Debian and macOS have; another one by that name will not do.
 *
 * @param {ClientName} name
 * @param {Clients} clients
 * @param {NodeJS.Platform} platform
 */
function isWrongNetcat(name, clients, platform) {
  const expected = platform === 'darwin' ? 'apple' : 'openbsd';
  return name === 'nc' && clients.ncKind !== expected;
}
