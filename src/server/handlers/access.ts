import type { Handlers } from '../context.ts';

export const accessHandlers: Handlers<'getMeta' | 'getSession'> = {
  getMeta({ context }) {
    const { language, timeZone } = context.patrol.config.settings;
    return { version: context.version, language, timeZone, setup: false, signIn: [], statusPage: false };
  },

  getSession({ caller }) {
    const { name, role, via, sources, expiresAt } = caller;
    return {
      user: name,
      role,
      via,
      csrf: '',
      ...(sources === undefined ? {} : { sources: [...sources] }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
  },
};
