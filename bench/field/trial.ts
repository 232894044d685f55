import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { type CheckedReport, type CheckedResult, checkOnce, configure, type SetUpLine } from './checked.ts';
import { type Alarm, patrol, type Patrolled } from './daemon.ts';
import { exchangeOf, operationOf } from './match.ts';
import { workshop } from './npm.ts';
import { freePort, startProcess } from './process.ts';
import { type Exchange, type Recorder, startRecorder } from './recorder.ts';
import { type FieldServer, type Started, textOf } from './server.ts';
import { type Habits, templateOf, type Truth, truthOf } from './truth.ts';
import { type DocumentedOperation, Validator } from './validator.ts';

/** What one operation came to in the one-shot check, beside the truth. */
export interface Judged {
  readonly operation: string;
  readonly url: string;
  readonly status: number;
  readonly truth: Truth;
  readonly verdict: CheckedResult['verdict'];
  readonly said: string;
  readonly isFalseFail: boolean;
  readonly isMissed: boolean;
  /** The line of the set-up list, and whether it says what would help. */
  readonly setUp?: SetUpLine & { readonly isRight: boolean };
  /** The first characters of what the server answered. */
  readonly answer: string;
}

export interface Tried {
  readonly server: string;
  readonly documented: number;
  readonly judged: readonly Judged[];
  readonly notCalled: CheckedReport['skipped'];
  /** `POST /x`: requests that change something; `state: /x` where data was different afterwards. */
  readonly sideEffects: readonly string[];
  readonly patrol: Patrolled & { readonly falseAlarms: readonly Alarm[] };
}

const answerChars = 400;

/** Starts the server, checks it once, patrols it, and says what was right. */
export async function tryServer(server: FieldServer): Promise<Tried> {
  const folder = path.join(workshop, 'servers', server.name.toLowerCase().replaceAll(' ', '-'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, 'server'), { recursive: true });
  const endings: (() => Promise<void>)[] = [];
  try {
    const started = await server.start({
      folder: path.join(folder, 'server'),
      port: await freePort(),
      atEnd: (action) => endings.unshift(action),
      async launch(command, answersAt) {
        const { stop } = await startProcess(command, answersAt);
        endings.unshift(stop);
      },
    });
    return await tryStarted(server, started, folder);
  } finally {
    for (const end of endings) await end();
  }
}

async function tryStarted(server: FieldServer, started: Started, folder: string): Promise<Tried> {
  const recorder = await startRecorder(started.origin);
  try {
    const stateBefore = await stateOf(server, started);
    const { documents, credential } = started;
    const place = { folder, baseUrl: recorder.origin, documents, ...(credential && { credential }) };
    const report = await checkOnce(await configure(place));
    const once = recorder.exchanges.slice();
    const validators = documents.map(({ text }) => new Validator(parse(text, { logLevel: 'error' })));
    const habits = { refuses: server.refuses, keyName: keyNameOf(started) };
    const patrolled = await patrol(place, await freePort());
    const later = recorder.exchanges.slice(once.length);
    return {
      server: server.name,
      documented: validators.reduce((sum, { operations }) => sum + operations.length, 0),
      judged: report.results.flatMap((result) =>
        judge(result, { report, validators, habits, exchanges: once }),
      ),
      notCalled: report.skipped,
      sideEffects: [...writing(server, recorder), ...changed(stateBefore, await stateOf(server, started))],
      patrol: {
        ...patrolled,
        falseAlarms: patrolled.alarms.filter(
          (alarm) => !isTrue(alarm, { validators, habits, exchanges: later }),
        ),
      },
    };
  } finally {
    await writeFile(path.join(folder, 'exchanges.json'), JSON.stringify(recorder.exchanges, undefined, 1));
    recorder.close();
  }
}

interface Circumstances extends Seen {
  readonly report: CheckedReport;
}

interface Seen {
  readonly validators: readonly Validator[];
  readonly habits: Habits;
  readonly exchanges: readonly Exchange[];
}

