import { type SentenceCode, sentence } from '../messages/sentence.ts';
import type { Sentence } from '../model/sentence.ts';
import { normalForm } from '../lib/text/normal-form.ts';
import { namesAction, senseOfField } from '../lib/wording/command.ts';
import { isBeyondJudging, isHarm, type Sense } from '../lib/wording/sense.ts';
import { inPlainCase } from '../lib/wording/value.ts';
import { type DocumentedResponse, isStream, type Operation } from '../model/document.ts';
import type { SkipCode } from '../model/check.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Candidate, PlanContext } from './candidate.ts';
import { queryOf } from './request/graphql.ts';
import type { Filled } from './request/fill.ts';
import { allowLines, blank, operationLines } from './config-snippets.ts';
import { isOrder, isSafe, isSaidToRead } from './harmless.ts';
import { type SkipNote, skip } from './skip.ts';
import { asWritten } from '../lib/wording/words.ts';
import { actionDescribed, commanded, redeemed, replaces, senseOfFilled } from './safety/parameters.ts';
import { isQueryByName } from './safety/posts.ts';
import type { Judgement, WordOrigin } from './safety/judgement.ts';
import { judge } from './safety/safety.ts';
import { pathWithChoice, surroundingsOf } from './safety/surroundings.ts';

/** Why an operation must not be called at all; `undefined` when it may. Deprecated ones are called while they last. */
export function refuse(candidate: Candidate, context: PlanContext): SkipNote | undefined {
  const { rules } = candidate;
  if (rules.skip !== false) {
    return skip('configured', typeof rules.skip === 'string' ? rules.skip : sentence('leftOutBySettings'));
  }
  if (rules.allow === true) return undefined;
  return unsafe(candidate) ?? sunset(candidate, context.now) ?? streaming(candidate) ?? download(candidate);
}

function unsafe(candidate: Candidate): SkipNote | undefined {
  const { operation, rules } = candidate;
  if (rules.allow === false) {
    return refused(candidate, 'unsafe-method', sentence('markedUnsafe'));
  }
  if (!isSafe(operation)) {
    return isQueryByName(operation) && !saysChange(candidate)
      ? refused(candidate, 'reads-by-name', sentence('readsByName', { method: operation.method }))
      : refused(candidate, 'unsafe-method', sentence('notSafeMethod', { method: operation.method }));
  }
  if (queryOf(operation) !== undefined && operation.method === 'POST') return undefined;
  return refuseWords(candidate);
}

/** What its title, its query or its body say counts against a name that reads: `POST /query` titled "Create database". */
function saysChange({ operation, document }: Candidate): boolean {
  const judged = judge(inNormalForm(operation), surroundingsOf(document.operations, operation));
  if (judged.answer === 'changes' && judged.kind !== 'download') return true;
  const sent = operation.parameters.flatMap((parameter) =>
    parameter.examples.map((example) => senseOfFilled(parameter, example)),
  );
  const bodies = (operation.body?.media ?? []).flatMap(({ examples }) => examples);
  if (bodies.some(isBeyondJudging)) return true;
  const written = bodies.flatMap((body) =>
    Object.entries(isObject(body) ? body : { body }).map(senseOfMember),
  );
  return [...sent, ...written].some((said) => isHarm(said) && said.strength === 'hard');
}

function senseOfMember([name, value]: readonly [string, Json]): Sense {
  return senseOfField(name, typeof value === 'string' ? value : JSON.stringify(value));
}

/** By what names and titles say that it does. */
function refuseWords(candidate: Candidate): SkipNote | undefined {
  const { operation, document, rules } = candidate;
  const judged = judge(inNormalForm(operation), surroundingsOf(document.operations, operation));
  if (judged.answer === 'unsure') {
    if (rules.allow === 'unsure') return undefined;
    const reason = sentence('wordUnknown', { word: judged.word, place: placeIn(operation, judged.place) });
    return skip('unsure', reason, allowUnsure(candidate));
  }
  if (judged.answer === 'changes') return refuseJudged(judged, candidate);
  const action =
    judged.explicit === undefined
      ? (actionDescribed(operation.parameters) ?? redeemed(operation) ?? replaces(operation.parameters))
      : undefined;
  return action === undefined ? undefined : refuseAction(action, candidate);
}

function refuseAction(name: string, candidate: Candidate): SkipNote {
  return refused(candidate, 'side-effect', sentence('parameterSays', { name }));
}

const places = {
  path: 'itsPath',
  operationId: 'itsOperationId',
  title: 'itsTitle',
  description: 'itsDescription',
  answer: 'itsAnswer',
  section: 'itsSection',
} as const satisfies Record<WordOrigin, SentenceCode>;

function placeIn({ query }: Operation, place: WordOrigin): Sentence {
  return sentence(place === 'path' && query !== undefined ? 'itsAddress' : places[place]);
}

