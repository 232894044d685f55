import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { parse } from 'yaml';
import { type CheckedResult, checkOnce, configure } from './field/checked.ts';
import { exchangeOf, operationOf } from './field/match.ts';
import { installed, workshop } from './field/npm.ts';
import { freePort, startProcess } from './field/process.ts';
import { type Exchange, startRecorder } from './field/recorder.ts';
import { type Truth, truthOf } from './field/truth.ts';
import { Validator } from './field/validator.ts';
import type { Figure } from './figure.ts';

/** The last line that runs on Node 20. */
const prismPackage = '@stoplight/prism-cli@5.14.2';
const corpus = process.env['APIPATROL_CORPUS'] ?? path.resolve('../shared/corpus');
const kinds = 'openapi-{2.0,3.0,3.1}/*.{json,yaml,yml}';
const wantedDocuments = 12;
const shownBodyChars = 300;

interface Judged {
  readonly document: string;
  readonly mode: 'static' | 'dynamic';
  readonly result: CheckedResult;
  readonly exchange: Exchange;
  readonly kind:
    | 'agreed'
    | 'false fail'
    | 'false finding'
    /** Whether it is right depends on who reads the document, or on an example that the mock server does not heed. */
    | 'disputed'
    /** It passes, with a remark on what the document does not mention. */
    | 'remark'
    | 'true finding'
    | 'not shown'
    /** The mock server could not make an answer. */
    | 'no answer made'
    /** The mock server found that the request is not as documented. */
    | 'request refused'
    /** It found so by a rule that OpenAPI does not have, or that no request can keep. */
    | 'request disputed';
  readonly why: string;
}

/**
 * Prism answers every documented operation by its document, from the examples (static) and from the schemas (dynamic):
 * whatever is found wrong is wrong, unless Ajv says the same of the answer.
 */
export async function benchFalseAlarms(): Promise<readonly Figure[]> {
  const prism = path.join(await installed(prismPackage), 'dist/index.js');
  const judged: Judged[] = [];
  const documents = await mockable();
  for (const [name, document] of documents) {
    for (const mode of ['static', 'dynamic'] as const) {
      try {
        judged.push(...(await judge(prism, { name, document, mode })));
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        console.log(`  ${name}, ${mode}: left out: ${said.slice(0, shownBodyChars)}`);
      }
    }
  }
  const quiet = new Set<Judged['kind']>(['agreed', 'remark', 'true finding']);
  for (const one of judged.filter(({ kind }) => !quiet.has(kind))) console.log(describe(one));
  await writeFile(path.join(workshop, 'false-alarms.json'), JSON.stringify(judged, undefined, 1));
  const count = (kind: Judged['kind']): number => judged.filter((one) => one.kind === kind).length;
  const unanswered = ['no answer made', 'request refused', 'request disputed'] as const;
  const answered = judged.length - unanswered.reduce((sum, kind) => sum + count(kind), 0);
  return [
    { name: 'documents', value: new Set(judged.map(({ document }) => document)).size, unit: '' },
    { name: 'answers judged', value: answered, unit: '' },
    { name: '`fail` of an answer that Ajv finds right', value: count('false fail'), unit: '', aim: 0 },
    { name: 'less than `pass` of one that Ajv finds right', value: count('false finding'), unit: '', aim: 0 },
    { name: '`pass` with a remark on what is not documented', value: count('remark'), unit: '' },
    { name: 'answers on which opinions differ', value: count('disputed'), unit: '' },
    { name: 'answers that Ajv finds wrong as well', value: count('true finding'), unit: '' },
    { name: 'answers that Ajv finds wrong, `pass`', value: count('not shown'), unit: '', aim: 0 },
    { name: 'requests that Prism finds wrong', value: count('request refused'), unit: '', aim: 0 },
    {
      name: 'requests that Prism alone finds wrong: a parameter named `Accept`, which OpenAPI ignores, or one of a path without it',
      value: count('request disputed'),
      unit: '',
    },
    { name: 'operations for which Prism made no answer', value: count('no answer made'), unit: '' },
  ];
}

