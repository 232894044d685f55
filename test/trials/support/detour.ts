import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { listen } from './listening.ts';

/** A proxy by which whoever goes through it sees other servers than the rest: a network with ways of its own. */
export class Detour {
  readonly url: string;
  readonly #server: Server;
  readonly #ways: ReadonlyMap<number, number>;

  /** @param ways From the port that is asked for to the one that answers. */
  static async start(ways: ReadonlyMap<number, number>): Promise<Detour> {
    const server = createServer();
    return new Detour(server, ways, await listen(server));
  }

  private constructor(server: Server, ways: ReadonlyMap<number, number>, port: number) {
    this.#server = server;
    this.#ways = ways;
    this.url = `http://127.0.0.1:${port}`;
    server.on('request', (asked, response) => this.#forward(asked, response));
    server.on('connect', (asked, socket) => {
      const onward = connect(this.#portFor(Number(asked.url?.split(':').at(-1))), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
  }

  /** What is asked for without a tunnel names the whole address. */
  #forward(asked: IncomingMessage, response: ServerResponse): void {
    const { port, pathname, search, host } = new URL(asked.url ?? '/', 'http://127.0.0.1');
    const { method = 'GET', headers } = asked;
    const onward = request(
      {
        host: '127.0.0.1',
        port: this.#portFor(Number(port)),
        path: pathname + search,
        method,
        headers: { ...headers, host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    asked.pipe(onward);
  }

  #portFor(asked: number): number {
    return this.#ways.get(asked) ?? asked;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
