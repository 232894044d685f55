import { createServer, type Server, type Socket } from 'node:net';
import { listen } from './listening.ts';

/** Writes whatever it likes to a connection on which something was asked; ends with the connection. */
export type Odd = (connection: Writer) => void;

export interface Writer {
  readonly write: (text: string) => void;
  /** Again and again, as fast as it is taken, or every `ms`. */
  readonly endlessly: (text: string, ms?: number) => void;
  readonly end: (text: string) => void;
  readonly reset: () => void;
}

const good = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"ok":true}';

/** A server on a bare socket: well until it is told to be odd. */
export class OddServer {
  readonly port: number;
  /** Epoch ms of all that was asked. */
  readonly asked: number[] = [];
  odd: Odd | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async start(): Promise<OddServer> {
    const server = createServer();
    return new OddServer(server, await listen(server));
  }

  private constructor(server: Server, port: number) {
    this.port = port;
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('data', () => this.#answer(socket));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #answer(socket: Socket): void {
    this.asked.push(Date.now());
    if (this.odd === undefined) socket.write(good);
    else this.odd(writerOf(socket));
  }
}

function writerOf(socket: Socket): Writer {
  return {
    write: (text) => void socket.write(text),
    end: (text) => void socket.end(text),
    reset: () => void socket.resetAndDestroy(),
    endlessly: (text, ms) => {
      if (ms !== undefined) {
        const timer = setInterval(() => socket.write(text), ms);
        socket.on('close', () => clearInterval(timer));
        return;
      }
      const more = (): void => {
        while (!socket.destroyed && socket.write(text)) continue;
      };
      socket.on('drain', more);
      more();
    },
  };
}
