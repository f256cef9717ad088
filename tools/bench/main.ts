/**
 * `npm run bench`: every figure of ours beside a peer's, measured in the same run, as ratios. `npm run bench -- echo udp`
 * runs parts of it. It is no test: a missed target is printed, and the exit code is 0 unless something broke.
 * All load goes over loopback. Run it alone on the machine: interleaving makes the ratios fair, not the figures high.
 */
import { cpus } from 'node:os';
import { buildIfNeeded } from '../run/build.js';
import type { Row } from './part.ts';
import { chatPart } from './parts/chat.ts';
import { echoPart } from './parts/echo.ts';
import { framesPart } from './parts/frames.ts';
import { idlePart } from './parts/idle.ts';
import { labPart } from './parts/lab.ts';
import { ladderPart } from './parts/ladder.ts';
import { packetsPart } from './parts/packets.ts';
import { pagePart } from './parts/page.ts';
import { relayPart } from './parts/relay.ts';
import { startupPart } from './parts/startup.ts';
import { terminalPart } from './parts/terminal.ts';
import { udpPart } from './parts/udp.ts';
import { xmppPart } from './parts/xmpp.ts';
import { tableHead, tableRow } from './report.ts';

const PARTS = [
  pagePart,
  startupPart,
  echoPart,
  udpPart,
  chatPart,
  xmppPart,
  idlePart,
  terminalPart,
  packetsPart,
  framesPart,
  labPart,
  ladderPart,
  relayPart,
];

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    console.error(`No such part: ${unknown.join(', ')}. There are: ${PARTS.map(({ name }) => name).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  if (!(await buildIfNeeded())) {
    process.exitCode = 1;
    return;
  }
  const startedMs = performance.now();
  console.log(
    `Node ${process.versions.node} on ${process.platform}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  );
  const rows: Row[] = [];
  for (const part of PARTS) {
    if (names.length === 0 || names.includes(part.name)) rows.push(...(await runPart(part)));
  }
  console.log(`\n${verdict(rows)} (${((performance.now() - startedMs) / 1000).toFixed(0)} s)`);
}

async function runPart(part: (typeof PARTS)[number]): Promise<readonly Row[]> {
  console.log(`\n${part.title}\n${tableHead()}`);
  const notes: string[] = [];
  const startedMs = performance.now();
  try {
    const rows = await part.run((sentence) => notes.push(sentence));
    for (const row of rows) console.log(tableRow(row));
    return rows;
  } catch (error) {
    console.log(`  broke: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
    return [];
  } finally {
    notes.push(`${((performance.now() - startedMs) / 1000).toFixed(0)} s.`);
    for (const note of notes) console.log(`  ${note}`);
  }
}

function verdict(rows: readonly Row[]): string {
  const asked = rows.filter(({ target }) => target !== '');
  const missed = asked.filter(({ met }) => met === false).map(({ what }) => what);
  const unmeasured = asked.filter(({ met }) => met === null).length;
  const met = asked.length - missed.length - unmeasured;
  const parts = [`${met} of ${asked.length} targets met`];
  if (missed.length > 0) parts.push(`missed: ${missed.join('; ')}`);
  if (unmeasured > 0) parts.push(`${unmeasured} not measured`);
  return parts.join('. ');
}

await main(process.argv.slice(2));
