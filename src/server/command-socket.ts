import { messageOf } from '../kit/errors.ts';
import type { BuiltApp } from './app.ts';
import { Board } from './board.ts';
import { listenOnSocket } from './listen.ts';
import type { ServerParts } from './server.ts';
import { socketOf } from './socket.ts';

/**
 * Lets commands of this machine reach a patrol that has no page. What answers them takes memory: it is loaded when
 * the first one comes.
 */
export async function openCommandSocket(parts: ServerParts): Promise<{ close(): Promise<void> }> {
  const { patrol, clock, log } = parts;
  const board = new Board(clock);
  patrol.observe(board);
  let built: Promise<BuiltApp> | undefined;
  const load = async (): Promise<BuiltApp> => (await import('./server.ts')).appOver(parts, board);
  const file = socketOf(patrol.config.settings.store.path);
  const socket = await listenOnSocket(async (request, env) => {
    built ??= load();
    return (await built).app.fetch(request, env);
  }, file).catch((error: unknown) =>
    log.warn('commands cannot reach this patrol', { problem: messageOf(error) }),
  );
  return {
    async close() {
      (await built)?.events.close();
      await socket?.close();
    },
  };
}
