/** What a text socket tells its owner. `closed` comes once, and nothing after it. */
export interface TextSocketHandlers {
  opened(): void;
  received(text: string): void;
  closed(): void;
}

/** A WebSocket as the speakers use it. */
export interface TextSocket {
  send(text: string): void;
  /** Closes without a further callback. */
  close(): void;
}

/** Opens one; the octets of binary messages arrive as UTF-8 text, at any chunking. */
export type OpenTextSocket = (handlers: TextSocketHandlers) => TextSocket;

/** Opens the browser's own. */
export function webTextSockets(url: string, protocols: string[] = []): OpenTextSocket {
  return (handlers) => {
    const socket = new WebSocket(url, protocols);
    const decoder = new TextDecoder();
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => handlers.opened();
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
      handlers.received(typeof data === 'string' ? data : decoder.decode(data, { stream: true }));
    socket.onclose = () => handlers.closed();
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close() {
        socket.onopen = null;
        socket.onmessage = null;
        socket.onclose = null;
        socket.close();
      },
    };
  };
}
