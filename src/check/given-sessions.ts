import { secretsOfCookies } from '../lib/secrets/given-secrets.ts';
import { RememberedSecrets } from '../lib/secrets/remembered.ts';
import { Redactor } from '../lib/secrets/secret.ts';

const memory = { fresh: 2, all: 64 };

/** What a credential's calls have been given as cookies: whoever has one has a session of its account. */
export interface GivenSessions {
  /** Takes them out of what is shown of its calls, and what the program's own takes out. */
  readonly redactor: Redactor;
  /** @param setCookies `Set-Cookie` headers of an answer. */
  add(setCookies: readonly string[]): void;
}

/** By credential: what one server hands out takes nothing out of what is shown of others. */
export function givenSessions(redactor: Redactor): (credential: string | undefined) => GivenSessions {
  const byCredential = new Map<string, GivenSessions>();
  const nothing: GivenSessions = { redactor, add: () => undefined };
  return (credential) => {
    if (credential === undefined) return nothing;
    const known = byCredential.get(credential) ?? sessionsBeside(redactor);
    byCredential.set(credential, known);
    return known;
  };
}

function sessionsBeside(program: Redactor): GivenSessions {
  const redactor = new Redactor(program);
  const remembered = new RememberedSecrets([redactor], memory);
  return { redactor, add: (setCookies) => remembered.add(secretsOfCookies(setCookies)) };
}
