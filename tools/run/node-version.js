/** What package.json asks for in `engines`, in words. */
export const NEEDED_NODE = 'Node 20.19 or newer of the 20 line, or 22.12 and newer';

/**
 * Whether Porthole runs on this version of Node (`engines` in package.json).
 *
 * @param {string} version Such as `20.19.0`.
 */
export function isNodeSupported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 20) return minor >= 19;
  return major > 22 || (major === 22 && minor >= 12);
}
