import type { Document, SecurityScheme } from '../../model/document.ts';
import type { Json } from '../../model/json.ts';
import { carriesToken } from './token-name.ts';

/** Where a document says that the token of its own login goes, as `send` of a credential has it. */

export interface TokenPlace {
  readonly in: 'header' | 'query' | 'cookie';
  readonly name: string;
  /** What stands before the token; absent: what is usual in that place. */
  readonly prefix?: string;
}

/**
 * By the scheme that is asked for, else by the only key that the document describes, else by the parameter in which most operations have
 * a token. `undefined`: it says nothing, and what is usual counts.
 */
export function tokenPlaceOf(scheme: SecurityScheme | undefined, document: Document): TokenPlace | undefined {
  if (scheme !== undefined) return placeOfScheme(scheme);
  const schemes = Object.values(document.securitySchemes);
  const [only] = schemes;
  if (only !== undefined) return schemes.length === 1 ? placeOfScheme(only) : undefined;
  return placeOfParameters(document);
}

function placeOfScheme({
  kind,
  in: place,
  parameterName,
  description = '',
}: SecurityScheme): TokenPlace | undefined {
  if (kind !== 'apiKey' || parameterName === undefined) return undefined;
  return withPrefix({ in: place ?? 'header', name: parameterName }, description);
}

function placeOfParameters({ operations }: Document): TokenPlace | undefined {
  const counts = new Map<string, { readonly place: TokenPlace; count: number }>();
  for (const { parameters } of operations)
    for (const parameter of parameters) {
      if (parameter.in === 'path' || !carriesToken(parameter)) continue;
      const key = `${parameter.in} ${parameter.name.toLowerCase()}`;
      const known = counts.get(key);
      if (known !== undefined) known.count += 1;
      else {
        const place = { in: parameter.in, name: parameter.name };
        counts.set(key, { place: withPrefix(place, parameter.description ?? ''), count: 1 });
      }
    }
  const [most] = [...counts.values()].toSorted((one, other) => other.count - one.count);
  return most?.place;
}

/** Only headers have words before the token, and only where a text shows them. */
function withPrefix(place: Pick<TokenPlace, 'in' | 'name'>, text: string): TokenPlace {
  const prefix = place.in === 'header' ? prefixIn(text) : undefined;
  return prefix === undefined ? place : { ...place, prefix };
}

const bare =
  /(?:无需|不需要?|不用|不要|没有|不带|不加|去掉)(?:再|额外|添?加|带|有|写|拼接?|任何)*\s*(?:[`"'“「]?bearer\b|前缀)|\b(?:without|no|not)\b[^.]{0,24}\b(?:bearer|prefix)\b/i;
/** A word before what stands for the token: `Bearer {token}`, `Token xxx`, "JWT <jwt>". */
const before =
  /(?<![\w-])(Bearer|Token|JWT|[A-Z][a-z]{2,11})(?:\s|%20)+(?:[{<$[（(【]|x{3,}|your\b|eyJ|(?:access[-_ ]?)?token\b|jwt\b|ticket\b|令牌|凭证|登录)/;

/** The same as it is told: `prefix "Token"`, "前缀为 JWT", "Token 空格 + 令牌", `Authorization: Token 9944b09`. */
const told: readonly RegExp[] = [
  /\bprefix(?:ed)?(?: (?:with|by|of|is|must be|should be))*(?: ?[:=])? ?["'`“‘「]([A-Za-z]{2,12}) ?["'`”’」]/i,
  /前缀(?:为|是|固定为|[:：])?\s*["'`“‘「]?([A-Za-z]{2,12})(?![\w-])/,
  /["'`“‘「]([A-Za-z]{2,12}) ?["'`”’」] ?(?:as (?:a |the )?)?(?:前缀|prefix\b)/i,
  /(?<![\w-])(Bearer|Token|JWT|[A-Z][a-z]{2,11})["'`”’」]?\s*(?:[+＋加]\s*)?(?:(?:一个|1个|英文|半角)?空格|\b(?:a )?space\b)/,
  /\bAuthorization["'`]?\s*[:：=]\s*["'`]?(Bearer|Token|JWT)\s+\S/,
  /[`"'“]Authorization["'`]?\s*[:：=]\s*["'`]?([A-Z][A-Za-z]{2,11})\s+[^\s`"'”]/,
];

/** Of what is said of a key: `''` where it goes alone, `undefined` where nothing is said of it. */
function prefixIn(text: string): string | undefined {
  if (bare.test(text)) return '';
  const shown = told.map((one) => one.exec(text)?.[1]).find((word) => word !== undefined);
  const word = shown ?? before.exec(text)?.[1] ?? /\bBearer\b/i.exec(text)?.[0];
  return word === undefined ? undefined : `${/^bearer$/i.test(word) ? 'Bearer' : word} `;
}

function isInAuthorization({ in: where, name }: TokenPlace): boolean {
  return where === 'header' && /^authorization$/i.test(name);
}

/** `Authorization: Bearer …`, where a token goes when nothing is said. */
export function isUsual(place: TokenPlace): boolean {
  return isInAuthorization(place) && (place.prefix === undefined || place.prefix === 'Bearer ');
}

/** Nothing stands before what goes there, as its text says. */
export function goesBare({ description = '' }: SecurityScheme): boolean {
  return prefixIn(description) === '';
}

/** The lines that say it; none where it is what is usual. */
export function sendOptions(place: TokenPlace | undefined): {
  readonly send?: Readonly<Record<string, Json>>;
} {
  if (place === undefined || isUsual(place)) return {};
  const isAuthorization = isInAuthorization(place);
  const usual = isAuthorization ? 'Bearer ' : '';
  const { prefix = usual } = place;
  return {
    send: {
      ...(place.in === 'header' ? {} : { in: place.in }),
      name: isAuthorization ? 'Authorization' : place.name,
      ...(prefix === usual ? {} : { prefix }),
    },
  };
}

/** Words that stand before whatever goes there: `Token `; absent: none are told, or what is usual. */
export function ownPrefix(scheme: SecurityScheme): string | undefined {
  const place = placeOfScheme(scheme);
  return place === undefined || isUsual(place) || place.prefix === '' ? undefined : place.prefix;
}

/** A key that a program has of its own, and that no login gives: `X-API-Key`, `appKey`, `sign`. */
const ownKey =
  /(?:api|app|access|secret|client|subscription|functions?)[-_]?(?:key|id|secret|code)$|^(?:x-)?(?:ca-)?(?:key|sign|signature|timestamp|nonce)$/i;
const ofLogin = /登录|登陆|令牌|token|ticket|jwt|session|会话|log(?:ged)?[- ]?in|sign(?:ed)?[- ]?in/i;

/** Whether what goes there is what the login of the document gives. */
export function isOfLogin(
  { kind, parameterName = '', description = '' }: SecurityScheme,
  document: Document,
): boolean {
  if (kind !== 'apiKey') return true;
  if (ofLogin.test(`${parameterName} ${description}`)) return true;
  if (ownKey.test(parameterName)) return false;
  const others = Object.values(document.securitySchemes);
  return !others.some((one) => /^(?:bearer|oauth2|openIdConnect)$/.test(one.kind));
}
