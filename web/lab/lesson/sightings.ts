import type { LabSighting } from '#lessons/lab-checks.ts';
import { parseIpPacket } from '#packets/packet.ts';
import type { HostId } from '../net/link-settings.ts';
import { kindOf } from '../net/packet-kind.ts';
import type { PacketRecord } from '../net/packet-record.ts';
import type { Run } from '../net/run.ts';
import type { RunEvent } from '../net/run-event.ts';

/** Reads a run as the checks of lessons see it: everything once, also when the run is stepped back and forward again. */
export class SightingReader {
  readonly #run: Run;
  #events = 0;
  #branches: number;
  readonly #samples = new Map<string, number>();

  constructor(run: Run) {
    this.#run = run;
    this.#branches = run.branches;
  }

  /** What happened since it was asked last. */
  take(): readonly LabSighting[] {
    const run = this.#run;
    if (run.branches !== this.#branches) {
      // Another future: what is seen from here on has not been seen.
      this.#branches = run.branches;
      this.#events = Math.min(this.#events, run.events.length);
    }
    const found = run.events.slice(this.#events).flatMap((event) => sightingOf(event, run.packets) ?? []);
    this.#events = Math.max(this.#events, run.events.length);
    for (const host of ['a', 'b'] as const) found.push(...this.#congestion(host));
    return found.sort((a, b) => a.atUs - b.atUs);
  }

  #congestion(host: HostId): LabSighting[] {
    const found: LabSighting[] = [];
    for (const connection of this.#run.sampled(host)) {
      const key = `${host}${connection}`;
      const samples = this.#run.history(host, connection);
      for (const { at, cwnd, ssthresh } of samples.slice(this.#samples.get(key) ?? 0))
        found.push({ kind: 'congestion', atUs: at, host, cwnd, ssthresh });
      this.#samples.set(key, Math.max(samples.length, this.#samples.get(key) ?? 0));
    }
    return found;
  }
}

function sightingOf(event: RunEvent, packets: readonly PacketRecord[]): LabSighting | null {
  const { at: atUs } = event;
  switch (event.kind) {
    case 'sent':
    case 'lost':
    case 'arrived': {
      const packet = packets[event.packet];
      return packet ? { kind: event.kind, atUs, ...packetFacts(packet) } : null;
    }
    case 'state':
      return { kind: 'state', atUs, host: event.host, to: event.to };
    case 'output':
      return { kind: 'printed', atUs, host: event.host, text: event.text };
    default:
      return null;
  }
}

function packetFacts({ from, bytes, because, lost, overtaken }: PacketRecord) {
  const { transport, payloadLength } = parseIpPacket(bytes);
  return {
    from,
    is: kindOf(bytes),
    payload: payloadLength,
    window: transport?.layer === 'tcp' ? transport.window : null,
    rule: because.rule,
    numbers: because.numbers,
    cause: lost?.cause ?? null,
    overtaken,
  };
}
