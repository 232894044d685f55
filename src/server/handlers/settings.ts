import type { Handlers } from '../context.ts';
import { pageOf, periodOf } from '../paging.ts';

const yearMs = 366 * 86_400_000;

export const settingsHandlers: Handlers<'listAudit'> = {
  async listAudit({ context, query }) {
    const now = context.clock.now();
    const period = periodOf({ ...query, from: query.from ?? (query.to ?? now) - yearMs }, now);
    const { items, ...rest } = await pageOf(query, (limit) =>
      context.patrol.store.desk.audit({ ...period, limit }),
    );
    return { items, ...rest };
  },
};
