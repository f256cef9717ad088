import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP client that keeps what comes back, datagram by datagram. */
export class UdpClient {
  readonly received: Buffer[] = [];
  readonly #socket: Socket;
  #changed: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (bytes) => {
      this.received.push(bytes);
      this.#changed();
    });
  }

  /** Connects (RFC 768 knows no connection: it only fixes the other end) to a port of 127.0.0.1. */
  static async connect(port: number): Promise<UdpClient> {
    const socket = createSocket('udp4');
    socket.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new UdpClient(socket);
  }

  send(bytes: Uint8Array | string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Waits until so many datagrams have come. */
  async datagrams(count: number): Promise<readonly Buffer[]> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    return this.received;
  }

  close(): void {
    this.#socket.close();
  }
}
