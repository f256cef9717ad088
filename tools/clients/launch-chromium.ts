import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_VARIABLE, chromiumFlags, findChromium } from './chromium.js';

/** A camera and a microphone that are made up, and calls between two pages also where there is no network but loopback. */
const MEDIA_FLAGS = ['--use-fake-device-for-media-stream', '--allow-loopback-in-peer-connection'];

/**
 * Launches the Chromium that is found on this machine, headless. Throws with what to do when there is none.
 *
 * @param flags Further flags of the browser.
 */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === null) {
    throw new Error(`no Chromium found: run \`node tools/clients.js --install\`, or set ${CHROMIUM_VARIABLE} to one`);
  }
  return chromium.launch({ executablePath, headless: true, args: [...chromiumFlags(), ...MEDIA_FLAGS, ...flags] });
}
