/** @typedef {import('./find.js').ClientName} ClientName */

/** Clients that Debian packages; tests are fetched. @typedef {Exclude<ClientName, 'aioTests'>} PackagedName */

/** Debian's package of each client. @type {Readonly<Record<PackagedName, string>>} */
export const DEBIAN_PACKAGES = {
  chromium: 'chromium',
  telnet: 'telnet',
  nc: 'netcat-openbsd',
  ncat: 'ncat',
  socat: 'socat',
  curl: 'curl',
  python3: 'python3',
  openssl: 'openssl',
  tcpdump: 'tcpdump',
  tshark: 'tshark',
  ip: 'iproute2',
  ping: 'iputils-ping',
  cc: 'gcc libc6-dev',
  tmux: 'tmux',
  prosody: 'prosody',
  profanity: 'profanity',
  sendxmpp: 'sendxmpp',
  slixmpp: 'python3-slixmpp',
  aioxmpp: 'python3-aioxmpp',
  pytest: 'python3-pytest',
};

/** Homebrew's formula of each client; macOS itself has nc, curl, openssl and tcpdump. @type {Readonly<Partial<Record<ClientName, string>>>} */
export const BREW_FORMULAE = { telnet: 'telnet', ncat: 'nmap', socat: 'socat', python3: 'python', tshark: 'wireshark' };

/** Playwright's own download, which works everywhere and needs no rights. */
const DOWNLOAD = 'npx playwright-core install chromium';

/**
 * The commands that install what is missing, for people to run.
 *
 * @param {readonly ClientName[]} missing
 * @param {NodeJS.Platform} [platform]
 * @returns {string[]}
 */
export function howToInstall(missing, platform = process.platform) {
  if (missing.length === 0) return [];
  if (platform === 'darwin') return onMac(missing);
  if (platform === 'win32') return onWindows(missing);
  const packages = packagedOf(missing).map((name) => DEBIAN_PACKAGES[name]);
  const commands = [];
  if (packages.length > 0) {
    commands.push(`sudo apt-get install ${packages.join(' ')}   (or the same of your distribution)`);
  }
  if (missing.includes('aioTests')) {
    commands.push(
      'node tools/clients.js --install   (fetches the tests of aioxmpp where apt-get reaches their source)',
    );
  }
  if (missing.includes('chromium')) commands.push(`for Chromium alone, without sudo: ${DOWNLOAD}`);
  return commands;
}

/**
 * Those that a package brings.
 *
 * @param {readonly ClientName[]} names
 * @returns {PackagedName[]}
 */
export function packagedOf(names) {
  return names.filter((name) => name !== 'aioTests');
}

/** @param {readonly ClientName[]} missing */
function onMac(missing) {
  const commands = [];
  const formulae = missing.flatMap((name) => BREW_FORMULAE[name] ?? []);
  if (formulae.length > 0) commands.push(`brew install ${formulae.join(' ')}`);
  if (missing.includes('cc')) commands.push('xcode-select --install   (the C compiler)');
  if (missing.includes('nc'))
    commands.push('put /usr/bin before any other nc on the PATH: the tests use the one of macOS');
  if (missing.includes('chromium')) commands.push(`${DOWNLOAD}   (or: brew install --cask google-chrome)`);
  return commands;
}

/** @param {readonly ClientName[]} missing */
function onWindows(missing) {
  if (!missing.includes('chromium')) return [];
  return [`${DOWNLOAD}   (or: winget install Google.Chrome, or: choco install googlechrome)`];
}
