import { systemClock } from '../kit/clock.ts';
import type { Settings } from '../model/settings.ts';
import { openStore } from '../store/open.ts';
import { type Store, StoreError } from '../store/store.ts';
import { type CliContext, commandLogger, loadOrExplain } from './command.ts';
import { exitCode } from './output.ts';

/** Opens the store for looking on, while a daemon may be writing; explains itself when there is none. */
export async function withStore(
  context: CliContext,
  flags: { readonly config: string; readonly json?: boolean },
  work: (store: Store, settings: Settings) => Promise<number>,
): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  const log = commandLogger(context, loaded.redactor);
  try {
    const store = await openStore(settings.store.path, { clock: systemClock, log, readOnly: true });
    try {
      return await work(store, settings);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    context.terminal.err(`${error.message}\n  → ${error.hint}`);
    return exitCode.cannotRun;
  }
}
