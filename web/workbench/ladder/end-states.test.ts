import { describe, expect, it } from 'vitest';
import type { Direction, WireEventKind } from '#protocol/wire.ts';
import { type Ends, endsAfter, endsBefore } from './end-states.ts';

type Step = readonly [WireEventKind, (Direction | null)?];
const TCP_SERVER = { transport: 'tcp', observer: 'server' } as const;
const TCP_CLIENT = { transport: 'tcp', observer: 'client' } as const;

function follow(seen: typeof TCP_SERVER | typeof TCP_CLIENT, ...steps: readonly Step[]): Ends {
  return steps.reduce<Ends>(
    (ends, [kind, direction = null]) => endsAfter(seen, ends, { kind, direction }),
    endsBefore(seen),
  );
}
const names = (ends: Ends) => [ends.client?.name ?? null, ends.server?.name ?? null];
const evidence = (ends: Ends) => [ends.client?.evidence ?? null, ends.server?.evidence ?? null];

describe('endsAfter', () => {
  it('begins with a listener and a client without a connection', () => {
    expect(names(endsBefore(TCP_SERVER))).toEqual(['CLOSED', 'LISTEN']);
  });

  it('knows nothing of a foreign server before it accepts', () => {
    expect(names(endsBefore(TCP_CLIENT))).toEqual(['CLOSED', null]);
  });

  it('calls the observed end observed and the other derived', () => {
    expect(evidence(follow(TCP_SERVER, ['opened', 'to-server']))).toEqual(['derived', 'observed']);
    expect(evidence(follow(TCP_CLIENT, ['opened', 'to-server']))).toEqual(['observed', 'derived']);
  });

  it('follows a client that closes first through to TIME-WAIT', () => {
    const half: readonly Step[] = [
      ['opened', 'to-server'],
      ['data', 'to-server'],
      ['half-closed', 'to-server'],
    ];
    expect(names(follow(TCP_SERVER, ...half))).toEqual(['FIN-WAIT-2', 'CLOSE-WAIT']);
    expect(names(follow(TCP_SERVER, ...half, ['half-closed', 'to-client']))).toEqual(['TIME-WAIT', 'LAST-ACK']);
    expect(names(follow(TCP_SERVER, ...half, ['half-closed', 'to-client'], ['closed']))).toEqual([
      'TIME-WAIT',
      'CLOSED',
    ]);
  });

  it('follows a server that closes first; its TIME-WAIT is derived, for no socket call shows it', () => {
    const ends = follow(TCP_SERVER, ['opened', 'to-server'], ['half-closed', 'to-client']);
    expect(names(ends)).toEqual(['CLOSE-WAIT', 'FIN-WAIT']);
    const closed = follow(
      TCP_SERVER,
      ['opened', 'to-server'],
      ['half-closed', 'to-client'],
      ['half-closed', 'to-server'],
      ['closed'],
    );
    expect(names(closed)).toEqual(['CLOSED', 'TIME-WAIT']);
    expect(closed.server).toEqual({ name: 'TIME-WAIT', evidence: 'derived', rule: 'first-closer' });
  });

  it('does not take a second report of the same FIN for the other end’s', () => {
    const ends = follow(
      TCP_SERVER,
      ['opened', 'to-server'],
      ['half-closed', 'to-server'],
      ['half-closed', 'to-server'],
    );
    expect(names(ends)).toEqual(['FIN-WAIT-2', 'CLOSE-WAIT']);
  });

  it('ends both at a reset', () => {
    expect(names(follow(TCP_SERVER, ['opened', 'to-server'], ['reset', 'to-server']))).toEqual(['CLOSED', 'CLOSED']);
  });

  it('leaves the server blank where a connection failed, and both where recording stopped', () => {
    expect(names(follow(TCP_CLIENT, ['failed', 'to-server']))).toEqual(['CLOSED', null]);
    expect(names(follow(TCP_SERVER, ['opened', 'to-server'], ['detached']))).toEqual([null, null]);
  });

  it('gives UDP no states', () => {
    const udp = { transport: 'udp', observer: 'server' } as const;
    expect(names(endsAfter(udp, endsBefore(udp), { kind: 'datagram', direction: 'to-server' }))).toEqual([null, null]);
  });
});
