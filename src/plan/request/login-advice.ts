import { commonTokenNames, documentedTokenName } from '../../lib/wording/token-names.ts';
import type { Document, MediaType, Operation } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import { fixedParts, wordsIn } from '../../lib/wording/words.ts';
import { flatten } from '../values/schema.ts';
import { blank } from '../config-snippets.ts';
import { isUsual, sendOptions, type TokenPlace } from './token-place.ts';

/** Settings of a `login` for the operation by which a document says that one signs in. */

type Options = Readonly<Record<string, Json>>;

/** What its parts are filled with: `${env:SHOP_PASSWORD}`. */
type SecretOf = (suffix: string) => string;

export interface LoginAdvice {
  readonly secretOf: SecretOf;
  /** Where the document has the token on other requests; absent: it does not say. */
  readonly place: TokenPlace | undefined;
}

/**
 * The request of the document's login with references in place of secrets, where its answer has the token, and where that goes; without
 * `token` the cookies count. `undefined`: it has none, or one that no program gets through.
 *
 * @param base Address of the service, without a `/` at its end.
 */
export function loginOptions(
  document: Document,
  base: string,
  { secretOf, place }: LoginAdvice,
): Options | undefined {
  for (const operation of loginsOf(document)) {
    const found = requestOf(operation, document, secretOf);
    if (found === undefined) continue;
    const token = isSessionCookie(place) ? undefined : (tokenIn(operation, document) ?? anyToken(place));
    return {
      scheme: 'login',
      url: `${base}${operation.path}${found.query}`,
      ...(operation.method === 'POST' ? {} : { method: operation.method }),
      ...found.options,
      ...(token === undefined ? {} : { token, ...sendOptions(place) }),
    };
  }
  return undefined;
}

/** Whether a login of the document shows a token in its answer. */
export function answersToken(document: Document): boolean {
  return loginsOf(document).some((operation) => tokenIn(operation, document) !== undefined);
}

/** Those that are called as they should be first. */
function loginsOf({ operations }: Document): readonly Operation[] {
  return ['POST', 'GET'].flatMap((method) =>
    operations.filter((one) => one.method === method && isLogin(one)),
  );
}

/** What a server sets by itself, and never has in the body of its answer. */
function isSessionCookie(place: TokenPlace | undefined): boolean {
  return (
    place?.in === 'cookie' &&
    /^(?:j?|php|connect[._-]?)(?:session(?:[-_]?id)?|sess(?:id)?|sid)$/i.test(place.name)
  );
}

/** Where the document shows no answer: a member that is called like a token, wherever it is (RFC 9535 §2.5.2). */
function anyToken(place: TokenPlace | undefined): string | undefined {
  if (place === undefined || place.in === 'cookie' || isUsual(place)) return undefined;
  return `$..[${commonTokenNames.map((name) => `'${name}'`).join(',')}]`;
}

/** As `words` of the last part of its path say it. */
const signsIn =
  /^(?:(?:user|admin|account|member|do|sys|password|pwd) )*(?:login|signin|authenticate)(?: (?:by )?(?:password|pwd|account|username))?$|^(?:auth|access|login|create|get|obtain) token$|^(?:api |rest )?(?:token|jwt)(?: auth)?$/;

/** `POST /v1/sessions` signs in where it says so; one may start other sessions. */
const startsSession =
  /\b(?:sign|log)[- ]?(?:s )?(?:in|on)\b|\b(?:create|start|open|begin|new)s? (?:an? |the |user |login |new )*sessions?\b|\bauthenticate|登[录陆]|(?:创建|新建|建立)会话/i;

function isLogin({ method, path, operationId = '', summary = '' }: Operation): boolean {
  if (path.includes('{')) return false;
  const last = wordsIn(fixedParts(path).at(-1) ?? '').join(' ');
  if (/^(?:user )?sessions?$/.test(last))
    return (
      method === 'POST' && [summary, wordsIn(operationId).join(' ')].some((text) => startsSession.test(text))
    );
  return signsIn.test(last);
}

const passwords = /^(?:pass_?word|passwd|pwd|pass|user_?pwd|user_?password)$/i;
const names =
  /^(?:user_?name|user|account(?:_?name)?|login(?:_?name|_?id)?|name|e?mail|mobile|phone|user_?(?:code|no|id|account)|uid|uname)$/i;
/** What only a person can give. */
const forPersons = /captcha|^(?:verify_?code|verification_?code|sms_?code|code|img_?code|otp|totp)$/i;

interface Filled {
  /** What follows its path: `?username={{ username }}`, or nothing. */
  readonly query: string;
  readonly options: Options;
}

function requestOf(operation: Operation, document: Document, secretOf: SecretOf): Filled | undefined {
  const inBody = operation.method === 'GET' ? undefined : bodyOf(operation, document, secretOf);
  return inBody ?? queryOf(operation, secretOf);
}

function bodyOf({ body }: Operation, document: Document, secretOf: SecretOf): Filled | undefined {
  const media = body?.media.find(({ contentType }) => placeOf(contentType) !== undefined);
  const place = media === undefined ? undefined : placeOf(media.contentType);
  if (media === undefined || place === undefined) return undefined;
  const filled = filledIn(fieldsOf(media, document));
  return filled && { query: '', options: { [place]: textsOf(filled, secretOf) } };
}

