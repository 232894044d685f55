import { pc } from '../paint.ts';
import { maskedCheck } from '../../check/answer/evidence.ts';
import { successSentence } from '../../check/envelope/sentence.ts';
import { flat } from '../../lib/text/clean.ts';
import { groupBy } from '../../lib/group-by.ts';
import { shortJson } from '../../lib/json/short-json.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { Check, FilledValue, Plan, SkipCode, Skipped } from '../../model/check.ts';
import type { Document } from '../../model/document.ts';
import type { Problem } from '../../model/problem.ts';
import {
  type AddCommand,
  commandLine,
  configOption,
  examples,
  type FilterFlags,
  filterFrom,
  filterOptions,
  jsonOption,
  loadOrExplain,
  shownFilter,
  lacksService,
  servicesOf,
} from '../command.ts';
import { type Coverage, waitingIn } from '../../model/set-up.ts';
import { type Advice, advise } from '../../plan/coverage/advice.ts';
import { setUpGroups } from '../../plan/coverage/set-up-groups.ts';
import { printSetUp } from '../print-set-up.ts';
import { coverageOf, type CoverageReport, suppliersOf } from '../../plan/coverage/coverage.ts';
import { canBeLent } from '../../plan/capture/id-like.ts';
import { interruptible, withParts } from '../oneshot.ts';
import { exitCode, printJson, printProblems, table, type Terminal } from '../output.ts';
import type { Say, Words } from '../words.ts';

/** Of an address, or of a value in it, to a person. */
const shownBytes = 500;

interface Found {
  readonly documents: readonly Document[];
  readonly plan: Plan;
  readonly coverage: CoverageReport;
  readonly problems: readonly Problem[];
}

