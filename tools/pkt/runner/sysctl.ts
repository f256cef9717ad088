/** `sysctl` lines in a script's shell commands. */

/** One setting: its name with dots, its value as it stands. */
export interface Sysctl {
  readonly name: string;
  readonly value: string;
}

/** `net.ipv4.tcp_sack=1`, `/proc/sys/net/ipv4/tcp_rmem="4096 1 2"`, `kern.ipc.maxsockbuf = 1`. */
const ASSIGNMENT = /((?:\/proc\/sys\/)?\b(?:net|kern)[./][\w./-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s;&|]+)/g;
/** `echo 1 > /proc/sys/net/ipv4/tcp_sack`. */
const ECHO = /\becho\s+(?:-n\s+)?("[^"]*"|'[^']*'|[^>]*?)\s*>\s*\/proc\/sys\/([\w./-]+)/g;

/** All settings that a command makes, in their order as far as they are written alike. */
export function sysctlsOf(command: string): readonly Sysctl[] {
  const text = command.replace(/(^|\s)#[^\n]*/g, '$1').replace(/\\\n/g, ' ');
  const assigned = [...text.matchAll(ASSIGNMENT)].map(([, name = '', value = '']) => ({ name, value }));
  const echoed = [...text.matchAll(ECHO)].map(([, value = '', name = '']) => ({ name, value }));
  return [...assigned, ...echoed].map(({ name, value }) => ({
    name: name.replace(/^\/proc\/sys\//, '').replaceAll('/', '.'),
    value: computed(value.trim().replace(/^["'](.*)["']$/s, '$1')),
  }));
}

/** `$((15*1024*1024))` is worked out, as the shell would. */
function computed(value: string): string {
  return value.replace(/\$\(\(([\d\s*]+)\)\)/g, (_, product: string) =>
    String(product.split('*').reduce((result, factor) => result * Number(factor), 1)),
  );
}
