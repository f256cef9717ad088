import { readFile as load } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { interfaceBlock, packetBlock, sectionBlock } from '#packets/pcapng-writer.ts';
import { inRepository } from '../../../tools/run/repository.js';
import { flowRows, type PacketRow } from '../packet-rows.ts';
import { MAX_CAPTURE_FILE_BYTES } from './limits.ts';
import { PacketFile } from './packet-file.ts';
import { readFile } from './read-file.ts';
import { TRACE_KERNEL, TRACES } from './traces.ts';

async function trace(name: string): Promise<PacketFile> {
  const bytes = await load(inRepository('web', 'public', 'traces', `${name}.pcapng`));
  const read = await readFile(new Blob([bytes]), () => {});
  if (!read.ok) throw new Error(read.refusal);
  return new PacketFile(name, bytes.length, read.columns);
}

/** The first flow of a trace as rows. */
async function rowsOf(name: string): Promise<PacketRow[]> {
  const found = (await trace(name)).flowAt(0);
  if (!found) throw new Error('no flow');
  return flowRows(found.flow, found.packets, []).filter((row) => row.type === 'packet');
}

const states = (rows: readonly PacketRow[]) => rows.map(({ after }) => `${after.client} ${after.server}`);

describe('the captures that come with the page', () => {
  it.each(TRACES)('%s is read to its end', async (name) => {
    const file = await trace(name);
    expect(file.columns.problem).toBeNull();
    expect(file.count).toBeGreaterThan(1);
    expect(file.packetAt(0)?.comment).toMatch(/\.$/);
    expect(file.packetAt(file.count)).toBeUndefined();
  });

  it('say on which kernel they were made', async () => {
    for (const name of TRACES) {
      const bytes = await load(inRepository('web', 'public', 'traces', `${name}.pcapng`));
      expect(bytes.includes(`Linux ${TRACE_KERNEL}.`)).toBe(true);
    }
  });

  it('show the states that the lessons speak of', async () => {
    expect(states(await rowsOf('handshake'))).toEqual([
      'SYN-SENT LISTEN',
      'SYN-SENT SYN-RECEIVED',
      ...Array(5).fill('ESTABLISHED ESTABLISHED'),
      'FIN-WAIT-1 ESTABLISHED',
      'FIN-WAIT-2 LAST-ACK',
      'TIME-WAIT CLOSED',
    ]);
    expect(states(await rowsOf('refused')).at(-1)).toBe('CLOSED CLOSED');
    expect(states(await rowsOf('half-close'))).toContain('FIN-WAIT-2 CLOSE-WAIT');
    expect(states(await rowsOf('reset')).at(-1)).toBe('CLOSED CLOSED');
  });

  it('mark what was sent again, and keep an ICMP error with the flow that it quotes', async () => {
    const marks = (await rowsOf('retransmission')).flatMap(({ followed }) => followed?.marks ?? []);
    expect(marks).toEqual(['duplicate-ack', 'retransmission']);
    expect((await rowsOf('unreachable')).map(({ place }) => place)).toEqual(['to-server', 'about']);
  });
});

describe('a capture file', () => {
  const block = packetBlock({ interface: 0, seconds: 1, nanoseconds: 0, bytes: new Uint8Array(60) });
  const begin = [sectionBlock({ application: 'test' }), interfaceBlock({ linkType: 1, name: 'x', snapLength: 0 })];

  it('is refused when it is larger than a tab can hold, before it is read', async () => {
    const huge = { size: MAX_CAPTURE_FILE_BYTES + 1, slice: () => expect.fail('read all the same') };
    expect(await readFile(huge, () => {})).toEqual({ ok: false, refusal: 'too-large' });
  });

  it.each([
    ['not-a-capture', new Blob(['<html>'])],
    ['not-a-capture', new Blob([])],
    ['empty', new Blob(begin as BlobPart[])],
  ])('is refused as %s', async (refusal, blob) => {
    expect(await readFile(blob, () => {})).toEqual({ ok: false, refusal });
  });

  it('is shown as far as it makes sense', async () => {
    const read = await readFile(new Blob([...begin, block, block, 'garbage!'] as BlobPart[]), () => {});
    expect(read).toMatchObject({ ok: true, columns: { count: 2, problem: { problem: expect.any(String) } } });
  });

  it('says how much of it is read', async () => {
    const parts: number[] = [];
    await readFile(new Blob([...begin, block] as BlobPart[]), (part) => parts.push(part));
    expect(parts.at(-1)).toBe(1);
  });
});
