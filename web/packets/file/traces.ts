/** The captures that come with the page, in the order of the course; `tools/traces/make.ts` makes them. */
export const TRACES = [
  'handshake',
  'refused',
  'reset',
  'half-close',
  'retransmission',
  'unreachable',
  'fragmentation',
] as const;

/** A capture by its name. */
export type TraceName = (typeof TRACES)[number];

/** Linux on which they were captured; each file's own comment says the same. */
export const TRACE_KERNEL = '6.18';

/** Where a trace is served. */
export function tracePath(name: TraceName): string {
  return `/traces/${name}.pcapng`;
}
