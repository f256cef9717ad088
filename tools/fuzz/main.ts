/** `npm run fuzz [packets] [seed]`: see packets.ts. Exit code 1 when a promise was broken. */
import { fuzzPackets } from './packets.ts';

const [packets = '1000000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
const beganMs = performance.now();
console.log(`fuzzing ${packets} packets with seed ${seed}`);
try {
  const { understood, files, frames } = fuzzPackets(Number(packets), Number(seed));
  const seconds = ((performance.now() - beganMs) / 1_000).toFixed(1);
  console.log(
    `${packets} packets (${understood} read to their transport header), ${files} files with ${frames} frames: ${seconds} s`,
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
