import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { loadConfig, type LoadedConfig, type RefusedConfig } from '../config/load.ts';
import { usualStore } from '../config/schema/schema.ts';
import { isObject } from '../model/json.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import { getOverview } from '../server/api/overview.ts';
import { socketOf } from '../server/listen.ts';
import { apiOver } from './api/client.ts';
import { isListening, overSocket } from './api/transport.ts';
import { osUser } from './api/os-user.ts';
import { type CliContext, explain, type Loaded, loadFile } from './command.ts';
import { printProblems } from './output.ts';

/** With what is wrong with the file on disk, where a patrol goes on with what it said before. */
export type AtWork = Loaded & { readonly refused?: RefusedConfig };

const patienceMs = 3000;

/**
 * The configuration of the file, or, for what needs no more than its store or its patrol, as much as is known of the one that a patrol
 * goes on with: where it stores, its time zone and language. `undefined` after everything that is wrong has been printed.
 */
export async function loadOrLastGood(
  context: CliContext,
  flags: { readonly config: string; readonly json?: boolean },
): Promise<AtWork | undefined> {
  const { file, config } = await loadFile(context, flags);
  const atWork = config.ok ? undefined : await lastGood(context, file);
  if (config.ok || atWork === undefined) return explain(context, file, config, flags);
  const { err, say } = context.terminal;
  printProblems(context.terminal, config.problems);
  err(say('cli.lastGoodGoesOn'));
  return { ...atWork, refused: config };
}

async function lastGood({ env, terminal }: CliContext, file: string): Promise<Loaded | undefined> {
  for (const store of await storesOf(file)) {
    const socket = socketOf(store);
    if (!(await isListening(socket))) continue;
    const api = apiOver(overSocket(socket, patienceMs), osUser(env), terminal.language);
    const { timeZone, language } = await api.call(getOverview).catch(() => ({
      timeZone: undefined,
      language: terminal.language,
    }));
    const rest = {
      services: [{ name: 'unknown', docs: 'unknown' }],
      language,
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    const url = urlIn(await readFile(file, 'utf8').catch(() => ''));
    const config =
      (url === undefined ? undefined : await loadText(file, env, { ...rest, store: { path: store, url } })) ??
      (await loadText(file, env, { ...rest, store: { path: store } }));
    if (config === undefined) return undefined;
    return {
      file,
      config: { ...config, settings: { ...config.settings, services: [] } },
      redactor: new Redactor(),
    };
  }
  return undefined;
}

async function loadText(
  file: string,
  env: NodeJS.ProcessEnv,
  written: unknown,
): Promise<LoadedConfig | undefined> {
  const readFile = () => Promise.resolve(JSON.stringify(written));
  const config = await loadConfig(file, { env, readFile, standsIn: true });
  if (!config.ok) return undefined;
  // Lines of what was put together are nobody's.
  const storeLacks = config.storeLacks?.map(({ line: _line, column: _column, ...problem }) => problem);
  return { ...config, storeLacks };
}

/** Where its patrol may store: as far as the file can be read, and where it does if nothing else is said. */
async function storesOf(file: string): Promise<readonly string[]> {
  const folder = path.dirname(file);
  const text = await readFile(file, 'utf8').catch(() => '');
  const written = pathIn(text);
  return [...(written === undefined ? [] : [written]), usualStore].map((one) => path.resolve(folder, one));
}

function pathIn(text: string): string | undefined {
  const store = storeIn(text);
  const written = isObject(store) ? store['path'] : undefined;
  return typeof written === 'string' ? written : undefined;
}

/** Of a database on a server. */
function urlIn(text: string): string | undefined {
  const store = storeIn(text);
  const written = isObject(store) ? store['url'] : store;
  return typeof written === 'string' ? written : undefined;
}

/** After the first slip the parser guesses, mostly well. */
function storeIn(text: string): unknown {
  try {
    const data: unknown = parseDocument(text, { logLevel: 'silent' }).toJS();
    return isObject(data) ? data['store'] : undefined;
  } catch {
    return undefined;
  }
}