/** Documents that a mock server can be started with: by file, without their servers and sign-in. */
async function mockable(): Promise<readonly (readonly [string, object])[]> {
  const found: (readonly [string, object])[] = [];
  for (const file of await glob(kinds, { cwd: corpus })) {
    const read = parse(await readFile(path.join(corpus, file), 'utf8'), { strict: false, logLevel: 'error' });
    found.push([file.replace(/\.\w+$/, ''), withoutSignIn(read as Record<string, unknown>)]);
  }
  if (found.length < wantedDocuments)
    throw new Error(`${found.length} documents in ${corpus}; APIPATROL_CORPUS names a folder of real ones`);
  return found.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function withoutSignIn(document: Record<string, unknown>): object {
  const { basePath: _basePath, servers: _servers, host: _host, security: _security, ...rest } = document;
  return JSON.parse(
    JSON.stringify(rest, (key, value: unknown) => (isServersOrSecurity(key, value) ? undefined : value)),
  ) as object;
}

function isServersOrSecurity(key: string, value: unknown): boolean {
  return (key === 'security' || key === 'servers') && Array.isArray(value);
}

interface Mocked {
  readonly name: string;
  readonly document: object;
  readonly mode: Judged['mode'];
}

async function judge(prism: string, { name, document, mode }: Mocked): Promise<readonly Judged[]> {
  const folder = path.join(workshop, 'false-alarms', `${name.replaceAll('/', '-')}-${mode}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify(document);
  const file = path.join(folder, 'mocked.json');
  await writeFile(file, text);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const args = [
    prism,
    'mock',
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    ...(mode === 'dynamic' ? ['-d'] : []),
    file,
  ];
  const server = await startProcess({ command: process.execPath, args, cwd: folder }, origin);
  const recorder = await startRecorder(origin);
  try {
    const documents = [{ name: 'document.json', text }];
    const config = await configure({ folder, baseUrl: recorder.origin, documents });
    const { results } = await checkOnce(config);
    const validator = new Validator(document);
    const habits = results.flatMap(({ findings }) => findings.filter(({ kind }) => kind === 'habit'));
    return results.flatMap((result) => {
      const exchange = exchangeOf(result, recorder.exchanges);
      const operation = operationOf(result, validator);
      if (exchange === undefined || operation === undefined) return [];
      const before = recorder.exchanges.filter(({ at }) => at < exchange.at);
      const attempts = recorder.exchanges.filter(
        ({ method, target }) => method === exchange.method && target === exchange.target,
      );
      const truths = attempts.map((attempt) => truthOf(attempt, { operation, validator, before }));
      return [{ document: name, mode, result, exchange, ...kindOf(result, exchange, truths, habits) }];
    });
  } finally {
    recorder.close();
    await server.stop();
  }
}

/**
 * @param truths of each attempt, the deciding one last
 * @param habits of the whole service, which are noted where they are met first
 */
function kindOf(
  { verdict, reason, findings, operation }: CheckedResult,
  { body }: Exchange,
  truths: readonly Truth[],
  habits: CheckedResult['findings'],
): Pick<Judged, 'kind' | 'why'> {
  const own = /"type":"https:\/\/stoplight\.io\/prism\/errors#(\w+)"/.exec(body)?.[1];
  if (own === 'UNPROCESSABLE_ENTITY') return { kind: refusalOf(body, operation), why: body };
  if (own !== undefined) return { kind: 'no answer made', why: body };
  const why = reason.message || (findings[0]?.message ?? '');
  const kinds = new Set(truths.map(({ kind }) => kind));
  const violation = truths.findLast(({ kind }) => kind === 'violation');
  const isFound = verdict !== 'pass' || findings.length > 0 || habits.some((habit) => isOf(habit, violation));
  if (violation !== undefined) return { kind: isFound ? 'true finding' : 'not shown', why: violation.why };
  // It took too long, or broke while it made the answer.
  if (kinds.has('broken') || kinds.has('elsewhere') || ['flaky', 'timeout'].includes(reason.code))
    return { kind: 'no answer made', why };
  if (verdict === 'pass') return { kind: isFound ? 'remark' : 'agreed', why };
  if (kinds.has('disputed') || findings.some(({ kind }) => kind === 'envelope') || isOfEnvelope(why))
    return { kind: 'disputed', why };
  return { kind: verdict === 'fail' ? 'false fail' : 'false finding', why };
}

/**
 * OpenAPI 3.1 §4.8.12.1: "If `in` is "header" and the `name` field is "Accept", "Content-Type" or "Authorization", the parameter
 * definition SHALL be ignored"; the name of one "in the path" MUST be in the template.
 */
function refusalOf(body: string, operation: string): 'request refused' | 'request disputed' {
  const { validation } = JSON.parse(body) as {
    readonly validation: readonly { readonly location: readonly string[]; readonly message: string }[];
  };
  const isDisputed = validation.every(({ location: [place, name = ''], message }) => {
    const wanted = /^Request path must have required property '(.+)'$/.exec(message)?.[1];
    return place === 'header'
      ? /^(?:accept|content-type|authorization)$/i.test(name)
      : wanted !== undefined && !operation.includes(`{${wanted}}`);
  });
  return isDisputed ? 'request disputed' : 'request refused';
}

/** Numbers that are written as texts are one finding for the service. */
function isOf({ message }: CheckedResult['findings'][number], violation: Truth | undefined): boolean {
  return /writes numbers as text/.test(message) && /must be (?:integer|number)/.test(violation?.why ?? '');
}

/** What success looks like was learned from an example; answers made of schemas alone do not keep to it. */
function isOfEnvelope(why: string): boolean {
  return /^\S+ is .*, documented: /.test(why);
}

function describe({ kind, document, mode, result, exchange, why }: Judged): string {
  const body = exchange.body.slice(0, shownBodyChars);
  return `  ${kind}: ${document} (${mode}) ${result.operation} → ${exchange.status}: ${why.slice(0, shownBodyChars)}\n    ${exchange.target}\n    ${body}`;
}
