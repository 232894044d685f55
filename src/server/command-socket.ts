import type { Observer } from '../app/daemon/observer.ts';
import type { BuiltApp } from './app.ts';
import { LiveState } from './live/live-state.ts';
import { keepSocket, type KeptSocket, socketOf } from './listen.ts';
import type { ServerParts } from './server.ts';

/**
 * Lets commands of this machine reach a patrol that has no page. What answers them takes memory: it is loaded when
 * the first one comes.
 */
export async function openCommandSocket(parts: ServerParts): Promise<KeptSocket> {
  const { patrol, clock, log } = parts;
  const board = new LiveState(clock);
  patrol.observe(withoutResults(board));
  let built: Promise<BuiltApp> | undefined;
  const load = async (): Promise<BuiltApp> => {
    patrol.observe(board);
    const app = (await import('./server.ts')).appOver(parts, board);
    app.recall();
    return app;
  };
  const file = socketOf(patrol.config.settings.store.path);
  const fetch: BuiltApp['app']['fetch'] = async (request, env) => {
    built ??= load();
    return (await built).app.fetch(request, env);
  };
  const socket = await keepSocket(fetch, file, log, patrol.role !== undefined);
  return {
    look: () => socket.look(),
    async close() {
      (await built)?.events.close();
      await socket.close();
    },
  };
}

/** What came of every check takes memory, and the store has it for whoever asks. */
function withoutResults(board: LiveState): Observer {
  return {
    planned: (services, plan) => board.planned(services, plan),
    cycleStarted: (services) => board.cycleStarted(services),
    cycleClosed: (services, report) => board.cycleClosed(services, report),
    cycleEnded: (services) => board.cycleEnded(services),
    configRead: (settings) => board.configRead(settings),
    configRefused: (problems) => board.configRefused(problems),
  };
}