function judge(
  result: CheckedResult,
  { report, validators, habits, exchanges }: Circumstances,
): readonly Judged[] {
  const exchange = exchangeOf(result, exchanges);
  const known = findOperation(result, validators);
  if (exchange === undefined || known === undefined) return [];
  const before = exchanges.filter(({ at }) => at < exchange.at);
  const truth = truthOf(exchange, { ...known, ...habits, before });
  const line = report.setUp.flatMap(({ items }) => items).find(({ checkId }) => checkId === result.checkId);
  const isShown = result.verdict !== 'pass' || result.findings.length > 0;
  const isWrong = truth.isFinding || truth.kind === 'refused' || truth.kind === 'permission';
  return [
    {
      operation: result.operation,
      url: result.url,
      status: exchange.status,
      truth,
      verdict: result.verdict,
      said: result.reason.message || (result.findings[0]?.message ?? ''),
      isFalseFail:
        result.verdict === 'fail' && truth.kind !== 'disputed' && (!truth.isFinding || truth.ourValue),
      isMissed: isWrong && !isShown,
      ...(line === undefined ? {} : { setUp: { ...line, isRight: isRightAdvice(line, truth) } }),
      answer: exchange.body.slice(0, answerChars),
    },
  ];
}

/** Kinds of advice that help with an answer of this kind. */
const helpful: Readonly<Record<Truth['kind'], readonly string[]>> = {
  right: [],
  violation: ['document'],
  disputed: ['document'],
  permission: ['permission'],
  refused: ['value', 'parameter', 'refused', 'document'],
  broken: ['value', 'parameter', 'broken', 'refused'],
  elsewhere: ['refused', 'document', 'permission', 'value'],
};

function isRightAdvice({ kind, lines }: SetUpLine, truth: Truth): boolean {
  if (lines.length === 0 || !helpful[truth.kind].includes(kind)) return false;
  // Where no value was sent, asking for another one does not help.
  if (kind === 'value') return truth.anyValue;
  // Many servers refuse whoever asks for what is not there: then a value must be among what is offered.
  return kind !== 'permission' || !truth.ourValue || lines.some((line) => line.includes('params:'));
}

interface Known {
  readonly operation: DocumentedOperation;
  readonly validator: Validator;
}

function findOperation(result: Pick<CheckedResult, 'operation' | 'url'>, validators: readonly Validator[]) {
  const known = validators.flatMap((validator): readonly Known[] => {
    const operation = operationOf(result, validator);
    return operation === undefined ? [] : [{ operation, validator }];
  });
  // Of several documents the one that writes it as the result does.
  return known.find(({ operation }) => result.operation.endsWith(operation.path)) ?? known[0];
}

/** It had been answered well, and then was not; of a host or credential: some answer was an error. */
function isTrue({ cause, label }: Alarm, { validators, habits, exchanges }: Seen): boolean {
  if (cause.level !== 'operation') return exchanges.some(({ status }) => status >= 500 || status === 401);
  const [method] = label.split(' ');
  const known = findOperation({ operation: label, url: 'http://server/' }, validators);
  if (known === undefined) return false;
  const template = templateOf(known.operation.path);
  const kinds = exchanges.flatMap((exchange, at) => {
    if (exchange.method !== method || !template.test(exchange.target.split('?')[0] ?? '')) return [];
    return [truthOf(exchange, { ...known, ...habits, before: exchanges.slice(0, at) }).kind];
  });
  const first = kinds.indexOf('right');
  return first >= 0 && kinds.slice(first).some((kind) => kind !== 'right');
}

function keyNameOf({ credential }: Started): string | undefined {
  const { in: place, name } = credential ?? {};
  return place === 'query' && typeof name === 'string' ? name : undefined;
}

function writing({ writes }: FieldServer, { exchanges }: Recorder): readonly string[] {
  const harmful = exchanges.filter(
    ({ method, target }) => !['GET', 'HEAD', 'OPTIONS'].includes(method) || writes?.test(target) === true,
  );
  return [...new Set(harmful.map(({ method, target }) => `${method} ${target}`))];
}

/** Answers of the server's own addresses of state, by address. */
async function stateOf(
  { state = [] }: FieldServer,
  { origin, headers }: Started,
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const at of state) answers.set(at, await textOf(origin + at, headers));
  return answers;
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...before].filter(([at, text]) => after.get(at) !== text).map(([at]) => `state: ${at}`);
}
