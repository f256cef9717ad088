import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runScript } from '../runner/run-script.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pkt'));
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8').split('\n');
const isExpectation = (line: string) => /^(?:\*|\+?[\d.~+]+) > /.test(line);

const isPacket = (line: string) => / [<>] /.test(line);

/**
 * The script with one line changed in a way that the stack does not do it. A packet that comes later than the event
 * before it is not missed where time does not go on to it, and one after the last packet of a script never is; the
 * number of a SYN says only where the others begin.
 */
function mutations(lines: readonly string[], at: number): readonly [string, string][] {
  const line = lines[at] ?? '';
  const changed = (to: string): string => lines.toSpliced(at, 1, to).join('\n');
  const goesOn = lines.slice(at + 1).some(isPacket);
  const list: [string, string][] = [];
  if (line.startsWith('+0 >') && goesOn) list.push(['left out', lines.toSpliced(at, 1).join('\n')]);
  const segment = /^(.* > (?:\d+ > \d+ )?)([SFRPUEW]*\.?|-) (\d+):(\d+)\((\d+)\)(.*)$/.exec(line);
  if (!segment) return list;
  const [, start, flags = '', from, to, octets, rest = ''] = segment;
  const shifted = `${Number(from) + 7}:${Number(to) + 7}(${octets})`;
  if (goesOn || !flags.includes('S')) list.push(['another number', changed(`${start}${flags} ${shifted}${rest}`)]);
  const other = flags.includes('R') ? flags.replace('R', 'F') : `R${flags.replace(/[SFP]/g, '')}`;
  list.push(['another flag', changed(`${start}${other} ${from}:${to}(${octets})${rest}`)]);
  if (/ ack \d/.test(rest))
    list.push(['another ack', changed(line.replace(/ ack (\d+)/, (_, ack) => ` ack ${Number(ack) + 3}`))]);
  return list;
}

it('there are scripts', () => {
  expect(FILES.length).toBeGreaterThan(50);
});

describe.each(FILES)('%s', (file) => {
  const lines = read(file);

  it('passes', () => {
    const { result, place, reason, expected, sent } = runScript(lines.join('\n'), { strict: true });
    expect({ result, place, reason, expected, sent }).toMatchObject({ result: 'pass', reason: null });
  });

  it('fails with any of its expectations changed', () => {
    const passing = lines.flatMap((line, at) =>
      isExpectation(line)
        ? mutations(lines, at).flatMap(([what, script]) =>
            runScript(script, { strict: true }).result === 'pass' ? [`line ${at + 1} ${what}: ${line}`] : [],
          )
        : [],
    );
    expect(passing).toEqual([]);
  });
});
