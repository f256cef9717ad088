import type { LabLink, LabScene, LabTcp } from '#lessons/lab-scene.ts';
import { CLEAN_LINK, type LinkSettings } from '../net/link-settings.ts';
import { READY_PROGRAMS, type ReadyProgramId, readyProgram } from '../net/programs/ready-programs.ts';
import type { ProgramText, RunSetup } from '../net/run-setup.ts';
import type { WireRule } from '../net/wire-rule.ts';
import { DEFAULT_TCP_OPTIONS, type TcpOptions } from '../stack/options.ts';

/** Names and addresses of the two hosts (RFC 1918). */
const HOSTS = {
  a: { name: 'alice', address: '10.0.0.1' },
  b: { name: 'bob', address: '10.0.0.2' },
} as const;

/** The run that a lesson's scene describes. Throws a RangeError when a program is not among the ready ones. */
export function setupOfScene(scene: LabScene): RunSetup {
  const tcp: TcpOptions = { ...DEFAULT_TCP_OPTIONS, ...defined<LabTcp>(scene.tcp) };
  return {
    seed: scene.seed,
    hosts: { a: { ...HOSTS.a, tcp }, b: { ...HOSTS.b, tcp } },
    wire: { a: linkOf(scene.wire), b: linkOf(scene.back ?? scene.wire) },
    rules: (scene.drops ?? []).map(
      ({ from, kind, nth, count = 1 }): WireRule => ({ from, kind, nth, count, deed: { deed: 'drop' } }),
    ),
    programs: { a: scene.a.map(programOf), b: scene.b.map(programOf) },
  };
}

function linkOf(link: LabLink | undefined): LinkSettings {
  return { ...CLEAN_LINK, ...defined<LabLink>(link) };
}

function programOf(name: string): ProgramText {
  if (!isReady(name)) throw new RangeError(`there is no ready program ${name}`);
  return { name, text: readyProgram(name) };
}

function isReady(name: string): name is ReadyProgramId {
  return READY_PROGRAMS.some(({ id }) => id === name);
}

/** What is said, without what is left open. */
function defined<T extends object>(options: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
