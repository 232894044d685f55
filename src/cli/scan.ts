import pc from 'picocolors';
import type { Check, Plan, Skipped } from '../model/check.ts';
import type { Document } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import {
  type AddCommand,
  configOption,
  type FilterFlags,
  filterFrom,
  filterOptions,
  jsonOption,
  loadOrExplain,
} from './command.ts';
import { interruptible, withParts } from './oneshot.ts';
import { exitCode, printJson, printProblems, type Terminal, table } from './output.ts';

interface Found {
  readonly documents: readonly Document[];
  readonly plan: Plan;
  readonly problems: readonly Problem[];
}

export const scanCommand: AddCommand = (program, context) => {
  const command = program
    .command('scan')
    .description('list documents and operations, and whether each will be called')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', "\nExamples:\n  $ apipatrol scan\n  $ apipatrol scan --only 'GET /orders*' --json");
  for (const option of filterOptions()) command.addOption(option);
  command.action(async (flags: { config: string; json?: boolean } & FilterFlags) => {
    const loaded = await loadOrExplain(context, flags);
    if (loaded === undefined) return context.finish(exitCode.cannotRun);
    const { settings } = loaded.config;
    const found = await withParts(context, loaded, async (parts): Promise<Found> => {
      const scanned = await parts.scanner.scan(settings.sources, interruptible());
      const plan = parts.plan(scanned.documents, settings, filterFrom(flags));
      const inside = scanned.documents.flatMap((document) => document.problems);
      return {
        documents: scanned.documents,
        plan,
        problems: [...scanned.problems, ...inside, ...plan.problems],
      };
    });
    if (flags.json === true) printJson(context.terminal, asJson(found));
    else print(context.terminal, found);
    context.finish(found.documents.length === 0 ? exitCode.cannotRun : exitCode.pass);
  });
};

function asJson({ documents, plan, problems }: Found) {
  return {
    documents: documents.map(({ id, source, uri, format, title, version, operations }) => ({
      id,
      source,
      uri,
      format,
      title,
      version,
      operations: operations.length,
    })),
    operations: [
      ...plan.checks.map((check) => ({
        source: check.source,
        document: check.documentId,
        operation: check.operation,
        tags: check.tags,
        called: true,
        url: check.request.url,
        credential: check.credential,
        values: check.values,
      })),
      ...plan.skipped.map(({ source, documentId, operation, tags, code, reason, hint }) => ({
        source,
        document: documentId,
        operation,
        tags,
        called: false,
        code,
        reason,
        hint,
      })),
    ],
    problems,
  };
}

function print(terminal: Terminal, { documents, plan, problems }: Found): void {
  for (const document of documents) {
    const mine = (one: Check | Skipped): boolean => one.documentId === document.id;
    const called = plan.checks.filter(mine);
    const skipped = plan.skipped.filter(mine);
    if (called.length + skipped.length === 0) continue;
    const version = document.version === undefined ? '' : ` ${document.version}`;
    terminal.out(
      `\n${pc.bold(document.title)}${version}  ${pc.dim(`${document.source} · ${document.uri} · ${document.format}`)}`,
    );
    terminal.out(table(['', 'operation', 'how'], [...called.map(calledRow), ...skipped.map(skippedRow)]));
  }
  printHints(terminal, plan.skipped);
  printProblems(terminal, problems);
  const total = plan.checks.length + plan.skipped.length;
  terminal.out(
    `\n${documents.length} documents, ${total} operations: ${pc.green(`${plan.checks.length} called`)}, ${plan.skipped.length} not called`,
  );
  if (plan.checks.length > 0) terminal.out(pc.dim('next: apipatrol check'));
}

function calledRow(check: Check): readonly string[] {
  const madeUp = check.values.filter((value) => value.origin === 'generated');
  const values =
    madeUp.length === 0
      ? ''
      : pc.yellow(
          ` made up: ${madeUp.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(', ')}`,
        );
  const credential = check.credential === undefined ? '' : pc.dim(` as ${check.credential}`);
  return [pc.green('✓'), check.operation, `${check.request.url}${credential}${values}`];
}

function skippedRow({ operation, reason }: Skipped): readonly string[] {
  return [pc.dim('–'), operation, pc.dim(reason)];
}

/** Each different hint once, with the first operation that it would help. */
function printHints(terminal: Terminal, skipped: readonly Skipped[]): void {
  const hints = new Map<string, Skipped[]>();
  for (const one of skipped) {
    if (one.hint === undefined || one.code === 'unsafe-method') continue;
    hints.set(one.hint, [...(hints.get(one.hint) ?? []), one]);
  }
  for (const [hint, ones] of hints) {
    terminal.out(
      `\n${pc.cyan('to call')} ${ones[0]?.operation}${ones.length > 1 ? ` and ${ones.length - 1} more` : ''}:`,
    );
    terminal.out(hint);
  }
}
