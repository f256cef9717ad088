/**
 * Finds the real clients that the tests drive (Chromium, telnet, nc, ncat, socat, curl, python3, openssl, tcpdump, tshark …), and says which suites are left out
 * for want of which. `node tools/clients.js` only looks; with `--install` it installs what is missing where it can.
 * Exit code 0 when every suite of this platform can run, else 1.
 */
import { howToInstall } from './clients/advice.js';
import { describeClients, findClients } from './clients/find.js';
import { installMissing } from './clients/install.js';
import { suiteNeeds } from './clients/suites.js';
import { isStarted } from './run/started.js';

/** @typedef {import('./clients/suites.js').SuiteNeeds} SuiteNeeds */
/** @typedef {import('./clients/find.js').ClientName} ClientName */

/**
 * Looks, installs if asked to, looks again, and tells `log` what came of it.
 *
 * @param {{ install: boolean, log: (line: string) => void }} options
 * @returns {Promise<SuiteNeeds[]>}
 */
export async function checkClients({ install, log }) {
  let clients = await findClients();
  const missing = missingClients(suiteNeeds(clients));
  if (install && missing.length > 0) {
    log(`Missing here: ${missing.join(', ')}. Installing what can be installed.`);
    await installMissing(missing, log);
    clients = await findClients();
  }
  const suites = suiteNeeds(clients);
  for (const line of describeClients(clients)) log(line);
  for (const line of leftOutLines(suites)) log(line);
  for (const line of howToInstall(missingClients(suites))) log(`To install: ${line}`);
  return suites;
}

/**
 * @param {readonly SuiteNeeds[]} suites
 * @returns {ClientName[]} Each once.
 */
function missingClients(suites) {
  return [...new Set(suites.flatMap((each) => each.missing))];
}

/** @param {readonly SuiteNeeds[]} suites */
function leftOutLines(suites) {
  return suites.flatMap(({ suite, missing, notHere }) => {
    if (notHere !== null) return [`The suite "${suite}" is not for this system: ${notHere}.`];
    return missing.length > 0 ? [`The suite "${suite}" is left out: it needs ${missing.join(', ')}.`] : [];
  });
}

if (isStarted(import.meta.url)) {
  const suites = await checkClients({ install: process.argv.includes('--install'), log: (line) => console.log(line) });
  process.exitCode = missingClients(suites).length === 0 ? 0 : 1;
}
