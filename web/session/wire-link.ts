/** What a link tells its owner. `closed` comes once, and nothing after it. */
export interface WireLinkHandlers {
  opened(): void;
  /** One message; binary ones arrive as the empty text, which no schema accepts. */
  received(text: string): void;
  closed(): void;
}

/** One WebSocket, as little of it as the session needs. */
export interface WireLink {
  send(text: string): void;
  /** Closes without a further callback. */
  close(): void;
}

/** Opens a link. */
export type OpenWireLink = (handlers: WireLinkHandlers) => WireLink;

/** Address of a WebSocket path on the page's own origin. */
export function socketUrl(path: string, page: { readonly protocol: string; readonly host: string }): string {
  return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}${path}`;
}

/** Opens links that are the browser's WebSockets. */
export function webSocketLinks(url: string): OpenWireLink {
  return (handlers) => {
    const socket = new WebSocket(url);
    socket.onopen = () => handlers.opened();
    socket.onmessage = ({ data }) => handlers.received(typeof data === 'string' ? data : '');
    socket.onclose = () => handlers.closed();
    return {
      send: (text) => socket.send(text),
      close() {
        socket.onopen = null;
        socket.onmessage = null;
        socket.onclose = null;
        socket.close();
      },
    };
  };
}