/** `POST /login?username=…&password=…`: the values stand apart, as an address is shown where a body is not. */
function queryOf({ parameters }: Operation, secretOf: SecretOf): Filled | undefined {
  const inQuery = parameters.filter((one) => one.in === 'query');
  const nameOf = ({ name }: { readonly name: string }): string => name;
  const filled = filledIn({
    fields: inQuery.map(nameOf),
    required: inQuery.filter(({ required }) => required).map(nameOf),
  });
  if (filled === undefined) return undefined;
  const names = Object.keys(filled);
  if (!names.every((name) => /^[A-Za-z]\w*$/.test(name))) return undefined;
  return {
    query: `?${names.map((name) => `${name}={{ ${name} }}`).join('&')}`,
    options: { values: textsOf(filled, secretOf) },
  };
}

/** What each field is filled with; `undefined`: no program gets through. */
function filledIn({
  fields,
  required,
}: Fields): Readonly<Record<string, 'USERNAME' | 'PASSWORD' | 'blank'>> | undefined {
  const password = fields.find((name) => passwords.test(name));
  if (password === undefined || required.some((name) => forPersons.test(name))) return undefined;
  const user = fields.find((name) => names.test(name));
  const others = required.filter((name) => name !== password && name !== user);
  return {
    ...(user === undefined ? {} : { [user]: 'USERNAME' }),
    [password]: 'PASSWORD',
    ...Object.fromEntries(others.map((name) => [name, 'blank'])),
  };
}

function textsOf(
  filled: Readonly<Record<string, string>>,
  secretOf: SecretOf,
): Readonly<Record<string, string>> {
  const written = Object.entries(filled).map(([name, what]) => [
    name,
    what === 'blank' ? blank : secretOf(what),
  ]);
  return Object.fromEntries(written) as Readonly<Record<string, string>>;
}

function placeOf(contentType: string): 'json' | 'form' | undefined {
  if (/[/+]json$/.test(contentType)) return 'json';
  return contentType === 'application/x-www-form-urlencoded' ? 'form' : undefined;
}

interface Fields {
  readonly fields: readonly string[];
  readonly required: readonly string[];
}

/** By its schema, else by what was sent once. */
function fieldsOf({ schema, examples }: MediaType, { schemas }: Document): Fields {
  const isSent = (property: Json): boolean =>
    !isObject(property) || flatten(property, schemas)?.['readOnly'] !== true;
  const flat = schema === undefined ? undefined : flatten(schema, schemas);
  const properties = flat?.['properties'];
  if (isObject(properties) && Object.keys(properties).length > 0) {
    const required = flat?.['required'];
    const isNamed = (one: Json): one is string => typeof one === 'string' && isSent(properties[one] ?? null);
    return {
      fields: Object.keys(properties).filter((name) => isSent(properties[name] ?? null)),
      required: Array.isArray(required) ? required.filter(isNamed) : [],
    };
  }
  const [sent = null] = examples;
  const fields = isObject(sent) ? Object.keys(sent) : [];
  return { fields, required: fields };
}

/** Levels of an answer below which nobody has a token. */
const deepest = 4;

/** `$.data.token`, as far as the document shows an answer. */
function tokenIn({ responses }: Operation, { schemas }: Document): string | undefined {
  const media = responses.filter(({ status }) => /^2|^default$/.test(status)).flatMap((one) => one.media);
  for (const { schema, examples } of media) {
    const shown = examples
      .map((example) => pathIn(example, (value) => value))
      .find((path) => path !== undefined);
    const found =
      shown ??
      (schema === undefined ? undefined : pathIn(schema, (value) => propertiesOf(value, schemas))) ??
      textIn(
        examples,
        (value) => value,
        (value) => typeof value === 'string' && /^\S{8,}$/.test(value),
      ) ??
      (schema === undefined
        ? undefined
        : textIn([schema], (value) => propertiesOf(value, schemas), isTextSchema));
    if (found !== undefined) return `$${found}`;
  }
  return undefined;
}

/** `{ code, msg, data: "eyJ…" }`: all that the login gives. */
function textIn(
  values: readonly Json[],
  membersOf: (value: Json) => Json,
  isText: (value: Json) => boolean,
): string | undefined {
  for (const value of values) {
    const members = membersOf(value);
    const name = ['data', 'result', 'obj'].find(
      (one) => isObject(members) && Object.hasOwn(members, one) && isText(members[one] ?? null),
    );
    if (name !== undefined) return `.${name}`;
  }
  return undefined;
}

function isTextSchema(schema: Json): boolean {
  return isObject(schema) && schema['type'] === 'string';
}

function propertiesOf(schema: Json, pool: Document['schemas']): Json {
  const flat = isObject(schema) ? flatten(schema, pool) : undefined;
  return flat?.['properties'] ?? null;
}

/** The way to a member that is called like a token, the nearest one first. */
function pathIn(value: Json, membersOf: (value: Json) => Json, depth = 0): string | undefined {
  const members = membersOf(value);
  if (!isObject(members) || depth > deepest) return undefined;
  const own = Object.keys(members).find((name) => documentedTokenName.test(name));
  if (own !== undefined) {
    const inner = pathIn(members[own] ?? null, membersOf, depth + 1);
    return `.${own}${inner ?? ''}`;
  }
  for (const [name, member] of Object.entries(members)) {
    const inner = /^\w+$/.test(name) ? pathIn(member, membersOf, depth + 1) : undefined;
    if (inner !== undefined) return `.${name}${inner}`;
  }
  return undefined;
}
