/** What the command line says when the playground is ready. Pure. */
import { formatEndpoint } from '#protocol/address.ts';
import type { DemoAddress } from '#protocol/demos.ts';

/** The line of `--json`. */
export function readyLine(url: string, demos: readonly DemoAddress[]): string {
  return `${JSON.stringify({ ready: true, url, demos })}\n`;
}

/** The same for people. */
export function announcement(url: string, demos: readonly DemoAddress[]): string {
  const width = Math.max(...demos.map((demo) => demo.id.length));
  const lines = demos.map((demo) => {
    const where = formatEndpoint({ address: demo.host, port: demo.port });
    return `  ${demo.id.padEnd(width)}  ${demo.transport}  ${where}`;
  });
  return `\n  Porthole is open: ${url}\n\n${lines.join('\n')}\n\n  Ctrl-C stops it.\n`;
}
