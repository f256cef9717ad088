import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Machine } from '#protocol/demos.ts';
import type { HostedDemo } from './demo-host.ts';
import { loopbackDevice } from './wire/capture/tools.ts';

/** Clients that the lessons speak of. */
const TOOLS = ['telnet', 'nc', 'ncat', 'socat', 'curl', 'openssl', 'python3', 'node', 'tcpdump', 'tshark'] as const;

/** The loopback addresses of this machine: 127.0.0.1, and ::1 where there is IPv6. */
export async function loopbackHosts(): Promise<string[]> {
  return (await canListen('::1')) ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
}

/** What this machine can show, looked up now: a tool may have been installed since. */
export async function describeMachine(facts: {
  readonly version: string;
  readonly hosted: readonly HostedDemo[];
  readonly socketTable: boolean;
  readonly ipv6: boolean;
  readonly certificateFingerprint: string;
}): Promise<Machine> {
  const { version, hosted, socketTable, ipv6, certificateFingerprint } = facts;
  const found = await Promise.all(TOOLS.map(async (tool) => [tool, await isInstalled(tool)] as const));
  const granted = hosted.flatMap(({ id, udpReceiveBufferBytes: bytes }) =>
    bytes === null ? [] : [[id, bytes] as const],
  );
  return {
    version,
    platform: process.platform,
    ipv6,
    socketTable,
    certificateFingerprint,
    tools: Object.fromEntries(found),
    udpReceiveBuffer: Object.fromEntries(granted),
  };
}

function canListen(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port: 0, ipv6Only: true }, () => server.close(() => resolve(true)));
  });
}

/** Whether a program of this name is there. */
async function isInstalled(tool: string): Promise<boolean> {
  return (await findProgram(tool)) !== null;
}

/** Folders that hold programs of the administrator, which are not on everybody's PATH. */
const SYSTEM_FOLDERS = process.platform === 'win32' ? ['C:\\Program Files\\Wireshark'] : ['/usr/sbin', '/sbin'];

/** Where a program of this name is, on PATH or among the system's own; `null` when it is not there. Nothing is run. */
export async function findProgram(tool: string): Promise<string | null> {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = [...onPath, ...SYSTEM_FOLDERS];
  const names = process.platform === 'win32' ? [`${tool}.exe`] : [tool];
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const found = await Promise.all(candidates.map(isExecutable));
  return candidates[found.indexOf(true)] ?? null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where packets are captured: on the loopback, over which this machine speaks to itself whatever the address, and on the
 * interface that has the address Porthole listens on (`null`: the loopback's).
 */
export function captureDevices(
  host: string | null,
  platform: NodeJS.Platform,
): { readonly device: string; readonly alsoOn: readonly string[] } {
  const loopback = loopbackDevice(platform);
  const isAny = host === '0.0.0.0' || host === '::';
  // Only Linux has one that is all of them, and keeps the headers as we read them.
  if (isAny && platform === 'linux') return { device: 'any', alsoOn: [] };
  if (host === null || isAny) return { device: loopback, alsoOn: [] };
  const found = Object.entries(networkInterfaces()).find(([, all]) => all?.some((one) => one.address === host));
  const name = found?.[0];
  return { device: loopback, alsoOn: name === undefined || name === loopback ? [] : [name] };
}
