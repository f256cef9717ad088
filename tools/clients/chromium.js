import { chromium } from 'playwright-core';
import { runCommand } from '../run/command.js';
import { isExecutable, onPath } from './path.js';

/** A browser that does not say its version within this time is not usable. */
const VERSION_TIMEOUT_MS = 20_000;

/** Environment variable that names the browser to use, before any that is found. */
export const CHROMIUM_VARIABLE = 'PORTHOLE_CHROMIUM';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
  'msedge',
];

const MAC_APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * Finds a Chromium, Chrome or Edge that can be started: the one named by PORTHOLE_CHROMIUM, one installed on the system,
 * or playwright's own download. A file that is there but does not run (Ubuntu's stub for a snap, for instance) is passed over.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string | null>}
 */
export async function findChromium(env = process.env) {
  for (const file of candidates(env)) {
    if (isExecutable(file) && (await answers(file))) return file;
  }
  return null;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
function candidates(env) {
  const named = env[CHROMIUM_VARIABLE];
  if (named) return [named];
  const found = NAMES.flatMap((name) => onPath(name, env) ?? []);
  if (process.platform === 'darwin') found.push(...MAC_APPLICATIONS);
  if (process.platform === 'win32') found.push(...windowsPrograms(env));
  return [...found, chromium.executablePath()];
}

/** @param {NodeJS.ProcessEnv} env */
function windowsPrograms(env) {
  const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
  return roots.flatMap((root) => (root ? WINDOWS_PROGRAMS.map((program) => `${root}\\${program}`) : []));
}

/** @param {string} file */
async function answers(file) {
  // chrome.exe opens a window instead of printing its version: there the file must do.
  if (process.platform === 'win32') return true;
  const { code } = await runCommand(file, ['--version'], { timeoutMs: VERSION_TIMEOUT_MS });
  return code === 0;
}

/**
 * Parts of the browser that a test has no use for. The address bar's own pages, which nobody sees without a window, cost
 * more than a page of ours: 0.6 s of a processor for each context. Chromium heeds only the last list that it is given, so
 * what playwright switches off is here again, as far as it has to do with us.
 */
const DISABLED_FEATURES = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AimEnabled',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
];

/**
 * Flags for a browser that only visits our own page on loopback: no sandbox as root (Chromium refuses to start with one),
 * and nothing that talks to anybody else.
 *
 * @returns {string[]}
 */
export function chromiumFlags() {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
  ];
  return process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
}
