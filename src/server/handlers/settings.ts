import { notedSentence } from '../../messages/audited.ts';
import type { ConfigValue } from '../../config/origins.ts';
import type { config } from '../api/settings.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { HandlerContext, Handlers } from '../context.ts';
import { pageOf, periodOf } from '../http/paging.ts';

type Config = DataOf<typeof config>;

const yearMs = 366 * 86_400_000;

export const settingsHandlers: Handlers<'getConfig' | 'reloadConfig' | 'listAudit'> = {
  getConfig: ({ context }) => configView(context),

  async reloadConfig({ context, caller }) {
    const at = context.clock.now();
    await context.patrol.reload();
    await context.patrol.store.desk.note({ at, by: caller.name, action: 'reload', subject: 'configuration' });
    return configView(context);
  },

  async listAudit({ context, query }) {
    const now = context.clock.now();
    const period = periodOf({ ...query, from: query.from ?? (query.to ?? now) - yearMs }, now);
    const { items, ...rest } = await pageOf(query, (limit) =>
      context.patrol.store.desk.audit({ ...period, limit }),
    );
    return { items: items.map((entry) => ({ ...entry, note: notedSentence(entry) })), ...rest };
  },
};

/** Whatever the schemas do not know to be secret, the redactor does. */
async function configView({
  patrol,
  board,
  redactor,
  configFile,
  configValues,
  port,
}: HandlerContext): Promise<Config> {
  const { config } = patrol;
  const values = await configValues();
  return {
    file: configFile,
    loadedAt: board.configReadAt,
    values: values.map((one) => {
      const { path, value, origin } = asUsed(one, port);
      return {
        path,
        value: scrubbed(value, (text) => redactor.scrub(text)),
        origin: origin.kind === 'file' ? { ...origin, file: configFile } : origin,
      };
    }),
    notices: [...config.notices],
    ...(board.refused === undefined
      ? {}
      : { refused: { at: board.refused.at, problems: [...board.refused.problems] } }),
  };
}

/** What the command line says goes before what is written. */
export function asUsed(
  value: ConfigValue,
  port: number | undefined,
): Omit<ConfigValue, 'origin'> & {
  readonly origin: ConfigValue['origin'] | { readonly kind: 'option'; readonly name: string };
} {
  if (value.path !== 'server.port' || port === undefined || port === 0 || port === value.value) return value;
  return { ...value, value: port, origin: { kind: 'option', name: '--port' } };
}

function scrubbed(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((item: unknown) => scrubbed(item, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scrubbed(item, scrub)]));
}
