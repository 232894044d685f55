import { isObject, type Json } from '../../../model/json.ts';
import { listOf, textOf } from '../shared/text.ts';
import type { RecordedAuth } from '../shared/recorded-security.ts';

/** A Postman `auth` without its secrets; `undefined` means "as the folder around it". */
export function authOf(auth: Json | undefined): RecordedAuth | undefined {
  if (!isObject(auth)) return undefined;
  const type = textOf(auth['type']);
  const setting = (name: string): string | undefined => settingOf(auth[type ?? ''], name);
  switch (type) {
    case undefined:
      return undefined;
    case 'noauth':
      return { kind: 'none' };
    case 'basic':
    case 'bearer':
    case 'digest':
      return { kind: type };
    case 'jwt':
      return { kind: 'bearer' };
    case 'awsv4':
      return { kind: 'awsSigV4' };
    case 'apikey':
      return {
        kind: 'apiKey',
        in: setting('in') === 'query' ? 'query' : 'header',
        parameterName: setting('key') ?? 'Authorization',
      };
    case 'oauth2':
      return oauth2(setting('accessTokenUrl'), setting('grant_type'));
    default:
      return { kind: 'other' };
  }
}

function oauth2(tokenUrl: string | undefined, grant: string | undefined): RecordedAuth {
  const flow =
    grant === 'password_credentials'
      ? 'password'
      : grant?.startsWith('authorization_code') === true
        ? 'authorizationCode'
        : grant === 'implicit'
          ? 'implicit'
          : 'clientCredentials';
  // A variable may hold a secret path; without its value the address is of no use.
  const isUsable = tokenUrl !== undefined && !tokenUrl.includes('{{');
  return {
    kind: 'oauth2',
    ...(grant === undefined && !isUsable ? {} : { flow }),
    ...(isUsable ? { tokenUrl } : {}),
  };
}

/** Settings are a list of `{ key, value }` since v2.1 and a map before. */
function settingOf(settings: Json | undefined, name: string): string | undefined {
  if (isObject(settings)) return textOf(settings[name]);
  const entry = listOf(settings).find((one) => isObject(one) && one['key'] === name);
  return isObject(entry) ? textOf(entry['value']) : undefined;
}
