import { sentence } from '../../messages/sentence.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { wallTime } from '../../lib/time/clock.ts';
import { plainCalendar } from '../../model/calendar.ts';
import type { Problem } from '../../model/problem.ts';
import type { Settings } from '../../model/settings.ts';
import { type ChannelKind, pictureLibrary } from '../../notify/channels/channel.ts';
import { dotted } from './issues.ts';
import type { Written } from '../schema/schema.ts';
import { usualIntervalMs } from '../schema/service.ts';
import type { YamlFile } from '../yaml-file.ts';

interface Loaded {
  readonly written: Written;
  readonly settings: Settings;
  readonly yaml: YamlFile;
  readonly kinds: readonly ChannelKind[];
  /** Epoch ms. */
  readonly now: number;
  /** Whether an optional dependency is there. */
  readonly isInstalled: (name: string) => boolean;
}

/** What is worth a line in the log although nothing is wrong. */
export function warningsOf({ written, settings, yaml, kinds, now, isInstalled }: Loaded): readonly Problem[] {
  return [
    ...intervalNotices(written, yaml),
    ...channelNotices(settings, yaml),
    ...pageNotices(settings, kinds, yaml),
    ...(isInstalled(pictureLibrary) ? [] : pictureNotices(settings, kinds, yaml)),
    ...proxyNotices(settings, yaml),
    ...calendarNotices(written, settings, yaml, now),
  ];
}

function intervalNotices(written: Written, yaml: YamlFile): readonly Problem[] {
  const intervals = [
    { ms: written.interval, at: ['interval'] },
    ...(written.services ?? []).map(({ interval }, index) => ({
      ms: interval,
      at: ['services', index, 'interval'],
    })),
  ];
  return intervals.flatMap(({ ms, at }): readonly Problem[] => {
    if (ms === undefined || ms === usualIntervalMs) return [];
    const message = sentence('unusualInterval', {
      interval: formatDuration(ms),
      usual: formatDuration(usualIntervalMs),
    });
    const place = { ...yaml.place(at), pointer: dotted(at) };
    return [{ level: 'info', code: 'unusual-interval', message, ...place }];
  });
}

function channelNotices({ channels }: Settings, yaml: YamlFile): readonly Problem[] {
  if (Object.keys(channels).length > 0) return [];
  const message = sentence('nobodyIsTold');
  const hint = sentence('addWebhook');
  return [{ level: 'info', code: 'no-channel', message, file: yaml.file, hint }];
}

/** What a format cannot do without an address is done in another one. */
function pageNotices(
  { channels, server }: Settings,
  kinds: readonly ChannelKind[],
  yaml: YamlFile,
): readonly Problem[] {
  if (server.url !== undefined) return [];
  return Object.values(channels).flatMap(({ name, kind, options }): readonly Problem[] => {
    if (kinds.find((one) => one.kind === kind)?.lacksPage?.(options) !== true) return [];
    const at = ['channels', name, 'format'];
    const place = { ...yaml.place(at), pointer: dotted(at) };
    const message = sentence('noPageForCard');
    const hint = sentence('setPage');
    return [{ level: 'info', code: 'no-page', message, ...place, hint }];
  });
}

/** Said of the first channel: what is missing is missing for all of them. */
function pictureNotices(
  { channels }: Settings,
  kinds: readonly ChannelKind[],
  yaml: YamlFile,
): readonly Problem[] {
  const channel = Object.values(channels).find(
    ({ kind, options }) => kinds.find((one) => one.kind === kind)?.hasPictures?.(options) === true,
  );
  if (channel === undefined) return [];
  const at = ['channels', channel.name, 'picture'];
  const place = { ...yaml.place(at), pointer: dotted(at) };
  const message = sentence('noPictures', { name: pictureLibrary });
  const hint = sentence('installPictures', { name: pictureLibrary });
  return [{ level: 'info', code: 'no-pictures', message, ...place, hint }];
}

/** The server itself speaks plain HTTP: before an address with https something stands, as which everybody then comes. */
function proxyNotices({ server: { url, proxies } }: Settings, yaml: YamlFile): readonly Problem[] {
  if (proxies !== undefined || url?.startsWith('https:') !== true) return [];
  const at = ['server', 'url'];
  const place = { ...yaml.place(at), pointer: dotted(at) };
  const message = sentence('oneAddressForAll');
  const hint = sentence('setProxies');
  return [{ level: 'info', code: 'no-proxies', message, ...place, hint }];
}

/** A calendar whose days are all over says nothing of those to come. */
function calendarNotices(
  { calendar: { file = [], holidays, workdays } }: Written,
  { calendar = plainCalendar }: Settings,
  yaml: YamlFile,
  now: number,
): readonly Problem[] {
  if (file.length + holidays.length + workdays.length === 0) return [];
  const today = wallTime(calendar.timeZone)(now).slice(0, 10);
  const last = [...calendar.holidays, ...calendar.workdays].sort().at(-1);
  if (last !== undefined && last >= today) return [];
  const message =
    last === undefined ? sentence('calendarWithoutDay') : sentence('calendarOver', { date: last });
  const hint = file.length === 0 ? sentence('addDays') : sentence('addDaysTo', { files: file });
  const place = { ...yaml.place(['calendar']), pointer: 'calendar' };
  return [{ level: 'info', code: 'calendar-over', message, ...place, hint }];
}
