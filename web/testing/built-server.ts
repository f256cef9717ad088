import { type BuiltServer, type BuiltServerOptions, startBuiltServer as start } from '../../tools/run/built-server.ts';

export type { BuiltServer, BuiltServerOptions };

/** Ports on which servers of this worker had their page, and which are free again. */
const sparePorts: number[] = [];

/**
 * The built server as a process (tools/run/built-server.ts), for tests that need no browser or more than one page. It has
 * its page where an earlier one of this worker had it, if that port is still free: for the browser it is the same site,
 * whose code it has compiled already.
 */
export async function startBuiltServer(options: BuiltServerOptions = {}): Promise<BuiltServer> {
  const server = await startOnSparePort(options);
  const port = Number(new URL(server.url).port);
  let stopped: Promise<number | null> | null = null;
  const stop = () => {
    stopped ??= server.stop().then((code) => {
      sparePorts.push(port);
      return code;
    });
    return stopped;
  };
  return { ...server, stop };
}

async function startOnSparePort(options: BuiltServerOptions): Promise<BuiltServer> {
  const port = sparePorts.pop();
  if (port === undefined) return start(options);
  const args = ['--port', String(port), ...(options.args ?? [])];
  // Somebody else may have taken it meanwhile; whatever else is wrong is wrong on another port, too.
  return start({ ...options, args }).catch(() => start(options));
}
