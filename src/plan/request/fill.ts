import { carriesToken } from './token-name.ts';
import { sentence } from '../../messages/sentence.ts';
import { maskedSecret, type Parameter, type SentPair } from '../../model/document.ts';
import type { Json } from '../../model/json.ts';
import { isSendable } from './forbidden.ts';
import { own } from '../values/schema.ts';
import type { Candidate, PlanContext } from '../candidate.ts';

import { queryOf } from './graphql.ts';
import { blank, operationLines } from '../config-snippets.ts';
import { limitsPage, pagingValue } from '../values/paging.ts';
import { isEmptyInPath, offersFor, readersValue } from '../values/offers.ts';
import type { Sample } from '../values/sample.ts';
import { isBlankPair, isEmptyPair } from '../values/serialize.ts';
import { skip, type SkipNote } from '../skip.ts';
import { templateNames } from './template.ts';
import { choose, isRefused } from '../values/trials.ts';
import { isIdLike } from '../capture/id-like.ts';
import { wordsOf } from '../capture/resource.ts';

/** A parameter with the value that is sent for it. */
export interface Filled {
  readonly parameter: Parameter;
  readonly sample: Sample;
}

/**
 * A value for every parameter that has to be sent: the config's, else the best of `offersFor` that has not been refused. Optional
 * ones are sent only when the config gives them, when they make a page smaller, or when a refusal has named them.
 */
export function fillParameters(
  candidate: Candidate,
  context: PlanContext,
  isCredential: (parameter: Parameter) => boolean,
): readonly Filled[] | SkipNote {
  const filled: Filled[] = [];
  for (const parameter of parametersOf(candidate)) {
    const { params, ownParams } = candidate.rules;
    const isOthers = parameter.isFixed === true && !ownParams.has(parameter.name);
    const given = isOthers ? undefined : own(params, parameter.name);
    const isLeftOut = isCredential(parameter) || isHeaderOf(candidate, parameter);
    if (given === undefined && isLeftOut) continue;
    const isWanted = parameter.required || isBlankId(parameter, candidate);
    const value = given === undefined ? valueFor(parameter, isWanted, candidate, context) : fromConfig(given);
    if (isAccept(parameter) && (value === undefined || value.origin === 'generated')) continue;
    const isOurs = value?.origin === 'generated' || (value?.origin === 'example' && carriesToken(parameter));
    const personal = isOurs ? notMadeUp(parameter, candidate) : undefined;
    if (value !== undefined && personal === undefined && !isEmptyInPath(parameter, value.value))
      filled.push({ parameter, sample: withReason(value, parameter, candidate, context) });
    else if (isWanted) return personal ?? noValue(candidate, parameter, value);
  }
  return filled;
}

/** A value that stands in for one of another answer that is not sent says so. */
function withReason(
  value: Sample,
  { name }: Parameter,
  { id }: Candidate,
  { captured }: PlanContext,
): Sample {
  const found = value.origin === 'generated' ? own(captured.get(id) ?? {}, name) : undefined;
  return found?.isSecret === true ? { ...value, withheldFrom: found.from } : value;
}

/** Optional parameters that are not sent: the service may want one of them all the same. */
export function leftOutOf(
  { operation, rules }: Candidate,
  filled: readonly Filled[],
  isCredential: (parameter: Parameter) => boolean,
): readonly string[] {
  const sent = new Set(filled.map(({ parameter }) => parameter));
  const flags = new Set(
    operation.sentQuery
      ?.filter(({ text = '=x' }) => isEmptyPair(text) && !isBlankPair(text))
      .map(({ name }) => name),
  );
  return operation.parameters
    .filter((one) => !one.required && one.in !== 'cookie' && !sent.has(one) && !flags.has(one.name))
    .filter((one) => !isCredential(one) && isSendable(one, rules))
    .map(({ name }) => name);
}

/** Where nobody says what is accepted, the request has its own: what the answers are documented as. */
function isAccept({ name, in: place }: Parameter): boolean {
  return place === 'header' && name.toLowerCase() === 'accept';
}

/** The settings name the header as such. */
function isHeaderOf({ rules }: Candidate, { name, in: place }: Parameter): boolean {
  return place === 'header' && rules.headers[name.toLowerCase()] !== undefined;
}

/** The documented ones, those that only the path template names, and undocumented ones that the config gives. */
function parametersOf({ operation, rules }: Candidate): readonly Parameter[] {
  const documented = operation.parameters.filter((one) => isSendable(one, rules));
  const known = new Set(documented.map(({ name }) => name));
  const inPath = new Set(documented.filter(({ in: place }) => place === 'path').map(({ name }) => name));
  const template = templateNames(operation.path).filter((name) => !inPath.has(name));
  const undeclared = template.filter((name) => !known.has(name)).map((name) => plain(name, 'path'));
  const variables = queryOf(operation)?.variables.map(({ name }) => name) ?? [];
  const placed = new Set([...known, ...template, ...variables]);
  const extra = [...rules.ownParams].filter((name) => !placed.has(name));
  return [...documented, ...undeclared, ...extra.map((name) => plain(name, 'query'))];
}

function plain(name: string, place: 'path' | 'query'): Parameter {
  return { name, in: place, required: place === 'path', schema: { type: 'string' }, examples: [] };
}

function fromConfig(value: Json): Sample {
  return { value, origin: 'config' };
}

