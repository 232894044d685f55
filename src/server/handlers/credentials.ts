import { sentence } from '../../messages/sentence.ts';
import { type Handlers, notFound } from '../context.ts';

export const credentialHandlers: Handlers<'forgetTokens'> = {
  async forgetTokens({ context, caller, body }) {
    const { patrol, clock } = context;
    const { credential } = body;
    const known = Object.keys(patrol.config.settings.credentials);
    // Before those that outlive the process: nobody is to put one back.
    patrol.tokens.forget(credential);
    const cleared = await patrol.store.tokens.clear(credential);
    if (credential !== undefined && cleared === 0 && !known.includes(credential))
      throw notFound(
        sentence('noCredentialNamed', { name: credential }),
        known.length === 0 ? sentence('noneConfigured') : sentence('configuredAre', { names: known }),
      );
    await patrol.store.desk.note({
      at: clock.now(),
      by: caller.name,
      action: 'forget-tokens',
      subject: credential === undefined ? 'credentials' : `credential ${credential}`,
    });
    return { cleared };
  },
};
