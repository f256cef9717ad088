import { readFile } from 'node:fs/promises';
import { runCommand } from '../run/command.js';

/** Linux counts processor time in ticks of this length (USER_HZ), whatever the kernel's own. */
const TICK_SECONDS = 0.01;

/** Processor time that a process has used so far, in seconds; `null` where there is no /proc. */
export async function processorSeconds(pid: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // Fields after the command's name in parentheses: utime and stime are the 14th and 15th of all (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
}

/** Resident memory of a process in octets; `null` where neither /proc nor ps says. */
export async function residentBytes(pid: number): Promise<number | null> {
  if (process.platform === 'linux') {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  }
  if (process.platform === 'win32') return null;
  const { code, output } = await runCommand('ps', ['-o', 'rss=', '-p', String(pid)]);
  return code === 0 ? Number(output.trim()) * 1024 : null;
}
