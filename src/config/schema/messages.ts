import { Cron } from 'croner';
import { z } from 'zod';
import { causeLevels } from '../../model/cause.ts';
import { duration } from '../../lib/zod.ts';
import { type DayKind, weekdays } from '../../model/calendar.ts';
import type { Language, TimeSpan } from '../../model/settings.ts';
import type { Registries } from '../registries.ts';
import { distance } from '../../lib/text/text.ts';
import { webPlaces } from '../../lib/net/places.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { says, sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Address } from '../../notify/channels/channel.ts';
import { addressIn, normalWidth } from '../typed-address.ts';
import { names, severity, timeZone } from './service.ts';

const week: readonly DayKind[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minutesOfDay = 24 * 60;

/** `workday 09:00-18:00`, `mon-fri,sun 22:00-08:00`, `00:00-24:00`; `undefined` when it is none. */
export function parseTimeSpan(text: string): TimeSpan | undefined {
  const [, days, from, to] = /^(?:([a-z,-]+) +)?(\d\d?:\d\d) *- *(\d\d?:\d\d)$/i.exec(text.trim()) ?? [];
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === undefined || end === undefined || start === minutesOfDay) return undefined;
  if (days === undefined) return { from: start, to: end };
  const named = days.toLowerCase().split(',').map(daysOf);
  const unknown = named.some((some) => some === undefined);
  return unknown
    ? undefined
    : { from: start, to: end, days: [...new Set(named.flatMap((some) => some ?? []))] };
}

function minutesOf(clock: string | undefined): number | undefined {
  const [hours = NaN, minutes = NaN] = (clock ?? '').split(':').map(Number);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= minutesOfDay ? total : undefined;
}

/** One day, or a range of them, which may go over the end of the week. */
function daysOf(text: string): readonly DayKind[] | undefined {
  if (text === 'workday' || text === 'holiday') return [text];
  const [first = '', last = first, ...more] = text.split('-');
  const [start, end] = [week.indexOf(first as DayKind), week.indexOf(last as DayKind)];
  if (start === -1 || end === -1 || more.length > 0) return undefined;
  return start <= end ? week.slice(start, end + 1) : [...week.slice(start), ...week.slice(0, end + 1)];
}

const message =
  'is not a part of the day; write for example 22:00-08:00, mon-fri 09:00-18:00 or holiday 00:00-24:00';

