import { describe, expect, test } from 'vitest';
import { firstClient, firstInstalled } from './client-store.ts';
import { CLIENTS, type CommandSetting, demoCommand, isInstalled, programOf } from './demo-commands.ts';

const linux: CommandSetting = {
  platform: 'linux',
  tools: { telnet: true, nc: true, ncat: true, python3: true },
  pageHost: 'localhost',
};
const mac: CommandSetting = {
  platform: 'darwin',
  tools: { telnet: false, nc: true, python3: true },
  pageHost: 'localhost',
};
const windows: CommandSetting = { platform: 'win32', tools: { telnet: false, nc: false }, pageHost: 'localhost' };

const tcp = { transport: 'tcp', port: 40_123, hosts: ['127.0.0.1', '::1'] } as const;
const udp = { transport: 'udp', port: 40_123, hosts: ['127.0.0.1', '::1'] } as const;

describe('a command', () => {
  test('names the real port and host, for every client, demo and transport', () => {
    for (const client of CLIENTS) {
      for (const demo of ['echo', 'discard', 'daytime', 'chat-lines', 'http', 'tls', 'another']) {
        for (const offer of [tcp, udp]) {
          const command = demoCommand(client, demo, offer, linux);
          if (client === 'telnet' && offer === udp) expect(command).toBeNull();
          else expect(command?.text).toMatch(/\b40123\b/);
        }
      }
    }
  });

  test('reads as a person would type it', () => {
    expect(demoCommand('telnet', 'echo', tcp, linux)?.text).toBe('telnet localhost 40123');
    expect(demoCommand('nc', 'echo', udp, linux)?.text).toBe('nc -u 127.0.0.1 40123');
    expect(demoCommand('nc', 'tls', tcp, linux)).toMatchObject({
      text: 'openssl s_client -quiet -connect localhost:40123',
      runsHere: false,
    });
  });

  test('is one line without double quotes inside its double quotes, for every shell', () => {
    for (const demo of ['echo', 'discard', 'daytime', 'chat-lines', 'http', 'tls']) {
      for (const offer of [tcp, udp]) {
        for (const client of ['python', 'node'] as const) {
          const program = demoCommand(client, demo, offer, linux)?.text.replace(/^\S+ -[ce] /, '') ?? '';
          expect(program).toMatch(/^"[^"\n$`!%]*"$/);
        }
      }
    }
  });

  test('runs in the page’s terminal where that knows the program', () => {
    expect(CLIENTS.map((client) => demoCommand(client, 'echo', tcp, linux)?.runsHere)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the client', () => {
  test('is the first that this machine has', () => {
    expect([linux, mac, windows].map(firstInstalled)).toEqual(['telnet', 'nc', 'node']);
    expect(firstInstalled({ ...windows, tools: { ncat: true } })).toBe('nc');
  });

  test('is one that the page’s terminal knows, where there is one', () => {
    expect([linux, mac, windows].map((setting) => firstClient(setting, true))).toEqual(['telnet', 'nc', 'telnet']);
    expect(firstClient({ ...windows, tools: { ncat: true } }, true)).toBe('telnet');
    expect(firstClient(windows, false)).toBe('node');
  });

  test('is telnet while nothing is known', () => {
    expect(firstInstalled({ platform: null, tools: {}, pageHost: 'localhost' })).toBe('telnet');
  });

  test('goes by the name that it has on this machine', () => {
    expect(programOf('nc', { ...windows, tools: { ncat: true } })).toBe('ncat');
    expect(programOf('nc', windows)).toBe('nc');
    expect([programOf('python', windows), programOf('python', mac)]).toEqual(['python', 'python3']);
  });

  test('that is not looked for is neither there nor missing', () => {
    expect([isInstalled('python', windows), isInstalled('telnet', windows), isInstalled('node', windows)]).toEqual([
      null,
      false,
      true,
    ]);
  });
});
