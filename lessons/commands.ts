/** Clients that a command of a lesson may be written for, in the order in which they are offered. `node` is always there. */
export const TOOLS = ['telnet', 'nc', 'curl', 'openssl', 'ncat', 'socat', 'node'] as const;
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

/** How {@link sendTexts} sends. */
export interface SendTextsOptions {
  /** Time before each text but the first. Default 200, the least that never joins two writes. */
  readonly pauseMs?: number;
  /** Time to stay for what comes back, silent and without a FIN. Default 1. */
  readonly waitSeconds?: number;
}

/**
 * Sends texts to a demo, each in a write of its own, and shows what comes back.
 * @param texts with the escapes `\\n` and `\\r`, which `send`, printf and JavaScript share; no other backslash, no `%` and no
 * single quote
 */
export function sendTexts(
  demo: string,
  texts: readonly string[],
  { pauseMs = 200, waitSeconds = 1 }: SendTextsOptions = {},
): CommandSet {
  const [host, port] = [`{host:${demo}}`, `{${demo}}`];
  const wait = waitSeconds === 1 ? '' : `-w ${waitSeconds} `;
  const delay = pauseMs === 200 ? ' ' : ` --delay ${pauseMs} `;
  const printed = texts.map((text) => `printf '${text}'`).join(`; sleep ${pauseMs / 1_000}; `);
  const pieces = texts.map(quotedForNode);
  return {
    ours: `send ${wait}${host} ${port} ${texts.map((text) => `'${text}'`).join(delay)}`,
    own: {
      nc: `(${printed}; sleep ${waitSeconds}) | nc ${host} ${port}`,
      socat: `(${printed}; sleep ${waitSeconds}) | socat - TCP:${host}:${port}`,
      node: nodeClient(host, port, { pieces, pauseMs, leave: 'destroy', stayMs: waitSeconds * 1_000 }),
    },
  };
}

/** What {@link nodeClient} writes, and when. */
export interface NodeClientOptions {
  /** Expressions of JavaScript for what is written one by one, without double quotes. */
  readonly pieces: readonly string[];
  /** Time before each piece but the first, in milliseconds. */
  readonly pauseMs: number;
  /** How it leaves: with a FIN, or without a word. */
  readonly leave: 'end' | 'destroy';
  /** Time to stay after the pauses, in milliseconds. */
  readonly stayMs: number;
}

/**
 * A client of Node's own that sends pieces and shows what comes back, in one line that sh, PowerShell and cmd take alike. Its
 * times begin with the connection: on a busy machine that takes longer than a pause.
 */
export function nodeClient(host: string, port: string, { pieces, pauseMs, leave, stayMs }: NodeClientOptions): string {
  const connected = [
    `[${pieces.join(', ')}].forEach((p, i) => setTimeout(() => s.write(p), i * ${pauseMs}))`,
    `setTimeout(() => s.${leave}(), ${pieces.length * pauseMs + stayMs})`,
  ];
  const steps = [
    `const s = require('net').connect(${port}, '${host}', () => { ${connected.join('; ')} })`,
    's.setNoDelay()',
    's.pipe(process.stdout)',
  ];
  return `node -e "${steps.join('; ')}"`;
}

/** A text for JavaScript within double quotes of a shell: neither those nor `!`, which bash takes for history. */
function quotedForNode(text: string): string {
  return `'${text.replaceAll('"', '\\x22').replaceAll('!', '\\x21')}'`;
}

function isIpv6(host: string): boolean {
  return /^[\da-f:]+$/.test(host) && host.includes(':');
}

/** The command for the learner's own terminal: for the first of the clients that this machine has. */
export function ownCommand(
  commands: CommandSet,
  { platform, tools }: { readonly platform: string; readonly tools: Readonly<Record<string, boolean>> },
): OwnCommand | null {
  for (const tool of TOOLS) {
    const command = commands.own[tool];
    if (command === undefined || !(tool === 'node' || tools[tool])) continue;
    if (platform !== 'win32' || isForWindows(tool, command)) return { tool, command: typedOn(platform, command) };
  }
  return null;
}

/**
 * Whether PowerShell and cmd take a command as well: a program, plain words, and what is in double quotes. Others are
 * written for a POSIX shell, and `curl` is another program in PowerShell.
 */
function isForWindows(tool: Tool, command: string): boolean {
  return tool !== 'curl' && /^[^'|<>()&;,$/]*$/.test(command.replace(/"[^"]*"/g, ''));
}

/**
 * A command as this system takes it: the nc of macOS sends a FIN at the end of its input without being told to, and its `-N`
 * is another option, which wants a number.
 * @param platform Node's `process.platform`
 */
export function typedOn(platform: string, command: string): string {
  return platform === 'darwin' ? command.replaceAll('| nc -N ', '| nc ') : command;
}
