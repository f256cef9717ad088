import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Octets of all buffers of this process that something still holds, garbage collected before. */
export function heldBufferBytes(): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc');
  // Buffers are swept in the background; the next collection waits for that.
  for (let round = 0; round < 3; round += 1) collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
