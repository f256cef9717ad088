import type { TestServer } from './servers.ts';

/** What a person at a client does: waits for something on the screen, types, or waits for what the server has got. */
export type Step =
  | { readonly see: string }
  | { readonly type: string }
  | { readonly got: string }
  /** The server has seen the client's FIN. */
  | { readonly fin: true };

/** A client on a screen, ours or a real one. */
export interface Client {
  type(keys: string): void;
  until(wanted: string): Promise<unknown>;
}

/** Does the steps, one after the other. */
export async function follow(client: Client, server: TestServer, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if ('see' in step) await client.until(step.see);
    else if ('type' in step) client.type(step.type);
    else if ('got' in step) await server.gets(step.got);
    else await ended(server);
  }
}

async function ended(server: TestServer): Promise<void> {
  const [socket] = server.sockets;
  if (socket?.readableEnded === false) await new Promise((resolve) => socket.once('end', resolve));
}
