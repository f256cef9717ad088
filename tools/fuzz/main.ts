/** `npm run fuzz [packets] [seed]`: see packets.ts and stack.ts; a wire for every thousand packets. Exit code 1 when a promise was broken. */
import { fuzzPackets } from './packets.ts';
import { fuzzStack } from './stack.ts';

const PACKETS_A_WIRE = 1_000;

const [packets = '1000000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
const beganMs = performance.now();
console.log(`fuzzing ${packets} packets with seed ${seed}`);
try {
  const { understood, files, frames } = fuzzPackets(Number(packets), Number(seed));
  const seconds = ((performance.now() - beganMs) / 1_000).toFixed(1);
  console.log(
    `${packets} packets (${understood} read to their transport header), ${files} files with ${frames} frames: ${seconds} s`,
  );
  const stack = fuzzStack(Math.ceil(Number(packets) / PACKETS_A_WIRE), Number(seed));
  const allSeconds = ((performance.now() - beganMs) / 1_000).toFixed(1);
  console.log(
    `${stack.wires} wires with ${stack.packets} packets of the lab's stack, ${stack.hostile} hostile ones: ${allSeconds} s`,
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
