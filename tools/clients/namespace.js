import { existsSync } from 'node:fs';
import { runCommand } from '../run/command.js';

const TUN = '/dev/net/tun';
const TRIAL_TIMEOUT_MS = 5_000;

/**
 * Why no network namespace with a TUN device can be made here, for a person; `null`: one can. It is tried, not guessed.
 *
 * @param {NodeJS.Platform} [platform]
 * @returns {Promise<string | null>}
 */
export async function whyNoNamespace(platform = process.platform) {
  if (platform !== 'linux') return 'it talks to the kernel of Linux';
  if (process.getuid?.() !== 0) return 'it makes a network namespace, which takes root';
  if (!existsSync(TUN)) return `it makes a TUN device, and there is no ${TUN}`;
  const { code } = await runCommand('unshare', ['--net', '--mount', 'true'], { timeoutMs: TRIAL_TIMEOUT_MS });
  return code === 0 ? null : 'it makes a network namespace, which is not allowed here';
}
