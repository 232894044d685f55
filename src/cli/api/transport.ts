import { connect } from 'node:net';
import { Client } from 'undici';

export interface ApiRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  readonly text: string;
}

/** The way to an API: the socket of a patrol that runs, or the same handlers in this process. */
export type ApiTransport = (request: ApiRequest) => Promise<ApiAnswer>;

/** One that answers nothing for so long hangs. */
const usualPatienceMs = 15_000;

/** Whether a process listens on the socket; a file that a killed one has left behind is refused at once. */
export function isListening(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    const settle = (answer: boolean) => () => {
      connection.destroy();
      resolve(answer);
    };
    connection.once('connect', settle(true)).once('error', settle(false));
  });
}

/** Rejects with what undici says when the patrol does not answer. */
export function overSocket(socket: string, patienceMs = usualPatienceMs): ApiTransport {
  return async ({ method, path, headers, body = null }) => {
    const client = new Client('http://patrol', {
      socketPath: socket,
      headersTimeout: patienceMs,
      bodyTimeout: patienceMs,
    });
    try {
      const answer = await client.request({ method, path, headers, body });
      return { status: answer.statusCode, text: await answer.body.text() };
    } finally {
      await client.destroy();
    }
  };
}

export function inProcess(api: (request: Request) => Promise<Response>): ApiTransport {
  return async ({ method, path, headers, body = null }) => {
    const answer = await api(new Request(`http://patrol${path}`, { method, headers, body }));
    return { status: answer.status, text: await answer.text() };
  };
}
