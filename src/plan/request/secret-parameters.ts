import { sentence } from '../../messages/sentence.ts';
import type { Parameter } from '../../model/document.ts';
import type { Candidate } from '../candidate.ts';
import { carriesToken } from './credential.ts';
import { blank, operationLines } from '../config-snippets.ts';
import { readersValue } from '../values/offers.ts';
import { wordsOf } from '../capture/resource.ts';
import { type SkipNote, skip } from '../skip.ts';

/**
 * Why a value is not made up for a parameter that proves who calls, or that its document leaves to its readers; `undefined` for
 * all others. A made-up password
 * every quarter of an hour locks accounts and fills the logs of whoever watches for attacks, and a made-up key is
 * refused each time.
 */
export function notMadeUp(parameter: Parameter, candidate: Candidate): SkipNote | undefined {
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
  if (place === 'path') return false;
  const words = wordsOf(name).join(' ');
  if (otherTokens.test(words)) return false;
  return (
    carriesToken(parameter) ||
    secretEnd.test(words) ||
    /^(?:api |request )?sign$/.test(words) ||
    (/^(?:\w*key|licen[cs]e)$/.test(words) && saysSecret.test(description))
  );
}
