import { useEffect, useState } from 'react';
import type { Conversation, SocketRow } from '#protocol/wire.ts';
import { useSession, useWire } from '../../session/react.tsx';
import { rowsOfConversation } from '../sockets/socket-rows.ts';

/** How long the kernel is asked about a connection that has ended and that it no longer lists, in milliseconds. */
const ASK_AFTER_END_MS = 3_000;

const NO_ROWS: { readonly client: SocketRow | null; readonly server: SocketRow | null } = {
  client: null,
  server: null,
};

/**
 * What the kernel's table says of both ends of a connection. It is asked while the connection lives, and afterwards
 * while the kernel still lists it (TIME-WAIT).
 */
export function useKernelRows(conversation: Conversation) {
  const session = useSession();
  const table = useWire((state) => state.sockets);
  const rows = conversation.transport === 'tcp' && table?.rows ? rowsOfConversation(table.rows, conversation) : NO_ROWS;
  const listed = rows.client !== null || rows.server !== null;
  const watching = useWatching(conversation, listed);
  useEffect(() => (watching ? session.watchSockets() : undefined), [session, watching]);
  return rows;
}

function useWatching({ id, transport, state }: Conversation, listed: boolean): boolean {
  const [givenUp, setGivenUp] = useState<number | null>(null);
  const lives = state === 'open' || state === 'half-closed';
  const ended = transport === 'tcp' && state === 'closed';
  useEffect(() => {
    if (!ended || listed) return;
    const timer = setTimeout(() => setGivenUp(id), ASK_AFTER_END_MS);
    return () => clearTimeout(timer);
  }, [id, ended, listed]);
  return transport === 'tcp' && (lives || (ended && (listed || givenUp !== id)));
}
