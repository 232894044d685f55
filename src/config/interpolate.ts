import { sentence } from '../messages/sentence.ts';
import path from 'node:path';
import { fileComplaint, fileHint } from '../messages/syntax.ts';
import { nearest } from '../lib/text/text.ts';
import type { Problem } from '../model/problem.ts';
import type { YamlFile } from './yaml-file.ts';

export interface Interpolation {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads a whole text file; rejects when it cannot. */
  readonly readFile: (file: string) => Promise<string>;
  /** What relative `${file:…}` paths are relative to. */
  readonly folder: string;
  /** Puts a text that fits most places where a variable or a file is missing. Default: that is a problem. */
  readonly standsIn?: boolean;
}

/** Stands for a whole value that is missing; what is secret is an address or any text. */
const wholeStandIn = 'https://apipatrol-unset.invalid/';
/** Stands for a part of a value. */
const partStandIn = 'apipatrol-unset';

/** Where `wholeStandIn` does not fit. */
export const otherStandIns: readonly string[] = [partStandIn, `postgres://${partStandIn}.invalid/`];

/** Whether a value was not there, or in part, when the configuration was read. */
export function isStandIn(text: string): boolean {
  return text.includes(partStandIn);
}

const missing: ReadonlySet<string> = new Set(['missing-variable', 'missing-file']);

/** Whether a configuration lacks nothing but what its machine or its shell has to give it. */
export function areMissing(problems: readonly Problem[]): boolean {
  return problems.every(({ code }) => missing.has(code));
}

/**
 * Replaces `${env:NAME}`, `${env:NAME:-default}` and `${file:path}` in every text; `$${` stands for `${` itself.
 * Returns what could not be replaced, the files that were read, readable or not, and what those have given.
 */
export async function interpolate(
  yaml: YamlFile,
  from: Interpolation,
): Promise<{
  readonly problems: readonly Problem[];
  /** What would be problems if nothing stood in. */
  readonly madeUp: readonly Problem[];
  readonly files: readonly string[];
  readonly given: ReadonlyMap<string, string>;
}> {
  const problems: Problem[] = [];
  const madeUp: Problem[] = [];
  const files = new Map<string, string | undefined>();
  for (const { text, place, replace } of yaml.texts()) {
    let result = '';
    let end = 0;
    const filledIn: string[] = [];
    for (const match of text.matchAll(expression)) {
      const found = await valueOf(match[0], match[1] ?? '', from, files);
      const value = standIn(found, match[0] === text, from);
      if (value !== found && !found.ok) madeUp.push({ level: 'error', ...found.problem, ...place });
      if (!value.ok) problems.push({ level: 'error', ...value.problem, ...place });
      else if (value.isFromElsewhere === true) filledIn.push(value.text);
      result += text.slice(end, match.index) + (value.ok ? value.text : match[0]);
      end = match.index + match[0].length;
    }
    if (end > 0) replace(result + text.slice(end), filledIn);
  }
  const given = new Map([...files].flatMap(([file, text]) => (text === undefined ? [] : [[file, text]])));
  return { problems, madeUp, files: [...files.keys()], given };
}

const forms = ['${env:NAME}', '${env:NAME:-default}', '${file:path}'];

const expression = /\$?\$\{([^}]*)\}/g;

type Value =
  /** A default stands in the configuration itself. */
  | { readonly ok: true; readonly text: string; readonly isFromElsewhere?: true }
  | { readonly ok: false; readonly problem: Pick<Problem, 'code' | 'message' | 'hint'> };

function standIn(value: Value, isWhole: boolean, { standsIn }: Interpolation): Value {
  if (value.ok || standsIn !== true || !missing.has(value.problem.code)) return value;
  return { ok: true, text: isWhole ? wholeStandIn : partStandIn, isFromElsewhere: true };
}

async function valueOf(
  whole: string,
  inner: string,
  from: Interpolation,
  files: Map<string, string | undefined>,
): Promise<Value> {
  if (whole.startsWith('$$')) return { ok: true, text: whole.slice(1) };
  if (inner.startsWith('env:')) return fromEnvironment(inner.slice('env:'.length), from.env);
  if (inner.startsWith('file:')) {
    const file = path.resolve(from.folder, inner.slice('file:'.length).trim());
    const value = await fromFile(file, path.isAbsolute(inner.slice('file:'.length).trim()), from.readFile);
    files.set(file, value.ok ? value.text : undefined);
    return value;
  }
  const name = /^[A-Za-z_]\w*/.exec(inner)?.[0] ?? 'NAME';
  const message = sentence('expressionUnknown', { expression: whole, forms });
  const hint = sentence('writeExpression', { variable: `\${env:${name}}`, literal: `$${whole}` });
  return { ok: false, problem: { code: 'unknown-interpolation', message, hint } };
}

function fromEnvironment(inner: string, env: Interpolation['env']): Value {
  const [name = '', ...rest] = inner.split(':-');
  const value = env[name];
  if (value !== undefined && value !== '') return { ok: true, text: value, isFromElsewhere: true };
  if (rest.length > 0) return { ok: true, text: rest.join(':-') };
  // A short name is near to many others.
  const similar = name.length < 5 ? undefined : nearest(name, Object.keys(env));
  const message = sentence(value === undefined ? 'variableNotSet' : 'variableEmpty', { name });
  const example = `\${env:${name}:-default}`;
  const hint =
    similar === undefined || similar === name
      ? sentence('setOrDefault', { example })
      : sentence('setOrDefaultMeant', { example, name: similar });
  return { ok: false, problem: { code: 'missing-variable', message, hint } };
}

async function fromFile(
  file: string,
  isAbsolute: boolean,
  readFile: Interpolation['readFile'],
): Promise<Value> {
  try {
    // Secrets are mounted with the newline that `echo` or an editor put at their end.
    return { ok: true, text: (await readFile(file)).replace(/\r?\n$/, ''), isFromElsewhere: true };
  } catch (error) {
    const message = sentence('fileNotReadable', { file, why: fileComplaint(error) });
    const hint = fileHint(error, sentence(isAbsolute ? 'checkMounted' : 'relativeToConfig'));
    return { ok: false, problem: { code: 'missing-file', message, hint } };
  }
}
