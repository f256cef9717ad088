import type { Machine } from '#protocol/demos.ts';

/** Which clients were found and which were not, each in the order in which the server looks for them. */
export function installedTools(tools: Machine['tools']): { found: readonly string[]; missing: readonly string[] } {
  const names = Object.keys(tools);
  return { found: names.filter((name) => tools[name]), missing: names.filter((name) => !tools[name]) };
}

/** The smallest receive buffer that a UDP demo was granted, in octets; `null` without UDP demos. */
export function smallestBuffer(buffers: Machine['udpReceiveBuffer']): number | null {
  const granted = Object.values(buffers);
  return granted.length === 0 ? null : Math.min(...granted);
}
