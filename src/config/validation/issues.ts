import type { z } from 'zod';
import { formSentences } from '../../messages/catalogue/forms.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { recogniser } from '../../messages/recognised.ts';
import { type SentenceCode, sentence } from '../../messages/sentence.ts';
import { isOwnSentence, type Sentence } from '../../model/sentence.ts';
import type { SaidByIssue } from '../schema/messages.ts';
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
  const shown = key === mask ? mask : `"${key}"`;
  const message = sentence('unknownKey', { key: shown, allowed: unknown.allowed });
  const hint = didYouMean(key, unknown.allowed);
  return problem('unknown-key', message, unknown.path, yaml.keyPlace(unknown.path), hint);
}

/** Those of a list at `path` that are not defined. */
export function unknownNamesIn(
  what: keyof typeof unknownNames,
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

const unknownNames = {
  credential: { none: 'noCredentialAtAll', others: 'noSuchCredentialOf' },
  channel: { none: 'noChannelAtAll', others: 'noSuchChannelOf' },
  service: { none: 'noServiceAtAll', others: 'noSuchServiceOf' },
  location: { none: 'noLocationAtAll', others: 'noSuchLocationOf' },
} as const;

/** A name that should be defined elsewhere in the configuration and is not. */
export function unknownNameProblem(
  what: keyof typeof unknownNames,
  name: string,
  defined: readonly string[],
  path: Path,
  place: YamlPosition,
): Problem {
  const codes = unknownNames[what];
  const message =
    defined.length === 0 ? sentence(codes.none, { name }) : sentence(codes.others, { name, defined });
  return problem(`unknown-${what}`, message, path, place, didYouMean(name, defined));
}

export function didYouMean(word: string, candidates: readonly string[]): Sentence | undefined {
  // Of one or two letters everything is near.
  const near =
    word.length < 3 ? undefined : (nearest(word, candidates) ?? nearestBeginning(word, candidates));
  return near === undefined ? undefined : sentence('didYouMean', { what: near });
}

/** `ordes` for `orders-api`. */
function nearestBeginning(word: string, candidates: readonly string[]): string | undefined {
  const beginningOf = (name: string): string => name.split('-', 1)[0] ?? name;
  const meant = word.length < 4 ? undefined : nearest(beginningOf(word), candidates.map(beginningOf));
  return candidates.find((one) => meant !== undefined && meant.length > 3 && beginningOf(one) === meant);
}

/** One problem for what is wrong at one place, whatever branches of a union were tried for it. */
export function issueProblem(issue: Issue, data: unknown, yaml: YamlFile): Problem {
  const deepest = deepestOf(issue);
  const { path, code } = deepest.issue;
  const place = yaml.place(path);
  const value = valueAt(data, path);
  const isTyped = code === 'invalid_type' || code === 'invalid_value' || deepest.wanted !== undefined;
  if (value === undefined && isTyped) {
    const key = String(path.at(-1));
    const message =
      code === 'invalid_value'
        ? sentence('keyMissingOf', { key, allowed: deepest.issue.values.map(String) })
        : sentence('keyMissing', { key });
    return problem('missing-key', message, path, place, misspelt(path, data));
  }
  const secret = yaml.isFilledIn(path) || isSecretPlace(path);
  const hint = hintFor(deepest.issue, value, secret);
  return problem('invalid-value', saidOf(deepest, value, secret), path, place, hint);
}

/** What is wrong with `value`, for whoever wrote it. */
export function issueSentence(issue: Issue, value: unknown): Sentence {
  const deepest = deepestOf(issue);
  return saidOf(deepest, valueAt(value, deepest.issue.path), false);
}

/** A missing key may be there under a name that is nearly its own. */
function misspelt(path: Path, data: unknown): Sentence | undefined {
  const siblings = valueAt(data, path.slice(0, -1));
  const near = isObject(siblings) ? nearest(String(path.at(-1)), Object.keys(siblings)) : undefined;
  return near === undefined ? undefined : sentence('meantToBe', { what: near });
}

function hintFor(issue: Issue, value: unknown, secret: boolean): Sentence | undefined {
  const own = saidBy(issue)?.hint;
  if (own !== undefined) return own;
  if (issue.code === 'invalid_value' && !secret) return didYouMean(String(value), issue.values.map(String));
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  const wantsText = issue.code === 'invalid_type' && issue.expected === 'string' && isDefault(issue.message);
  return isPlain && wantsText ? sentence('quoteIt') : undefined;
}

function problem(code: string, message: Sentence, path: Path, place: YamlPosition, hint?: Sentence): Problem {
  const pointer = dotted(path);
  return { level: 'error', code, message, ...place, pointer, hint };
}

interface Deepest {
  readonly issue: Issue;
  /** All that the branches of a union expect, where none of them got further than the others. */
  readonly wanted?: Sentence;
}

/** The branch of a union that the user most likely meant: the one that got furthest before it failed. */
function deepestOf(issue: Issue, base: Path = []): Deepest {
  const own = { ...issue, path: [...base, ...issue.path] };
  if (issue.code !== 'invalid_union' || !isDefault(issue.message)) return { issue: own };
  const branches = issue.errors.flatMap((branch) =>
    branch.slice(0, 1).map((first) => deepestOf(first, own.path)),
  );
  const rank = ({ issue: one }: Deepest) => one.path.length * 2 + (one.code === 'invalid_type' ? 0 : 1);
  const best = branches.toSorted((a, b) => rank(b) - rank(a))[0];
  if (best === undefined) return { issue: own };
  const types = branches.flatMap(({ issue: one }) =>
    one.code === 'invalid_type' && one.path.length === own.path.length ? [one.expected] : [],
  );
  if (types.length < branches.length) return best;
  const [first, ...others] = [...new Set(types)].map(typeName);
  if (first === undefined) return best;
  return { issue: own, wanted: others.reduce((one, other) => sentence('orElseType', { one, other }), first) };
}

function saidOf({ issue, wanted }: Deepest, value: unknown, secret: boolean): Sentence {
  const own = saidBy(issue);
  const found = own?.shown ?? describe(value, secret);
  if (own !== undefined) return withFound(own.said, value, found);
  if (wanted !== undefined) return withFound(sentence('expectedOnly', { expected: wanted }), value, found);
  if (!isDefault(issue.message)) return withFound(formSentence(issue.message), value, found);
  const expected = (what: Sentence) => sentence('foundExpected', { found, expected: what });
  switch (issue.code) {
    case 'invalid_type':
      return expected(typeName(issue.expected));
    case 'invalid_value':
      return sentence('foundAllowed', { found, allowed: issue.values.map(String) });
    case 'too_small':
      return expected(lowest(issue.origin, Number(issue.minimum), issue.inclusive !== false));
    case 'too_big':
      return expected(highest(issue.origin, Number(issue.maximum), issue.inclusive !== false));
    case 'not_multiple_of':
      return expected(sentence('multipleOf', { n: issue.divisor }));
    case 'invalid_format':
      return expected(
        issue.pattern === undefined
          ? sentence('aValueOf', { form: issue.format })
          : sentence('aTextLike', { pattern: issue.pattern }),
      );
    default:
      return withFound(formSentence(issue.message), value, found);
  }
}

/** What is wrong, without the value: for those who know well enough what they have typed. */
export function complaintOf(issue: Issue): Sentence {
  return saidBy(issue)?.said ?? formSentence(issue.message);
}

/** What a schema of ours says in both languages. */
function saidBy(issue: Issue): SaidByIssue | undefined {
  const params: unknown = issue.code === 'custom' ? issue.params : undefined;
  if (!isObject(params) || !isOwnSentence(params['said'])) return undefined;
  const { said, shown, hint } = params;
  return {
    said,
    ...(typeof shown === 'string' ? { shown } : {}),
    ...(isOwnSentence(hint) ? { hint } : {}),
  };
}

const formSentence = recogniser(formSentences);

/** The validator's own words, which say less than ours. */
function isDefault(message: string): boolean {
  return /^(?:Invalid|Too (?:small|big))\b/.test(message);
}

function withFound(what: Sentence, value: unknown, found: Sentence): Sentence {
  if (/^(?:is|must) /.test(inEnglish(what))) return sentence('foundThat', { found, what });
  return isMapping(value) ? what : sentence('thatFound', { what, found });
}

function lowest(origin: string, least: number, isInclusive: boolean): Sentence {
  if (origin === 'string') return sentence('atLeastChars', { n: least });
  if (origin === 'array') return sentence('atLeastEntries', { n: least });
  return sentence(isInclusive ? 'atLeast' : 'moreThan', { least });
}

function highest(origin: string, most: number, isInclusive: boolean): Sentence {
  if (origin === 'string') return sentence('atMostChars', { n: most });
  if (origin === 'array') return sentence('atMostEntries', { n: most });
  return sentence(isInclusive ? 'atMost' : 'lessThan', { most });
}

const typeNames = {
  string: 'aText',
  number: 'aNumber',
  int: 'aWholeNumber',
  boolean: 'trueOrFalse',
  array: 'aList',
  object: 'aMapping',
  record: 'aMapping',
  never: 'anythingElse',
} as const satisfies Readonly<Record<string, SentenceCode>>;

function typeName(expected: string): Sentence {
  const known = Object.entries(typeNames).find(([type]) => type === expected)?.[1];
  return known === undefined ? sentence('aValueOf', { form: expected }) : sentence(known);
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown, secret: boolean): Sentence {
  if (value === undefined) return sentence('foundNothing');
  if (value === null) return sentence('foundNull');
  if (Array.isArray(value)) return sentence('foundList', { n: value.length });
  if (isMapping(value)) return sentence('foundMapping');
  return secret ? mask : new Redactor().scrub(JSON.stringify(withoutUser(value)));
}

/** In the address of a database nobody can tell where a password ends that is not encoded. */
function withoutUser(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return /^postgres(?:ql)?:/i.test(value)
    ? value.replace(/:.*/s, ':***')
    : value.replace(/\/\/\S*@/g, '//***@');
}

/** Whatever stands there may be a secret, also when the schema could not yet say so. */
function isSecretPlace(path: Path): boolean {
  const [section, , key] = path;
  if (section === 'webhook' || section === 'heartbeat') return true;
  if (section === 'credentials' || section === 'channels')
    return path.length < 3 || (key !== 'scheme' && key !== 'kind');
  return path.some((part) => typeof part === 'string' && (isSensitiveName(part) || keepsSecrets.has(part)));
}

/** What is sent to services; the names in it are the user's own. */
const keepsSecrets: ReadonlySet<string> = new Set(['headers', 'params']);

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}
