/** Clients that a command of a lesson may be written for, in the order in which they are offered. `node` is always there. */
export const TOOLS = ['telnet', 'nc', 'ncat', 'socat', 'node'] as const;
/** One of them. */
export type Tool = (typeof TOOLS)[number];

/** One thing to type, as each client wants it. Hosts and ports are templates. */
export interface CommandSet {
  /** What the terminal of the page runs. */
  readonly ours: string;
  /** The same for the learner's own terminal, by the tool it needs. */
  readonly own: Readonly<Partial<Record<Tool, string>>>;
}

/** A command for the learner's own terminal. */
export interface OwnCommand {
  readonly tool: Tool;
  /** A template. */
  readonly command: string;
}

/**
 * Opens a TCP connection to a demo and leaves the keyboard to it.
 * @param host an address instead of the name that leads to the demo
 */
export function talkTo(demo: string, host = `{host:${demo}}`): CommandSet {
  const port = `{${demo}}`;
  const telnet = `telnet ${host} ${port}`;
  return {
    ours: telnet,
    own: {
      telnet,
      nc: `nc ${host} ${port}`,
      ncat: `ncat ${host} ${port}`,
      // In quotes, for zsh takes brackets for a pattern.
      socat: isIpv6(host) ? `socat - 'TCP:[${host}]:${port}'` : `socat - TCP:${host}:${port}`,
      // One line that sh, PowerShell and cmd take alike.
      node: `node -e "const s=require('net').connect(${port},'${host}');process.stdin.pipe(s).pipe(process.stdout)"`,
    },
  };
}

function isIpv6(host: string): boolean {
  return /^[\da-f:]+$/.test(host) && host.includes(':');
}

/** The command for the learner's own terminal: for the first of the clients that this machine has. */
export function ownCommand(commands: CommandSet, tools: Readonly<Record<string, boolean>>): OwnCommand | null {
  for (const tool of TOOLS) {
    const command = commands.own[tool];
    if (command !== undefined && (tool === 'node' || tools[tool])) return { tool, command };
  }
  return null;
}
