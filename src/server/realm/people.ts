import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Account, ApiToken } from '../../store/access/accounts.ts';
import { readAlike } from '../../lib/text/names.ts';
import type { Identity } from '../access/identity.ts';
import { covers, type Grant, isPart } from '../access/grant.ts';
import { asRole, asScopes } from '../access/identity.ts';
import type { Caller } from '../caller.ts';
import type { SeenStore, ServerContext } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';

/**
 * Users and tokens as a caller may look after them: those that are for the caller's services, and none that could do more
 * than the caller can. Whoever has lost a right by it is shown out at once.
 */
export function peopleFor(caller: Caller, { patrol, identity }: ServerContext): SeenStore['people'] {
  const { people } = patrol.store;
  const isSeen = ({ services }: Pick<Grant, 'services'>): boolean => isPart(services, caller.services);
  const found = async (name: string): Promise<Account | undefined> => {
    const account = await people.account(name);
    return account !== undefined && isSeen(account) ? account : undefined;
  };
  const isTokenSeen = async (id: string): Promise<boolean> =>
    (await people.tokens()).some((token) => token.id === id && isSeen(token));
  return {
    accounts: async () => (await people.accounts()).filter(isSeen),
    account: found,
    seen: (name, at) => people.seen(name, at),
    async putAccount(account) {
      const before = await people.account(account.name);
      const isWritten = patrol.config.settings.server.signIn?.users?.some(
        ({ name }) => name === account.name,
      );
      if (isWritten === true || (before !== undefined && !isSeen(before)))
        throw new HttpProblem(409, sentence('userExists', { name: account.name }));
      if (before === undefined) await requireUnlike(account.name, identity);
      for (const one of before === undefined ? [account] : [before, account])
        requireCovered(caller, { role: asRole(one.role), services: one.services }, 'userNotMore');
      await people.putAccount(account);
      await identity.changed();
    },
    async removeAccount(name) {
      const account = await found(name);
      if (account === undefined) return false;
      const removed = await people.removeAccount(name);
      await identity.changed();
      return removed;
    },
    async endSessions(name) {
      await people.endSessions(name);
      await identity.changed();
    },
    tokens: async () => (await people.tokens()).filter(isSeen),
    async addToken(token) {
      requireCovered(caller, grantOf(token), 'tokenNotMore');
      requireNotLonger(caller, token);
      await people.addToken(token);
    },
    async removeToken(id) {
      const removed = (await isTokenSeen(id)) && (await people.removeToken(id));
      await identity.changed();
      return removed;
    },
    async endToken(id, end) {
      if (await isTokenSeen(id)) await people.endToken(id, end);
      await identity.changed();
    },
  };
}

async function requireUnlike(name: string, identity: Pick<Identity, 'localNames'>): Promise<void> {
  const twin = readAlike(name);
  if (!(await identity.localNames()).some((one) => readAlike(one) === twin)) return;
  throw new HttpProblem(409, sentence('userReadsLike', { name }), {
    hint: sentence('lookAlikes'),
  });
}

function grantOf({ role, services, scopes }: ApiToken): Grant {
  return { role: asRole(role), services, scopes: scopes === undefined ? undefined : asScopes(scopes) };
}

function requireCovered(caller: Caller, given: Grant, rule: 'userNotMore' | 'tokenNotMore'): void {
  if (covers(caller, given)) return;
  const { name, role, services, scopes } = caller;
  const there = services === undefined ? role : sentence('forServices', { role, services });
  const own = scopes === undefined ? there : sentence('withScopes', { role: there, scopes });
  throw new HttpProblem(403, sentence(rule, { name, own }), { hint: hintFor(caller, given) });
}

function hintFor({ services, scopes }: Caller, given: Grant): Sentence {
  if (services !== undefined && !isPart(given.services, services))
    return sentence('nameServicesOutOf', { services });
  return sentence(isPart(given.scopes, scopes) ? 'lesserRole' : 'nameScopes');
}

function requireNotLonger({ via, expiresAt }: Caller, token: ApiToken): void {
  if (via !== 'token' || expiresAt === undefined) return;
  if (token.expiresAt !== undefined && token.expiresAt <= expiresAt) return;
  throw new HttpProblem(403, sentence('tokenNotLonger'), {
    hint: sentence('giveForMs', { at: new Date(expiresAt).toISOString() }),
  });
}