const span = z
  .string({ error: message })
  .meta({ title: 'part of the day', examples: ['22:00-08:00', 'mon-fri 09:00-18:00', 'workday 09:00-18:00'] })
  .transform((text, context): TimeSpan => {
    const parsed = parseTimeSpan(text);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** One part of the day or several. Yields a list. */
const timeSpans = z.union([span.transform((one): readonly TimeSpan[] => [one]), z.array(span).min(1)]);

export const language = z.enum(['zh', 'en']);

/** An address alone, checked by the options of the kind of channel whose form it has. */
export function webhook(registries: Registries) {
  return z
    .string()
    .min(1)
    .transform(
      (
        address,
        context,
      ): { kind: string; language?: Language; fallback?: string[]; template?: string; options: unknown } => {
        const written = normalWidth(addressIn(address.trim()));
        const kind = registries.channels.find((one) => one.address?.form.test(written) === true);
        if (kind?.address === undefined) {
          const params = notAnAddress(written, addressed(registries));
          context.addIssue({ code: 'custom', message: inEnglish(params.said), params: { ...params } });
          return z.NEVER;
        }
        const parsed = kind.options.safeParse(kind.address.options(written));
        for (const issue of parsed.error?.issues ?? []) {
          context.issues.push({ ...issue, path: [] } as z.core.$ZodRawIssue);
        }
        return { kind: kind.kind, options: parsed.data };
      },
    )
    .meta({ format: 'secret' });
}

/** What a schema says besides its English text: the same as a sentence, what may be shown of the value, and what to do. */
export interface SaidByIssue {
  readonly said: Sentence;
  readonly shown?: string;
  readonly hint?: Sentence;
}

function notAnAddress(written: string, channels: readonly Addressed[]): SaidByIssue {
  const [kind] = channels.toSorted((a, b) => farness(written, a.address) - farness(written, b.address));
  const title = kind === undefined ? '' : says(kind.title.en, kind.title.zh);
  const said = sentence('noChannelAddress', { example: kind?.address.example ?? '', title });
  const host = webPlaces([written])[0]?.origin;
  return {
    said,
    ...(host === undefined ? {} : { shown: `${host}/…` }),
    ...(kind === undefined ? {} : { hint: kind.address.found }),
  };
}

type Addressed = Registries['channels'][number] & { readonly address: Address };

function addressed({ channels }: Registries): readonly Addressed[] {
  return channels.filter((one): one is Addressed => one.address !== undefined);
}

/** How far a text is from an address of the kind: first by the host, then by the beginning of the path. */
function farness(written: string, { example }: Address): number {
  const [typed, known] = [webPlaces([written])[0], webPlaces([example])[0]];
  if (typed === undefined || known === undefined) return 0;
  const start = (place: URL): string => place.pathname.slice(0, 40);
  return distance(typed.host.slice(0, 60), known.host) * 100 + distance(start(typed), start(known));
}

/** Whose addresses alone make a channel. */
export function addressedTitles(registries: Registries, language: Language = 'en'): readonly string[] {
  return addressed(registries).map(({ title }) => title[language]);
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
  holidays: z.array(day).prefault([]).describe('Public holidays: `2026-10-01`.'),
  workdays: z
    .array(day)
    .prefault([])
    .describe('Weekend days that are worked in exchange for a holiday (调休).'),
};

export const maintenanceKeys = {
  name: z.string().min(1).describe('Name, shown wherever the window suppressed something.'),
  cron: z
    .string()
    .refine(isCron, { error: 'is not a cron expression; write for example 0 2 * * 6 for Saturdays at 2' })
    .describe('Start, as cron: `0 2 * * 6` is Saturdays at 02:00.'),
  duration: duration.describe('How long it takes.'),
  timeZone: timeZone.optional().describe('Time zone of `cron`. Default: the top-level `timeZone`.'),
  services: names
    .min(1)
    .optional()
    .describe('Only for incidents of these services. Default: for everything.'),
  tags: names.min(1).optional().describe('Only for incidents of operations with one of these tags.'),
  causes: z.array(causes).min(1).optional().describe('Only for incidents of these causes.'),
  subject: z.string().optional().describe('Only for subjects that match, `*` for any text: `GET /orders*`.'),
  exceptOn: z
    .array(dayOrKind)
    .optional()
    .describe('Do not start on these days: dates, `holiday`, `workday`, `sat` …'),
  onlyOn: z.array(dayOrKind).optional().describe('Only start on these days.'),
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
  tags: names.min(1).optional().describe('Only incidents of operations with one of these tags.'),
  owners: names.min(1).optional().describe('Only incidents owned by one of these.'),
  causes: z
    .array(causes)
    .min(1)
    .optional()
    .describe(
      "Only incidents of these causes: the patrol's own network, an origin, a gateway, a credential …",
    ),
  severity: severity.optional().describe('Only incidents of at least this severity.'),
  when: timeSpans
    .optional()
    .describe('Only at these times: `workday 09:00-18:00`; one or a list, in `timeZone`. Default: always.'),
  quiet: timeSpans
    .optional()
    .describe('Quiet hours: everything but critical incidents waits until they end: `22:00-08:00`.'),
  escalate: z
    .array(escalation)
    .min(1)
    .optional()
    .describe('Additional channels when nobody has acknowledged in time.'),
  documentChanges: z
    .enum(['breaking'])
    .optional()
    .describe(
      'Also announce breaking changes of documents; `services`, `owners`, `when` and `quiet` apply, the other conditions do not. Default: incidents only.',
    ),
};
