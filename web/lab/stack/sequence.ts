/** The stack counts in the sequence space of the wire. */
export { advance, before, distance } from '#packets/sequence.ts';
