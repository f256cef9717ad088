import { useEffect, useState } from 'react';
import { PacketFile } from '../../packets/file/packet-file.ts';
import { readFile } from '../../packets/file/read-file.ts';
import { TRACES, tracePath } from '../../packets/file/traces.ts';
import { flowRows } from '../../packets/packet-rows.ts';
import { type TracePacket, tracePackets } from './trace-packets.ts';

/** The packets of a capture that comes with the page. */
export type Trace = readonly TracePacket[] | 'loading' | 'failed';

/** Loads a capture by name. */
export function useTrace(name: string): Trace {
  const [trace, setTrace] = useState<Trace>('loading');
  useEffect(() => {
    let wanted = true;
    void load(name).then((loaded) => {
      if (wanted) setTrace(loaded);
    });
    return () => {
      wanted = false;
    };
  }, [name]);
  return trace;
}

async function load(name: string): Promise<Trace> {
  const known = TRACES.find((each) => each === name);
  if (!known) return 'failed';
  try {
    const response = await fetch(tracePath(known));
    const blob = await response.blob();
    const read = await readFile(blob, () => {});
    const flow = read.ok ? new PacketFile(name, blob.size, read.columns).flowAt(0) : null;
    if (!response.ok || !flow) return 'failed';
    return tracePackets(flowRows(flow.flow, flow.packets, []).filter((row) => row.type === 'packet'));
  } catch {
    return 'failed';
  }
}
