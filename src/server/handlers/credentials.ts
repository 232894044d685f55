import { sentence } from '../../messages/sentence.ts';
import { type Handlers, notFound } from '../context.ts';
import type { HttpProblem } from '../http/http-problem.ts';
import { signInNow } from '../live/sign-in-now.ts';

export const credentialHandlers: Handlers<'forgetTokens' | 'retrySignIn'> = {
  async forgetTokens({ context, caller, body }) {
    const { patrol, clock } = context;
    const { credential } = body;
    const known = Object.keys(patrol.config.settings.credentials);
    // Before those that outlive the process: nobody is to put one back.
    patrol.tokens.forget(credential);
    const cleared = await patrol.store.tokens.clear(credential);
    if (credential !== undefined && cleared === 0 && !known.includes(credential))
      throw noCredential(credential, known);
    await patrol.store.desk.note({
      at: clock.now(),
      by: caller.name,
      action: 'forget-tokens',
      subject: credential === undefined ? 'credentials' : `credential ${credential}`,
    });
    return { cleared };
  },

  async retrySignIn({ context, caller, params }) {
    const { name = '' } = params;
    const { patrol } = context;
    const known = patrol.tokens.status().map(({ credential }) => credential);
    if (!known.includes(name)) throw noCredential(name, known);
    const subject = `credential ${name}`;
    await patrol.store.desk.note({
      at: context.clock.now(),
      by: caller.name,
      action: 'retry-sign-in',
      subject,
    });
    return signInNow(context, name);
  },
};

function noCredential(name: string, known: readonly string[]): HttpProblem {
  return notFound(
    sentence('noCredentialNamed', { name }),
    known.length === 0 ? sentence('noneConfigured') : sentence('configuredAre', { names: known }),
  );
}
