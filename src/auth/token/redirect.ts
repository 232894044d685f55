import { changingWord } from '../../lib/wording/command.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { headerOf } from './answer.ts';
import type { SchemeContext, SchemeResponse } from '../scheme.ts';

/** A trailing slash, then another scheme: more is a circle. */
const mostHops = 3;

export interface Answered {
  /** Where the answer came from. */
  readonly request: OutgoingRequest;
  readonly response: SchemeResponse;
}

/**
 * Sends a request, and the same to where a 307 or 308 sends it (RFC 9110 §15.4.8) as long as that is the same site: what
 * signs in is shown to nobody else, and nothing is changed by it.
 */
export async function sendWithin(send: SchemeContext['send'], first: OutgoingRequest): Promise<Answered> {
  let request = first;
  let response = await send(request);
  for (let hop = 0; hop < mostHops; hop++) {
    const url = [307, 308].includes(response.status) ? targetOf(first.url, request.url, response) : undefined;
    if (url === undefined) break;
    request = { ...request, url };
    response = await send(request);
  }
  return { request, response };
}

function targetOf(first: string, from: string, response: SchemeResponse): string | undefined {
  const location = headerOf(response, 'location');
  if (location === undefined || !URL.canParse(location, from)) return undefined;
  const [here, there] = [new URL(from), new URL(location, from)];
  const isSecured =
    here.protocol === 'http:' && there.protocol === 'https:' && here.port === '' && there.port === '';
  const isSame = here.origin === there.origin || (here.hostname === there.hostname && isSecured);
  return isSame && mayLead(first, there) ? there.href : undefined;
}

/** Whoever answers chooses the address: signing in leads to nothing that by its words changes something. */
export function mayLead(first: string, target: URL): boolean {
  if (!/^https?:$/.test(target.protocol)) return false;
  const word = changingWord(target);
  if (word === undefined || word === changingWord(new URL(first))) return true;
  return stepWord.test(word) && signInPart.test(target.pathname);
}

/** `/connect/authorize`, `/sso/createSession`, `/oauth/grant`: how steps of signing in are called. */
const signInPart =
  /(?:^|[/._-])(?:log-?in|log-?on|sign-?in|sign-?on|sso|cas|passport|oauth2?|authorize|authenticate|saml2?|idp|oidc|session)(?:$|[/._-])/i;
const stepWord = /^(?:connect|callback|create|set|bind|confirm|resume|grant|dispatch|launch)$/;
