import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { RobotLimit } from '../../demo/wecom-rules.ts';

/** A message as a robot got it, whether or not it was shown to anybody. */
export interface Call {
  readonly at: number;
  readonly msgtype: string;
  readonly content: string;
  /** The group sees it. */
  readonly shown: boolean;
}

/** What a robot does with a call; the message is shown with `ok`, `lost`, `silent` and `cut`. */
export type Conduct =
  | 'ok'
  | 'lost'
  | 'silent'
  | 'cut'
  | { readonly errcode: number }
  | { readonly status: number }
  /** With HTTP 200 and in words of its own. */
  | { readonly says: string };

/** Decides by the message type, how many calls there were before, and how long ago (ms) the first one was. */
export type Character = (msgtype: string, before: number, sinceFirstMs: number) => Conduct;

export interface BadRobots {
  webhook(name: string): string;
  /** Since they turned bad. */
  calls(name: string): readonly Call[];
  /** Resolves when each of these has been sent something while all of them were good; from then on they are not. */
  turnBad(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

interface Message {
  readonly msgtype: string;
  readonly markdown?: { readonly content: string };
  readonly text?: { readonly content: string };
}

/** Group robots that misbehave as real ones do: each by its own character, by name, and none takes more than it may. */
export async function startBadRobots(
  characters: Readonly<Record<string, Character>>,
  options: { readonly resetForMs?: number } = {},
): Promise<BadRobots> {
  const calls = new Map<string, Call[]>(Object.keys(characters).map((name) => [name, []]));
  const limits = new Map(Object.keys(characters).map((name) => [name, new RobotLimit()]));
  const greeted = new Set<string>();
  const bells = new Set<() => void>();
  let isBad = false;
  let firstConnectionAt: number | undefined;
  const server = createServer((request, response) => {
    void (async () => {
      const name = new URL(request.url ?? '', 'http://robot').searchParams.get('key') ?? '';
      const body = JSON.parse((await buffer(request)).toString()) as Message;
      const at = Date.now();
      const excess = limits.get(name)?.take(at);
      if (!isBad) {
        greeted.add(name);
        for (const ring of bells) ring();
        return answer(response, excess ?? 'ok');
      }
      const { msgtype } = body;
      const before = calls.get(name) ?? [];
      const inCharacter = characters[name]?.(msgtype, before.length, at - (before[0]?.at ?? at)) ?? 'ok';
      const conduct = excess ?? inCharacter;
      before.push({
        at,
        msgtype,
        content: (body.markdown ?? body.text)?.content ?? '',
        shown: typeof conduct === 'string',
      });
      answer(response, conduct);
    })();
  });
  server.on('connection', (socket) => {
    if (!isBad) return;
    firstConnectionAt ??= Date.now();
    if (Date.now() - firstConnectionAt < (options.resetForMs ?? 0)) socket.resetAndDestroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    webhook: (name) => `${origin}/cgi-bin/webhook/send?key=${name}`,
    calls: (name) => calls.get(name) ?? [],
    turnBad: (names) =>
      new Promise((resolve) => {
        const ring = (): void => {
          if (!names.every((name) => greeted.has(name))) return;
          bells.delete(ring);
          isBad = true;
          // Connections of before would get past what happens to new ones.
          server.closeIdleConnections();
          resolve();
        };
        bells.add(ring);
        ring();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, conduct: Conduct): void {
  if (conduct === 'silent') return;
  if (conduct === 'lost') return void response.destroy();
  if (conduct === 'cut') return void response.end('{"errcode":0,"errm');
  if (typeof conduct === 'object' && 'status' in conduct)
    return void response.writeHead(conduct.status, { location: '/login' }).end();
  if (typeof conduct === 'object' && 'says' in conduct) return void response.end(conduct.says);
  const errcode = conduct === 'ok' ? 0 : conduct.errcode;
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ errcode, errmsg: errcode === 0 ? 'ok' : 'injected' }));
}
