/** Programs that can capture, how each is called, and what would allow it on each system. */

/** A program, and how it is asked. */
export interface CaptureTool {
  readonly name: 'tcpdump' | 'dumpcap';
  arguments(device: string, filter: string, platform: NodeJS.Platform): readonly string[];
  /** Whether a line on its standard error says that it captures now. */
  readonly isListening: RegExp;
  /** Packets dropped by the kernel, in what it says when it ends or is asked; the first group counts. */
  readonly droppedWords: RegExp;
  /** It says how many were dropped when it gets SIGUSR1. */
  readonly tellsOnSignal: boolean;
}

/** In the order in which they are tried: tcpdump hands every packet on at once. */
export const CAPTURE_TOOLS: readonly CaptureTool[] = [
  {
    name: 'tcpdump',
    arguments: (device, filter, platform) => [
      ...['-i', device, '-n', '-U', '--immediate-mode', '-s', '0'],
      // The BPF of macOS has microseconds only, and tcpdump ends where it can't have what it asks for.
      ...(platform === 'linux' ? ['--time-stamp-precision=nano'] : []),
      ...['-w', '-', filter],
    ],
    isListening: /listening on/,
    droppedWords: /(\d+) packets? dropped by kernel/g,
    tellsOnSignal: true,
  },
  {
    name: 'dumpcap',
    arguments: (device, filter) => ['-i', device, '-q', '-f', filter, '-w', '-'],
    isListening: /^File:/m,
    droppedWords: /Packets received\/dropped on interface .*?: \d+\/(\d+)/g,
    tellsOnSignal: false,
  },
];

/** What the loopback is called. */
export function loopbackDevice(platform: NodeJS.Platform): string {
  if (platform === 'linux') return 'lo';
  return platform === 'win32' ? '\\Device\\NPF_Loopback' : 'lo0';
}

/** Whether a program's last words mean that this user may not capture. */
export function isNotPermitted(words: string): boolean {
  return /permission|not permitted|privileg|access is denied|EACCES|EPERM/i.test(words);
}

/**
 * Commands that allow capturing, to be run once. Without a comment, which is none in zsh when it is typed. `tool` is `null`
 * when there is none.
 */
export function remedyFor(platform: NodeJS.Platform, tool: { name: string; path: string } | null): string[] {
  if (platform === 'darwin') {
    return tool ? ['brew install --cask wireshark-chmodbpf'] : ['xcode-select --install'];
  }
  if (platform === 'win32') return ['winget install WiresharkFoundation.Wireshark'];
  if (!tool) return ['sudo apt-get install tcpdump || sudo dnf install tcpdump'];
  if (tool.name === 'dumpcap') return ['sudo usermod -aG wireshark "$USER" && echo "Log out and in again."'];
  return [`sudo setcap cap_net_raw,cap_net_admin+eip ${tool.path}`];
}