/** Those of `leftOut` that were recorded without a value. */
export function blankOf({ operation }: Candidate, leftOut: readonly string[]): readonly string[] {
  const { sentQuery = [] } = operation;
  return sentQuery.length === 0 ? [] : leftOut.filter((name) => isBlank(name, sentQuery));
}

function isBlank(wanted: string, sentQuery: readonly SentPair[]): boolean {
  return sentQuery.some(({ name, text = '' }) => name === wanted && isBlankPair(text));
}

/** Words for lists, whose filters may be empty. */
const listWords: ReadonlySet<string> = new Set(['list', 'lists', 'page', 'pages', 'search', 'all', 'filter']);

/** It was recorded without a value (`?id=`) and says which record is meant: somebody has yet to fill it in. */
function isBlankId(parameter: Parameter, { operation: { sentQuery = [], path } }: Candidate): boolean {
  return (
    isBlank(parameter.name, sentQuery) &&
    parameter.in === 'query' &&
    isIdLike(parameter) &&
    !wordsOf(path.split('/').at(-1) ?? '').some((word) => listWords.has(word))
  );
}

function valueFor(
  parameter: Parameter,
  isWanted: boolean,
  candidate: Candidate,
  context: PlanContext,
): Sample | undefined {
  const { id, document, rules } = candidate;
  const { name } = parameter;
  const said = own(rules.documentedParams, name);
  if (said !== undefined) return { value: said, origin: 'example' };
  const tried = context.trials.of(id);
  if (isWanted) return choose(name, offersFor(parameter, candidate, context), tried);
  if (limitsPage(parameter)) {
    const page = pagingValue(parameter, document.schemas);
    if (page !== undefined) return { value: page, origin: 'paging' };
  }
  if (tried?.asked.includes(name) !== true) return undefined;
  const offers = [...offersFor(parameter, candidate, context)];
  const value = choose(name, offers, tried);
  // What we made up for it is left out again when it is refused: the rest may suffice, or only a person knows.
  const isVain =
    value?.origin === 'generated' &&
    (typeof value.value === 'object' || offers.some((one) => isMadeUp(one) && isRefused(one, name, tried)));
  return isVain ? undefined : value;
}

function isMadeUp({ origin }: Sample): boolean {
  return origin === 'generated';
}

function noValue(
  { service, operation }: Candidate,
  { name, in: place }: Parameter,
  empty: Sample | undefined,
): SkipNote {
  const reason =
    empty === undefined
      ? sentence('noValue', { place, name })
      : sentence('valueMakesOtherPath', { place, name, value: JSON.stringify(empty.value) });
  const note = skip(
    'no-value',
    reason,
    operationLines(service.name, operation, { params: { [name]: blank } }),
  );
  return place === 'path' || name === 'id' ? note : { ...note, needs: `${place} ${name}` };
}

/**
 * Why a value is not made up for a parameter that proves who calls, or that its document leaves to its readers; `undefined` for
 * all others. A made-up password
 * every quarter of an hour locks accounts and fills the logs of whoever watches for attacks, and a made-up key is
 * refused each time.
 */
function notMadeUp(parameter: Parameter, candidate: Candidate): SkipNote | undefined {
  const { service, operation } = candidate;
  const readers = parameter.in === 'path' ? undefined : readersValue(parameter, candidate);
  const { name } = parameter;
  const reason = isPassword(parameter)
    ? sentence('lockingValue', { name })
    : isSecret(parameter)
      ? sentence('secretValue', { name })
      : readers === undefined
        ? undefined
        : sentence('placeholderValue', { name, text: JSON.stringify(readers) });
  if (reason === undefined) return undefined;
  return skip('no-value', reason, operationLines(service.name, operation, { params: { [name]: blank } }));
}

function isPassword({ name }: Parameter): boolean {
  return /pass(?:word|wd|code|phrase)$|^pwd$|captcha|^otp$|(?:verif\w*|sms)_?code$/i.test(name);
}

/** Names that end so hold what somebody was given: `X-Postmark-Server-Token`, `appSecret`, `oauth_signature`. */
const secretEnd =
  /(?:^|[ ]|aws)(?:secret(?: key| id)?|token|(?:api|app|access|auth|account|client|consumer|developer|license|private|subscription|secret|user) ?key(?: id)?|auth(?:entication|orization|token)?|bearer|credentials?|signature|session key|jsessionid|cookie)$/;
/** Of paging and of requests, not of people. */
const otherTokens =
  /(?:^| )(?:next|page|paging|pagination|continuation|start|sync|resume|cursor|marker|position|client|idempotency|csrf|cancellation) ?(?:page ?)?token$/;
const saysSecret =
  /\b(?:api|access|app(?:lication)?|licen[cs]e|subscription)[ -]?key\b|\btoken\b|密钥|秘钥|令牌|签名/i;

/** A part of the path is the name of something rather than a proof. */
function isSecret(parameter: Parameter): boolean {
  const { name, in: place, description = '' } = parameter;
  if (place === 'path') return name === maskedSecret;
  const words = wordsOf(name).join(' ');
  if (otherTokens.test(words)) return false;
  return (
    carriesToken(parameter) ||
    secretEnd.test(words) ||
    /^(?:api |request )?sign$/.test(words) ||
    (/^(?:\w*key|licen[cs]e)$/.test(words) && saysSecret.test(description))
  );
}
