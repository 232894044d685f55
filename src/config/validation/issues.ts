import type { z } from 'zod';
import { isSensitiveName, Redactor } from '../../lib/secrets/secret.ts';
import { nearest } from '../../lib/text/text.ts';
import { isObject } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { UnknownKey } from './conform.ts';
import type { Path, YamlPosition, YamlFile } from '../yaml-file.ts';

type Issue = z.core.$ZodIssue;

/** `services[0].operations[2].match` */
export function dotted(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = nameOf(key);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** A slip of the indentation can make a key of an address or a token: what is no name is not shown. */
function nameOf(key: PropertyKey | undefined): string {
  const text = String(key);
  if (/^[\w-]{1,40}$/.test(text)) return text;
  return /^[\p{L}\p{N}_.[\] -]{1,40}$/u.test(text) ? JSON.stringify(text) : mask;
}

const mask = '***';

export function unknownKeyProblem(unknown: UnknownKey, yaml: YamlFile): Problem {
  const key = nameOf(unknown.path.at(-1));
  const message = `unknown key ${key === mask ? mask : `"${key}"`}; allowed: ${unknown.allowed.join(', ')}`;
  const hint = didYouMean(key, unknown.allowed);
  return problem('unknown-key', message, unknown.path, yaml.keyPlace(unknown.path), hint);
}

/** Those of a list at `path` that are not defined. */
export function unknownNamesIn(
  what: 'credential' | 'channel' | 'service',
  names: readonly string[],
  defined: readonly string[],
  path: Path,
  yaml: YamlFile,
): readonly Problem[] {
  return names.flatMap((name, index) => {
    const at = [...path, index];
    return defined.includes(name) ? [] : [unknownNameProblem(what, name, defined, at, yaml.place(at))];
  });
}

/** A name that should be defined elsewhere in the configuration and is not. */
export function unknownNameProblem(
  what: 'credential' | 'channel' | 'service',
  name: string,
  defined: readonly string[],
  path: Path,
  place: YamlPosition,
): Problem {
  const choice = defined.length === 0 ? `there is no ${what} at all` : `defined: ${defined.join(', ')}`;
  return problem(
    `unknown-${what}`,
    `there is no ${what} "${name}"; ${choice}`,
    path,
    place,
    didYouMean(name, defined),
  );
}

export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  // Of one or two letters everything is near.
  const near = word.length < 3 ? undefined : nearest(word, candidates);
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}

/** One problem for what is wrong at one place, whatever branches of a union were tried for it. */
export function issueProblem(issue: Issue, data: unknown, yaml: YamlFile): Problem {
  const deepest = deepestOf(issue);
  const { path } = deepest;
  const place = yaml.place(path);
  const value = valueAt(data, path);
  if (value === undefined && (deepest.code === 'invalid_type' || deepest.code === 'invalid_value')) {
    const allowed = deepest.code === 'invalid_value' ? `; allowed: ${deepest.values.join(', ')}` : '';
    const message = `"${String(path.at(-1))}" is missing${allowed}`;
    return problem('missing-key', message, path, place, misspelt(path, data));
  }
  const secret = yaml.isFilledIn(path) || isSecretPlace(path);
  const hint = hintFor(deepest, value, secret);
  return problem('invalid-value', sentence(deepest, describe(value, secret)), path, place, hint);
}

/** A missing key may be there under a name that is nearly its own. */
function misspelt(path: Path, data: unknown): string | undefined {
  const siblings = valueAt(data, path.slice(0, -1));
  const near = isObject(siblings) ? nearest(String(path.at(-1)), Object.keys(siblings)) : undefined;
  return near === undefined ? undefined : `Is "${near}" meant to be it?`;
}

function hintFor(issue: Issue, value: unknown, secret: boolean): string | undefined {
  if (issue.code === 'invalid_value' && !secret) return didYouMean(String(value), issue.values.map(String));
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  const wantsText = issue.code === 'invalid_type' && issue.expected === 'string' && isDefault(issue.message);
  return isPlain && wantsText ? 'Put it in quotes to make it a text.' : undefined;
}

function problem(code: string, message: string, path: Path, place: YamlPosition, hint?: string): Problem {
  const pointer = dotted(path);
  return { level: 'error', code, message, ...place, pointer, ...(hint === undefined ? {} : { hint }) };
}

/** The branch of a union that the user most likely meant: the one that got furthest before it failed. */
function deepestOf(issue: Issue, base: Path = []): Issue {
  const own = { ...issue, path: [...base, ...issue.path] };
  if (issue.code !== 'invalid_union' || !isDefault(issue.message)) return own;
  const branches = issue.errors.flatMap((branch) =>
    branch.slice(0, 1).map((first) => deepestOf(first, own.path)),
  );
  const rank = (one: Issue) => one.path.length * 2 + (one.code === 'invalid_type' ? 0 : 1);
  const best = branches.toSorted((a, b) => rank(b) - rank(a))[0];
  if (best === undefined) return own;
  const wanted = branches.flatMap((one) => (one.code === 'invalid_type' ? [one.expected] : []));
  const allSameDepth = branches.every(
    (one) => one.code === 'invalid_type' && one.path.length === own.path.length,
  );
  if (!allSameDepth) return best;
  const message = `expected ${[...new Set(wanted)].map(typeName).join(' or ')}`;
  return { code: 'custom', path: own.path, message };
}

function sentence(issue: Issue, found: string): string {
  if (!isDefault(issue.message)) return withFound(issue.message, found);
  switch (issue.code) {
    case 'invalid_type':
      return `found ${found}, expected ${typeName(issue.expected)}`;
    case 'invalid_value':
      return `found ${found}; allowed: ${issue.values.join(', ')}`;
    case 'too_small':
      return `found ${found}, expected ${amount(issue.origin, `at least ${issue.minimum}`, issue.minimum)}`;
    case 'too_big':
      return `found ${found}, expected ${amount(issue.origin, `at most ${issue.maximum}`, issue.maximum)}`;
    default:
      return withFound(issue.message, found);
  }
}

/** The validator's own words, which say less than ours. */
function isDefault(message: string): boolean {
  return /^(?:Invalid|Too (?:small|big))\b/.test(message);
}

function withFound(message: string, found: string): string {
  if (/^(?:is|must) /.test(message)) return `${found} ${message}`;
  return found === 'a mapping' ? message : `${message} (found ${found})`;
}

function amount(origin: string, bound: string, count: bigint | number): string {
  if (origin === 'string') return `${bound} ${count === 1 ? 'character' : 'characters'}`;
  return origin === 'array' ? `${bound} ${count === 1 ? 'entry' : 'entries'}` : bound;
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
  };
  return names[expected] ?? expected;
}

function describe(value: unknown, secret: boolean): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  return secret ? mask : new Redactor().scrub(JSON.stringify(value).replace(/\/\/[^/@\s]*@/g, '//***@'));
}

/** Whatever stands there may be a secret, also when the schema could not yet say so. */
function isSecretPlace(path: Path): boolean {
  const [section, , key] = path;
  if (section === 'webhook') return true;
  if (section === 'credentials' || section === 'channels')
    return path.length > 2 && key !== 'scheme' && key !== 'kind';
  return path.some((part) => typeof part === 'string' && isSensitiveName(part));
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}