function refuseJudged(
  { kind, word, place }: Extract<Judgement, { readonly answer: 'changes' }>,
  candidate: Candidate,
): SkipNote {
  const { path, query, operationId = '' } = candidate.operation;
  const address = query === undefined ? path : `${path}?${query}`;
  const name = place === 'path' ? address : place === 'operationId' ? operationId : '';
  const found = { word: asWritten(name, word), place: placeIn(candidate.operation, place) };
  switch (kind) {
    case 'change':
      return refused(candidate, 'side-effect', sentence('mayChange', found));
    case 'session':
      return refused(candidate, 'session', sentence('signsIn', found));
    case 'download':
      return refused(candidate, 'download', sentence('exports', found));
  }
}

/** As `refuse`, for what only the values of its parameters tell: `?Action=DeleteTags`, `/pods/{id}/{action}`. */
export function refuseValues(candidate: Candidate, filled: readonly Filled[]): SkipNote | undefined {
  const { operation, rules, service } = candidate;
  if (rules.allow === true || !isSafe(operation)) return undefined;
  const command = isSaidToRead(candidate) ? undefined : commanded(operation.parameters);
  if (command !== undefined && filled.every(({ parameter }) => parameter.name !== command))
    return refuseAction(command, candidate);
  const found = filled.find(
    ({ sample, parameter }) => sample.origin !== 'config' && isOrder(parameter, sample.value, candidate),
  );
  if (found === undefined) return undefined;
  const { name, in: place } = found.parameter;
  const shown = JSON.stringify(found.sample.value);
  if (place !== 'path' || namesAction(name))
    return refused(candidate, 'side-effect', sentence('changesByValue', { name, value: shown }));
  // Of what the patrol has made up there is nothing to say but that it does not do.
  const why =
    found.sample.origin === 'generated'
      ? sentence('noValue', { place, name })
      : sentence('valueIsOrder', { name, value: shown });
  return skip('no-value', why, operationLines(service.name, operation, { params: { [name]: blank } }));
}

/** For this one alone: another that is unsure may do harm. */
function allowUnsure({ service, operation }: Candidate): string {
  return operationLines(service.name, operation, { allow: 'unsure' });
}

/** The operation as a forgiving server reads its path, without what is no segment: so its words are judged. */
function inNormalForm(operation: Operation): Operation {
  const path = normalForm(pathWithChoice(operation))
    .replace(/[?#].*$/s, '')
    .replace(/;[^/]*/g, '')
    .replace(/[^/{}]+/g, inPlainCase);
  return path === operation.path ? operation : { ...operation, path };
}

/** Not to be called, for what it may do; with the lines that have it called all the same. */
function refused({ service, operation }: Candidate, code: SkipCode, reason: Sentence): SkipNote {
  return skip(code, reason, allowLines(service.name, operation, reason));
}

/** RFC 8594's idea in a document: after the date the operation is expected to be gone. */
function sunset(candidate: Candidate, now: number): SkipNote | undefined {
  const { operation } = candidate;
  const written = operation.extensions['x-sunset'];
  const at = typeof written === 'string' ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(at) || at > now) return undefined;
  return refused(candidate, 'deprecated', sentence('sunsetPassed', { date: written as string }));
}

function streaming(candidate: Candidate): SkipNote | undefined {
  const answers = candidate.operation.responses;
  const types = successMedia(answers);
  const endless = types.length > 0 && types.every(isStream);
  const upgrades = answers.some(({ status }) => status === '101');
  if (!endless && !upgrades && !isStreamSchema(answers)) return undefined;
  const what = sentence(upgrades ? 'switchesToWebSocket' : 'endlessStream');
  return refused(candidate, 'streaming', what);
}

/** How grpc-gateway documents a server stream. */
function isStreamSchema(answers: readonly DocumentedResponse[]): boolean {
  const schemas = answers.filter(isSuccess).flatMap(({ media }) => media.map(({ schema }) => schema));
  return schemas.some(
    (schema) =>
      isObject(schema) &&
      typeof schema['title'] === 'string' &&
      schema['title'].startsWith('Stream result of '),
  );
}

const fileTypes =
  /^(?:application\/(?:octet-stream|zip|gzip|x-gzip|x-tar|x-zip-compressed|vnd\.(?:ms-excel|openxmlformats|apache\.parquet)\S*|x-7z\S*|java-archive)|video\/\S+|audio\/\S+)$/;

/** A whole file every quarter of an hour costs the service much and proves little. */
function download(candidate: Candidate): SkipNote | undefined {
  const { operation } = candidate;
  const media = operation.responses.filter(isSuccess).flatMap(({ media }) => media);
  if (media.some(({ contentType }) => /[/+]json$/.test(contentType))) return undefined;
  const isFile = media.some(({ contentType, schema }) => {
    const file = isObject(schema) && (schema['type'] === 'file' || schema['format'] === 'binary');
    return fileTypes.test(contentType) || (file && !contentType.startsWith('image/'));
  });
  if (!isFile) return undefined;
  return refused(candidate, 'download', sentence('answersWithFile'));
}

function successMedia(answers: readonly DocumentedResponse[]): readonly string[] {
  return answers.filter(isSuccess).flatMap(({ media }) => media.map(({ contentType }) => contentType));
}

function isSuccess({ status }: DocumentedResponse): boolean {
  return status.startsWith('2') || status === 'default';
}
