import { describe, expect, it } from 'vitest';
import type { DemoAddress } from '#protocol/demos.ts';
import { type CommandSet, ownCommand, TOOLS, talkTo } from './commands.ts';
import { demosNamed, portOf, resolveTemplate } from './templates.ts';
import { LESSONS } from './testing/lessons.ts';

const demos: readonly DemoAddress[] = [
  { id: 'echo', transport: 'tcp', host: '127.0.0.1', port: 41_007 },
  { id: 'echo', transport: 'tcp', host: '::1', port: 41_007 },
  { id: 'echo', transport: 'udp', host: '127.0.0.1', port: 42_007 },
];
const on = (host: string): readonly DemoAddress[] => [{ id: 'echo', transport: 'tcp', host, port: 41_007 }];

describe('templates', () => {
  it('get the port on which the demo really listens', () => {
    expect(resolveTemplate('telnet {host:echo} {echo}', demos)).toEqual({ ok: true, text: 'telnet localhost 41007' });
    expect(resolveTemplate('nc -u localhost {echo/udp}', demos)).toEqual({ ok: true, text: 'nc -u localhost 42007' });
    expect(portOf(demos, 'echo', 'udp')).toBe(42_007);
  });

  it('name the demos that do not run', () => {
    expect(resolveTemplate('nc localhost {daytime}', demos)).toEqual({ ok: false, missing: ['daytime'] });
    expect(portOf(demos, 'daytime')).toBeNull();
    expect(demosNamed('{echo} {echo/udp} {host:daytime}')).toEqual([
      { demo: 'echo', transport: 'tcp' },
      { demo: 'echo', transport: 'udp' },
      { demo: 'daytime', transport: 'tcp' },
    ]);
  });

  it('get the host by which the demo is reached', () => {
    expect(resolveTemplate('{host:echo}', on('192.168.1.7'))).toEqual({ ok: true, text: '192.168.1.7' });
    expect(resolveTemplate('{host:echo}', on('0.0.0.0'), 'classroom.local')).toEqual({
      ok: true,
      text: 'classroom.local',
    });
    expect(resolveTemplate('{host:echo}', on('::1'), 'classroom.local')).toEqual({ ok: true, text: 'localhost' });
  });

  it('leave other braces alone', () => {
    expect(resolveTemplate('{ } {Echo}', demos)).toEqual({ ok: true, text: '{ } {Echo}' });
  });
});

describe('commands for the learner’s own terminal', () => {
  it('use the first client that the machine has, and Node where it has none', () => {
    const own = (commands: CommandSet, tools: Record<string, boolean>) =>
      ownCommand(commands, { platform: 'linux', tools });
    expect(own(talkTo('echo'), { telnet: true, nc: true })?.tool).toBe('telnet');
    expect(own(talkTo('echo'), { telnet: false, nc: true })).toEqual({
      tool: 'nc',
      command: 'nc {host:echo} {echo}',
    });
    expect(own(talkTo('echo'), {})?.tool).toBe('node');
    expect(own({ ours: 'telnet localhost 1', own: {} }, { telnet: true })).toBeNull();
  });

  it('use no option of nc that means something else on macOS', () => {
    const withNc = (platform: string) => ownCommands(platform, { nc: true });
    expect(withNc('linux').filter((command) => /\bnc -N/.test(command))).not.toEqual([]);
    for (const command of withNc('darwin')) expect(command).not.toMatch(/\bnc -\w*[NCq]|\bnc .*<\s*\/dev\/null/);
  });

  it.each(TOOLS)('are such that PowerShell and cmd take them on a Windows with %s', (tool) => {
    const commands = ownCommands('win32', { [tool]: true });
    expect(commands).toHaveLength(ownCommands('linux', { [tool]: true }).length);
    // Outside of double quotes there are but words.
    for (const command of commands)
      expect(command.replace(/"[^"]*"/g, '')).toMatch(/^(telnet|nc|ncat|socat|node) [\w.:{} -]*$/);
  });
});

/** The command of every task that has one, for the learner's own terminal. */
function ownCommands(platform: string, tools: Record<string, boolean>): readonly string[] {
  const tasks = LESSONS.flatMap(({ steps, breakIt }) => [...steps, ...breakIt]);
  return tasks.flatMap(({ command }) => (command && ownCommand(command, { platform, tools })?.command) ?? []);
}
