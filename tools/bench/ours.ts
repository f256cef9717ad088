import { type BuiltServer, startBuiltServer } from '../run/built-server.ts';
import { type LoadChild, startLoad } from './child.ts';

/** The built server with its journal on, and a viewer that consumes it as a browser tab does. */
export interface Ours {
  readonly server: BuiltServer;
  /** What the viewer has received: `{ events, batches, missed, reasons }`; the reasons are those of our own resets. */
  viewed(): ReturnType<LoadChild['next']>;
  close(): Promise<void>;
}

/** Starts both. The viewer is live before this resolves. @param args further arguments of the server. */
export async function startOurs(args: readonly string[] = []): Promise<Ours> {
  const server = await startBuiltServer({ args });
  const viewer = startLoad('viewer', { url: server.url });
  const close = async () => {
    await viewer.stop();
    await server.stop();
  };
  try {
    await viewer.next();
  } catch (error) {
    await close();
    throw error;
  }
  const viewed = () => {
    viewer.go();
    return viewer.next();
  };
  return { server, viewed, close };
}
