import type { Document, MediaType, Operation } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import { fixedParts, wordsIn } from '../../lib/wording/words.ts';
import { flatten } from '../values/schema.ts';
import { blank } from '../config-snippets.ts';

/** Settings of a `login` for the operation by which a document says that one signs in. */

type Options = Readonly<Record<string, Json>>;

/** What its parts are filled with: `${env:SHOP_PASSWORD}`. */
type SecretOf = (suffix: string) => string;

/**
 * The request of the document's login with references in place of secrets, and where its answer has the token; without `token` the
 * cookies count. `undefined`: it has none, or one that no program gets through.
 *
 * @param base Address of the service, without a `/` at its end.
 */
export function loginOptions(document: Document, base: string, secretOf: SecretOf): Options | undefined {
  for (const operation of document.operations) {
    const request = isLogin(operation) ? requestOf(operation, document, secretOf) : undefined;
    if (request === undefined) continue;
    const token = tokenIn(operation, document);
    return {
      scheme: 'login',
      url: `${base}${operation.path}`,
      ...request,
      ...(token === undefined ? {} : { token }),
    };
  }
  return undefined;
}

/** As `words` of the last part of its path say it. */
const signsIn =
  /^(?:(?:user|admin|account|member|do|sys|password|pwd) )*(?:login|signin|authenticate)(?: (?:by )?(?:password|pwd|account|username))?$|^(?:auth|access|login|create|get|obtain) token$|^token$/;

function isLogin({ method, path }: Operation): boolean {
  return (
    method === 'POST' && !path.includes('{') && signsIn.test(wordsIn(fixedParts(path).at(-1) ?? '').join(' '))
  );
}

const passwords = /^(?:pass_?word|passwd|pwd|pass|user_?pwd|user_?password)$/i;
const names =
  /^(?:user_?name|user|account(?:_?name)?|login(?:_?name|_?id)?|name|e?mail|mobile|phone|user_?(?:code|no|id|account)|uid|uname)$/i;
/** What only a person can give. */
const forPersons = /captcha|^(?:verify_?code|verification_?code|sms_?code|code|img_?code|otp|totp)$/i;

function requestOf({ body }: Operation, document: Document, secretOf: SecretOf): Options | undefined {
  const media = body?.media.find(({ contentType }) => placeOf(contentType) !== undefined);
  const place = media === undefined ? undefined : placeOf(media.contentType);
  if (media === undefined || place === undefined) return undefined;
  const { fields, required } = fieldsOf(media, document);
  const password = fields.find((name) => passwords.test(name));
  if (password === undefined || required.some((name) => forPersons.test(name))) return undefined;
  const user = fields.find((name) => names.test(name));
  const others = required.filter((name) => name !== password && name !== user);
  return {
    [place]: {
      ...(user === undefined ? {} : { [user]: secretOf('USERNAME') }),
      [password]: secretOf('PASSWORD'),
      ...Object.fromEntries(others.map((name) => [name, blank])),
    },
  };
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
  const flat = schema === undefined ? undefined : flatten(schema, schemas);
  const properties = flat?.['properties'];
  if (isObject(properties) && Object.keys(properties).length > 0) {
    const required = flat?.['required'];
    const isNamed = (one: Json): one is string => typeof one === 'string';
    return {
      fields: Object.keys(properties),
      required: Array.isArray(required) ? required.filter(isNamed) : [],
    };
  }
  const [sent = null] = examples;
  const fields = isObject(sent) ? Object.keys(sent) : [];
  return { fields, required: fields };
}

const tokens = /^(?:access_?token|token|jwt|jwt_?token|auth_?token|token_?value|id_?token|satoken)$/i;
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
      shown ?? (schema === undefined ? undefined : pathIn(schema, (value) => propertiesOf(value, schemas)));
    if (found !== undefined) return `$${found}`;
  }
  return undefined;
}

function propertiesOf(schema: Json, pool: Document['schemas']): Json {
  const flat = isObject(schema) ? flatten(schema, pool) : undefined;
  return flat?.['properties'] ?? null;
}

/** The way to a member that is called like a token, the nearest one first. */
function pathIn(value: Json, membersOf: (value: Json) => Json, depth = 0): string | undefined {
  const members = membersOf(value);
  if (!isObject(members) || depth > deepest) return undefined;
  const own = Object.keys(members).find((name) => tokens.test(name));
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
