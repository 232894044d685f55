import { hushAt } from '../incidents/suppression/suppression.ts';
import { runningWindows } from '../incidents/suppression/windows.ts';
import { configOrigins } from '../config/origins.ts';
import { createPost } from '../notify/delivery/post.ts';
import { sendTestMessage } from '../notify/test-message/test-message.ts';
import type { HandlerContext, ServerContext } from './context.ts';
import { tellTaken } from './live/tell-taken.ts';
import { OperationRows } from './live/operation-rows.ts';

/** For callers whose role is for all services. */
export function openContext(context: ServerContext): HandlerContext {
  const { patrol, board, days, clock, log, redactor, version, configFile, port, identity, calls } = context;
  const rows = new OperationRows();
  const post = createPost({ network: () => patrol.config.settings.network });
  let read: { readonly of: object; readonly values: ReturnType<typeof configOrigins> } | undefined;
  return {
    patrol,
    board,
    days,
    clock,
    log,
    redactor,
    version,
    configFile,
    port,
    identity,
    calls,
    rows: { all: () => rows.all(context), one: (planned) => rows.one(context, planned) },
    tellTaken: (incident, taken) => tellTaken(context, incident, taken),
    lastCycle: async () => board.lastCycle,
    problems: async (service) => board.services.get(service)?.problems ?? [],
    async hushed() {
      const now = clock.now();
      const silences = await patrol.store.desk.silences(now);
      const hushed = hushAt(now, silences, runningWindows(now, patrol.config.settings));
      return (incident) => hushed(incident) !== undefined;
    },
    async configValues() {
      const { config } = patrol;
      if (read?.of !== config) read = { of: config, values: configOrigins(configFile) };
      try {
        return await read.values;
      } catch (error) {
        read = undefined;
        throw error;
      }
    },
    testMessage(channel) {
      const { language, timeZone, server } = patrol.config.settings;
      const about = { scenario: 'failure', mentions: [], language, timeZone, server } as const;
      return sendTestMessage(channel, { ...about, post, clock, redactor });
    },
  };
}
