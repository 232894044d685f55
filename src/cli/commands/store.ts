import path from 'node:path';
import { Option } from 'commander';
import { createResealing } from '../../auth/persistence/resealing.ts';
import { keyFromFile, tokenStoreKey } from '../../auth/persistence/sealed-token-store.ts';
import { requireKey } from '../../app/daemon/require-key.ts';
import { loadConfig } from '../../config/load.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Problem } from '../../model/problem.ts';
import { StoreError } from '../../store/store.ts';
import type { TransferReport, TransferredTable } from '../../store/transfer/report.ts';
import type { Vault } from '../../store/transfer/vault.ts';
import {
  type AddCommand,
  type CliContext,
  commandLogger,
  configOption,
  examples,
  jsonOption,
  type Loaded,
  loadWithoutSecrets,
} from '../command.ts';
import { exitCode, formatMs, printJson, printProblems, table, type Terminal } from '../output.ts';
import { pc } from '../paint.ts';
import { progressOf } from '../progress.ts';
import { type StoreUrl, storeUrlOf } from '../stored.ts';

interface Flags {
  readonly config: string;
  readonly from?: string;
  readonly to?: string;
  readonly restart?: boolean;
  readonly json?: boolean;
}

export const storeCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  const store = program.command('store').description(say('help.store.does'));
  store
    .command('migrate')
    .description(say('help.store.migrateDoes'))
    .addOption(configOption(context))
    .addOption(new Option('--from <file>', say('help.store.from')))
    .addOption(new Option('--to <address>', say('help.store.to', { example: '${env:NAME}' })))
    .option('--restart', say('help.store.restart'))
    .addOption(jsonOption(context))
    .addHelpText(
      'after',
      `\n${say('help.store.migrateMore')}\n\n${examples(
        context,
        'store migrate',
        `store migrate --from old/patrol.db --to 'postgres://patrol:\${env:DATABASE_PASSWORD}@db.example/patrol'`,
      )}`,
    )
    .action(async (flags: Flags) => context.finish(await migrate(context, flags)));
};

async function migrate(context: CliContext, flags: Flags): Promise<number> {
  const loaded = await loadWithoutSecrets(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const to = await targetOf(context, loaded, flags);
  if (to === undefined) return exitCode.cannotRun;
  const from = path.resolve(context.cwd, flags.from ?? loaded.config.settings.store.path);
  const startedAt = systemClock.monotonic();
  const progress = progressOf(context.terminal, flags);
  try {
    const vault = await vaultOf(context, from, to);
    const { transfer } = await import('../../store/transfer/transfer.ts');
    const report = await transfer({
      from,
      to: to.reveal(),
      restart: flags.restart === true,
      vault,
      clock: systemClock,
      log: commandLogger(context, loaded.redactor),
      progress: progress.tell,
    });
    progress.end();
    const tookMs = systemClock.monotonic() - startedAt;
    const isSame = report.tables.every((one) => one.isSame);
    if (flags.json === true)
      printJson(context.terminal, { ok: isSame, ...report, tookMs: Math.round(tookMs) });
    else print(context.terminal, report, tookMs);
    return isSame ? exitCode.pass : exitCode.cannotRun;
  } catch (error) {
    progress.end();
    if (!(error instanceof StoreError)) throw error;
    return refused(context.terminal, flags, error);
  }
}

/** Of what the command line says, else the configuration; `undefined` after what is wrong has been printed. */
async function targetOf(context: CliContext, loaded: Loaded, flags: Flags): Promise<StoreUrl | undefined> {
  const { terminal, env } = context;
  if (flags.to === undefined) {
    const url = storeUrlOf(context, loaded, flags);
    if (url.ok && url.url === undefined)
      refused(
        terminal,
        flags,
        new StoreError({
          code: 'missing',
          said: sentence('noTargetNamed', { file: flags.config }),
          hint: sentence('nameTarget'),
          retry: false,
        }),
      );
    return url.ok ? url.url : undefined;
  }
  const written = { services: [{ name: 'unknown', docs: 'unknown' }], store: { url: flags.to } };
  const config = await loadConfig(loaded.file, { env, readFile: async () => JSON.stringify(written) });
  if (config.ok) {
    for (const secret of config.secrets) loaded.redactor.add(secret);
    return config.settings.store.url;
  }
  const problems = config.problems.map(({ level, code, message, hint }) => ({
    level,
    code,
    message,
    hint,
    pointer: '--to',
  }));
  if (flags.json === true) printJson(terminal, { ok: false, problems });
  else printProblems(terminal, problems);
  return undefined;
}

/** What signing in has given was sealed with the key in the environment, or else with that beside the file. */
async function vaultOf({ env }: CliContext, from: string, url: StoreUrl): Promise<Vault> {
  const text = env['APIPATROL_KEY'];
  requireKey({ url }, text);
  const file = `${from}.key`;
  const key = await tokenStoreKey({ text, file, create: false });
  if (!key.ok) throw new StoreError({ code: 'missing', said: key.message, hint: key.hint, retry: false });
  const old = await keyFromFile(file, false);
  return createResealing(key.key, old.ok ? old.key : undefined);
}

function refused(terminal: Terminal, { json }: Flags, { code, said, hint }: StoreError): number {
  const problem: Problem = { level: 'error', code: `store-${code}`, message: said, hint };
  if (json === true) printJson(terminal, { ok: false, problems: [problem] });
  else terminal.err(terminal.inWords(said), terminal.inWords(hint));
  return exitCode.cannotRun;
}

function print(terminal: Terminal, report: TransferReport, tookMs: number): void {
  const { out, say } = terminal;
  const { tables, source, target, isOtherKey, resealed, signedInAnew } = report;
  const rows = tables.filter((one) => one.rows > 0 || one.targetRows > 0);
  out(
    table(
      [say('store.table'), say('store.rowsIn'), say('store.rowsThere'), say('store.checksum'), ''],
      rows.map((one) => rowOf(terminal, one)),
    ),
  );
  const wrong = tables.filter((one) => !one.isSame).map((one) => one.table);
  if (wrong.length > 0) {
    terminal.err(say('store.differs', { n: wrong.length, tables: wrong }), say('store.differsHint'));
    return;
  }
  const n = tables.reduce((sum, one) => sum + one.rows, 0);
  out(`\n${pc.green('✓')} ${say('store.migrated', { n, source, target, took: formatMs(tookMs) })}`);
  if (resealed > 0) out(`  ${say('store.resealed', { n: resealed })}`);
  if (signedInAnew.length > 0)
    out(`  ${pc.yellow('→')} ${say('store.signInAnew', { n: signedInAnew.length, names: signedInAnew })}`);
  if (isOtherKey) out(`  ${pc.yellow('→')} ${say('store.otherKey')}`);
  out(`  ${pc.yellow('→')} ${say('store.next')}`);
}

function rowOf({ say }: Terminal, one: TransferredTable): readonly string[] {
  const { table: name, rows, targetRows, checksum, isSame } = one;
  return [
    name,
    String(rows),
    String(targetRows),
    checksum ?? say('store.sealedAnew'),
    isSame ? pc.green('✓') : pc.red('✗'),
  ];
}