export const scanCommand: AddCommand = (program, context) => {
  const { terminal } = context;
  const { say } = terminal;
  const command = program
    .command('scan')
    .description(say('help.scan.does'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .option('--coverage', say('help.scan.coverage'))
    .addHelpText(
      'after',
      `\n${examples(context, 'scan', 'scan --coverage', "scan --only 'GET /orders*' --json")}`,
    );
  for (const option of filterOptions(context)) command.addOption(option);
  command.action(async (flags: { config: string; json?: boolean; coverage?: boolean } & FilterFlags) => {
    const loaded = await loadOrExplain(context, flags);
    if (loaded === undefined) return context.finish(exitCode.cannotRun);
    const { settings } = loaded.config;
    const services = settings.services.map(({ name }) => name);
    if (lacksService(flags, services, terminal)) return context.finish(exitCode.cannotRun);
    const asked = { ...settings, services: servicesOf(settings, flags) };
    const found = await withParts(context, loaded, async (parts): Promise<Found> => {
      const scanned = await parts.scanner.scan(asked.services, interruptible());
      const plan = await parts.plan(scanned.documents, asked, filterFrom(flags));
      const inside = scanned.documents.flatMap((document) => document.problems);
      return {
        documents: scanned.documents,
        plan: { ...plan, checks: plan.checks.map((check) => maskedCheck(check, loaded.redactor)) },
        coverage: coverageOf(plan, scanned.documents),
        problems: [...scanned.problems, ...inside, ...plan.problems],
      };
    });
    if (flags.json === true) printJson(terminal, asJson(found));
    else print(terminal, found, flags.coverage === true, commandLine(flags, 'check'));
    const nothing = found.plan.checks.length + found.plan.skipped.length === 0 && shownFilter(flags) !== '';
    if (nothing)
      terminal.err(
        say('cli.nothingFits', { filter: shownFilter(flags) }),
        say('cli.allOfThem', { command: commandLine(flags, 'scan') }),
      );
    context.finish(nothing || found.documents.length === 0 ? exitCode.cannotRun : exitCode.pass);
  });
};

function asJson({ documents, plan, coverage, problems }: Found) {
  const suppliers = suppliersOf(plan.checks);
  return {
    documents: documents.map(({ id, service, uri, format, title, version, operations, lastEdit }) => ({
      id,
      service,
      uri,
      format,
      title,
      version,
      operations: operations.length,
      lastEdit,
    })),
    operations: [
      ...plan.checks.map((check) => ({
        service: check.service,
        document: check.documentId,
        operation: check.operation,
        tags: check.tags,
        called: true,
        url: check.request.url,
        success: successSentence(check),
        credential: check.credential,
        values: check.values.map((value) => {
          const from = suppliers(check)[value.name];
          return from === undefined || !canBeLent(value) ? value : { ...value, from };
        }),
      })),
      ...plan.skipped.map(({ service, documentId, operation, tags, code, reason, hint }) => ({
        service,
        document: documentId,
        operation,
        tags,
        called: false,
        code,
        reason,
        hint,
      })),
    ],
    coverage,
    advice: advise(plan.checks),
    setUp: setUpGroups({ last: [], skipped: plan.skipped }),
    problems,
  };
}

function print(
  terminal: Terminal,
  { documents, plan, coverage, problems }: Found,
  onlyCoverage: boolean,
  next: string,
): void {
  if (onlyCoverage) printCoverage(terminal, coverage, plan);
  else printOperations(terminal, documents, plan);
  printProblems(terminal, problems);
  const [called, left] = [plan.checks.length, plan.skipped.length];
  const { say } = terminal;
  const summary = say('scan.summary', {
    documents: say('cli.documents', { n: documents.length }),
    operations: say('cli.operations', { n: called + left }),
    called: pc.green(say('scan.called', { n: called })),
    left,
  });
  terminal.out(`\n${summary}`);
  if (plan.checks.length > 0) terminal.out(pc.dim(say('cli.next', { command: next })));
}

function printOperations(terminal: Terminal, documents: readonly Document[], plan: Plan): void {
  const { say } = terminal;
  const suppliers = suppliersOf(plan.checks);
  for (const document of documents) {
    const mine = (one: Check | Skipped): boolean => one.documentId === document.id;
    const called = plan.checks.filter(mine);
    const skipped = plan.skipped.filter(mine);
    if (called.length + skipped.length === 0) continue;
    const version = document.version === undefined ? '' : ` ${document.version}`;
    terminal.out(
      `\n${pc.bold(flat(document.title))}${flat(version)}  ${pc.dim(flat(`${document.service} · ${document.uri} · ${document.format}`))}`,
    );
    terminal.out(
      table(
        ['', say('scan.operation'), say('scan.how')],
        [
          ...called.map((check) => calledRow(check, suppliers(check), say)),
          ...skipped.map((one) => skippedRow(one, terminal)),
        ],
      ),
    );
    for (const line of successLines(called, terminal)) terminal.out(line);
  }
  const groups = setUpGroups({ last: [], skipped: plan.skipped });
  if (groups.length === 0) return;
  const toSetUp = pc.cyan(say('setUp.toSetUp', { n: waitingIn(groups) }));
  terminal.out(`\n${toSetUp} ${pc.dim(say('setUp.asFarAsShows'))}`);
  printSetUp(terminal, groups);
}

/** What counts as success in the bodies of a document's answers: most have one envelope. */
function successLines(called: readonly Check[], { say, inWords }: Words): readonly string[] {
  const sentences = called.flatMap((check) => successSentence(check) ?? []);
  return [...groupBy(sentences, inWords)].map(
    ([sentence, { length }]) => `${flat(sentence)} ${pc.dim(say('scan.successOf', { n: length }))}`,
  );
}

function calledRow(
  check: Check,
  from: Readonly<Record<string, string | undefined>>,
  say: Say,
): readonly string[] {
  const isLent = (value: FilledValue): boolean => canBeLent(value) && from[value.name] !== undefined;
  const own = check.values.filter((value) => !isLent(value));
  const madeUp = own.filter(({ origin }) => origin === 'generated');
  const samples = own.filter(({ origin }) => origin === 'example');
  const taken = check.values
    .filter(isLent)
    .map(({ name }) => say('scan.from', { name, operation: from[name] ?? '' }))
    .join(',');
  const shown = samples.length === 0 ? '' : pc.dim(say('scan.examples', { values: shownValues(samples) }));
  const values = madeUp.length === 0 ? '' : pc.yellow(say('scan.madeUp', { values: shownValues(madeUp) }));
  const credential = check.credential === undefined ? '' : pc.dim(signedAs(check.credential, check, say));
  return [
    pc.green('✓'),
    check.operation,
    `${ellipsize(check.request.url, shownBytes)}${credential}${pc.dim(taken)}${shown}${values}`,
  ];
}

function signedAs(credential: string, { request: { tokenHeader: header } }: Check, say: Say): string {
  return header === undefined
    ? say('scan.as', { credential })
    : say('scan.asInHeader', { credential, header });
}

function shownValues(values: readonly FilledValue[]): string {
  return values.map(({ name, value }) => `${name}=${shortJson(value, shownBytes)}`).join(', ');
}

function skippedRow({ operation, reason }: Skipped, { inWords }: Words): readonly string[] {
  return [pc.dim('–'), operation, pc.dim(inWords(reason))];
}

/** How much of what is documented is called, how sure, and what to write so that more of it is. */
function printCoverage(terminal: Terminal, { total, byService }: CoverageReport, plan: Plan): void {
  const { say } = terminal;
  const rows = Object.entries(byService).map(([service, coverage]) => rowOf(service, coverage));
  const all = rows.length > 1 ? [...rows, rowOf(say('coverage.all'), total)] : rows;
  const header = [
    say('coverage.service'),
    say('coverage.documented'),
    say('coverage.called'),
    say('coverage.certain'),
    say('coverage.uncertain'),
    say('coverage.notCalled'),
  ];
  terminal.out(`\n${table(header, all)}`);
  printSkipped(terminal, total);
  if (total.capturable > 0) {
    terminal.out(`\n${say('coverage.fedByOthers', { n: total.capturable })}`);
  }
  printAdvice(terminal, advise(plan.checks));
}

function rowOf(
  name: string,
  { documented, called, certain, uncertain, skipped }: Coverage,
): readonly string[] {
  const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return [name, ...[documented, called, certain, uncertain, left].map(String)];
}

function printSkipped(terminal: Terminal, { skipped }: Coverage): void {
  const codes = (Object.entries(skipped) as [SkipCode, number][]).sort(([, a], [, b]) => b - a);
  if (codes.length === 0) return;
  const { say } = terminal;
  const rows = codes.map(([code, count]) => [String(count), code, pc.dim(say(`skip.${code}`))]);
  terminal.out(`\n${table([say('coverage.notCalled'), say('coverage.because'), ''], rows)}`);
}

function printAdvice({ out, say, inWords }: Terminal, advice: readonly Advice[]): void {
  if (advice.length === 0) return;
  out(`\n${say('coverage.advice')}`);
  for (const { operations, reason, lines } of advice) {
    const operation = pc.cyan(operations[0] ?? '');
    const n = operations.length - 1;
    const about = n > 0 ? say('cli.operationAndMore', { operation, n }) : operation;
    out(`\n${say('cli.labelled', { label: about, text: inWords(reason) })}\n${lines}`);
  }
}
