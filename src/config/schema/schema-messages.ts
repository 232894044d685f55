import { Cron } from 'croner';
import { z } from 'zod';
import { causeLevels } from '../../model/cause.ts';
import { duration } from '../../lib/zod.ts';
import { weekdays } from '../../model/calendar.ts';
import type { Language } from '../../model/settings.ts';
import type { Registries } from '../registries.ts';
import { names, severity, timeZone } from './schema-service.ts';
import { timeSpans } from '../time-span.ts';

export const language = z.enum(['zh', 'en']);

/** How the addresses of robots look, by the kind of channel; what looks like none of them is WeCom's. */
const robots: readonly (readonly [kind: string, address: RegExp])[] = [
  ['dingtalk-robot', /\/robot\/send\?.*access_token=/],
  ['feishu-robot', /\/open-apis\/bot\/v2\/hook\//],
  ['slack-webhook', /^https:\/\/hooks\.slack\.com\//],
];

/** A bare robot address, checked by the options of the robot's own channel kind. */
export function webhook(registries: Registries) {
  return z
    .string()
    .min(1)
    .transform(
      (
        address,
        context,
      ): { kind: string; language?: Language; fallback?: string[]; template?: string; options: unknown } => {
        const [kind] = robots.find(([, form]) => form.test(address)) ?? ['wecom-robot'];
        const options = registries.channels.find((channel) => channel.kind === kind)?.options ?? z.never();
        const parsed = options.safeParse({ webhook: address });
        for (const issue of parsed.error?.issues ?? []) {
          context.issues.push({ ...issue, path: [] } as z.core.$ZodRawIssue);
        }
        return { kind, options: parsed.data };
      },
    )
    .meta({ format: 'secret' });
}

/** Keys of every channel, whatever its kind. */
export const channelKeys = {
  language: language.optional().describe('Language of the messages in this channel.'),
  fallback: names
    .optional()
    .describe(
      'Channels that get its messages while it is broken, and hear of it. Default: all others hear of it.',
    ),
  template: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Liquid text in place of the own one, e.g. `${file:./alert.liquid}`; see the guide for its values.',
    ),
};

const causes = z.enum(causeLevels);

const escalation = z.object({
  after: duration.describe('Since the incident began.'),
  to: names.min(1).describe('Names of channels.'),
});

const day = z.iso.date({ error: 'is not a date; write for example 2026-10-01' });
const dayOrKind = z.union([
  z.iso.date({ error: 'is neither a date nor a kind of day; write for example 2026-10-01, holiday or sat' }),
  z.enum(['workday', 'holiday', ...weekdays]),
]);

/** Days on which people work or not, beyond Monday to Friday. */
export const calendarKeys = {
  file: z
    .union([
      z
        .string()
        .min(1)
        .transform((one) => [one]),
      names.min(1),
    ])
    .optional()
    .describe(
      'Files with such days, one or a list: iCalendar (`.ics`), YAML, JSON (that of holiday-cn as it is), or lines of dates (`.csv`, `.txt`). `holidays` and `workdays` come before them.',
    ),
  holidays: z.array(day).prefault([]).describe('Days on which nobody works: `2026-10-01`.'),
  workdays: z
    .array(day)
    .prefault([])
    .describe('Saturdays and Sundays on which people work in place of a holiday (调休).'),
};

export const maintenanceKeys = {
  name: z.string().min(1).describe('What it is for; shown where something was kept back.'),
  cron: z
    .string()
    .refine(isCron, { error: 'is not a cron expression; write for example 0 2 * * 6 for Saturdays at 2' })
    .describe('When it begins: `0 2 * * 6` is Saturdays at 2.'),
  duration: duration.describe('How long it takes.'),
  timeZone: timeZone
    .optional()
    .describe('By whose wall clock it begins. Default: the `timeZone` of the top level.'),
  services: names
    .min(1)
    .optional()
    .describe('Only for incidents of these services. Default: for everything.'),
  tags: names.min(1).optional().describe('Only for incidents of Only operations with one of these tags.'),
  causes: z.array(causes).min(1).optional().describe('Only for incidents of these causes.'),
  subject: z.string().optional().describe('Only for what this fits, `*` for anything: `GET /orders*`.'),
  exceptOn: z
    .array(dayOrKind)
    .optional()
    .describe('Days on which it does not begin: dates, `holiday`, `workday`, `sat` …'),
  onlyOn: z.array(dayOrKind).optional().describe('Days on which it begins; on no other.'),
};

function isCron(text: string): boolean {
  try {
    return new Cron(text, { paused: true }).nextRun() !== undefined;
  } catch {
    return false;
  }
}

export const routeKeys = {
  to: names.min(1).describe('Names of channels.'),
  services: names.min(1).optional().describe('Only incidents of these services.'),
  tags: names.min(1).optional().describe('Only incidents of Only operations with one of these tags.'),
  owners: names.min(1).optional().describe('Only incidents that one of these owns.'),
  causes: z
    .array(causes)
    .min(1)
    .optional()
    .describe(
      "Only incidents of these causes: the patrol's own network, an origin, a gateway, a credential …",
    ),
  severity: severity.optional().describe('Only incidents of this severity and above.'),
  when: timeSpans
    .optional()
    .describe('Only then: `workday 09:00-18:00`; one or a list, by `timeZone`. Default: always.'),
  quiet: timeSpans.optional().describe('What is not critical waits until these are over: `22:00-08:00`.'),
  escalate: z
    .array(escalation)
    .min(1)
    .optional()
    .describe('Whom to tell as well when nobody has taken care, by time.'),
  documentChanges: z
    .enum(['breaking'])
    .optional()
    .describe(
      'Tell also of documents that changed so that callers break; `services`, `owners`, `when` and `quiet` count, the other conditions do not. Default: only of incidents.',
    ),
};
