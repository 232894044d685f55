import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * A server in a process of its own that takes next to nothing for an answer, so that it is not what limits a bench on a
 * machine of two cores: whatever is asked with `GET`, it answers 200 with the same small order, on every address of
 * 127.0.0.0/8. It does not parse HTTP: an empty line ends a request without a body.
 */
export interface CheapTarget {
  readonly port: number;
  close(): void;
}

const end = '\r\n\r\n';

export async function startCheapTarget(): Promise<CheapTarget> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) => reject(new Error(`the target ended with ${code}`)));
  });
  return { port, close: () => child.kill() };
}

function listen(): void {
  const body = JSON.stringify({ id: 1, status: 'paid', total: 187.2 });
  const head = ['HTTP/1.1 200 OK', 'content-type: application/json', `content-length: ${body.length}`];
  const answer = Buffer.from(`${head.join('\r\n')}${end}${body}`);
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    let rest = '';
    socket.on('data', (data) => {
      rest = answerAll(socket, rest + data.toString('latin1'), answer);
    });
  });
  server.listen({ port: 0, host: '0.0.0.0', backlog: 4096 }, () =>
    process.send?.((server.address() as AddressInfo).port),
  );
  process.once('disconnect', () => process.exit());
}

/** Returns what has not ended yet. */
function answerAll(socket: Socket, text: string, answer: Buffer): string {
  let from = 0;
  for (;;) {
    const at = text.indexOf(end, from);
    if (at < 0) return text.slice(from);
    socket.write(answer);
    from = at + end.length;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) listen();
