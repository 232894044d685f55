import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createPlainServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import { generate } from 'selfsigned';

/** Servers that stand where something else was expected. */
export interface WrongServers {
  /** Certificates, by name of file. */
  readonly files: Readonly<Record<string, string>>;
  /** A text with the ports of the servers: `$self` */
  readonly filled: (text: string) => string;
  close(): void;
}

const document = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'x', version: '1' },
  paths: { '/a': { get: { responses: { 200: { description: 'ok' } } } } },
});

export async function startWrongServers(): Promise<WrongServers> {
  const [known, expired, other] = await Promise.all([
    certificate('localhost', 100),
    certificate('localhost', -100),
    certificate('other.example', 100),
  ]);
  const secure = ({ private: key, cert }: Pair): NetServer => createSecureServer({ key, cert }, answer);
  const servers: Readonly<Record<string, NetServer>> = {
    self: secure(known),
    expired: secure(expired),
    other: secure(other),
    plain: createServer(answer),
    banner: createPlainServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-x\r\n')),
    refusing: proxy(403),
    asking: proxy(407),
    nothing: createPlainServer(),
  };
  const sockets = new Set<Socket>();
  for (const server of Object.values(servers)) {
    server.on('connection', (socket: Socket) => sockets.add(socket));
    await once(server.listen(0, 'localhost'), 'listening');
  }
  const ports = Object.entries(servers).map(
    ([name, server]) => [`$${name}`, String((server.address() as AddressInfo).port)] as const,
  );
  servers['nothing']?.close();
  return {
    files: { 'expired.pem': expired.cert, 'other.pem': other.cert },
    filled: (text) => ports.reduce((all, [name, port]) => all.replaceAll(name, port), text),
    close() {
      for (const socket of sockets) socket.destroy();
      for (const server of Object.values(servers)) server.close();
    },
  };
}

type Pair = Awaited<ReturnType<typeof generate>>;

function certificate(name: string, leftDays: number): Promise<Pair> {
  const at = (days: number): Date => new Date(Date.now() + days * 86_400_000);
  return generate([{ name: 'commonName', value: name }], {
    notBeforeDate: at(-300),
    notAfterDate: at(leftDays),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  });
}

function answer(_: unknown, response: { end(text: string): void }): void {
  response.end(document);
}

function proxy(status: number): Server {
  const server = createServer((_, response) => response.writeHead(status).end());
  return server.on('connect', (_, socket) =>
    socket.on('error', () => undefined).end(`HTTP/1.1 ${status} No\r\n\r\n`),
  );
}
