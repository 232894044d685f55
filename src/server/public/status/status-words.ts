import { spokenDuration } from '../../../lib/time/duration.ts';
import { inLanguage } from '../../../messages/in-language.ts';
import { sentence } from '../../../messages/sentence.ts';
import type { OwnSentence } from '../../../model/sentence.ts';
import type { Language } from '../../../model/settings.ts';
import type { PublicIncident } from './public-incident.ts';
import type { PublicMaintenance, PublicNotice, PublicStatus, ServiceStatus } from './status-view.ts';

export interface Words {
  readonly say: (told: OwnSentence) => string;
  /** `24/11 08:15`, `11/24 08:15` */
  readonly time: (at: number) => string;
  /** As messages and the page say it. */
  readonly span: (ms: number) => string;
}

export function wordsIn(language: Language, timeZone: string): Words {
  const say = (told: OwnSentence): string => inLanguage(told, language);
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: language === 'zh' ? '2-digit' : 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  return { say, time: (at) => format.format(at), span: (ms) => spokenDuration(ms, language) };
}

/** Rounded down: 100 % is when nothing failed. */
export const shareText = (share: number): string => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;

export const latencyText = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

export function stateSentence({
  state,
  isPartial,
  isRecovering,
}: Pick<ServiceStatus, 'state' | 'isPartial' | 'isRecovering'>): OwnSentence {
  if (isRecovering) return sentence('public.recovering');
  return state === 'failing' && isPartial ? sentence('public.failingPartly') : sentence(`public.${state}`);
}

/** How an incident is now. */
export function stageSentence({ until, isRecovering }: PublicIncident): OwnSentence {
  if (until !== undefined) return sentence('public.over');
  return sentence(isRecovering ? 'public.recovering' : 'public.open');
}

/** Whether what is not well answers well again, all of it. */
export function areRecovering(services: PublicStatus['services']): boolean {
  const troubled = services.filter(({ state }) => state === 'failing' || state === 'degraded');
  return troubled.length > 0 && troubled.every(({ isRecovering }) => isRecovering);
}

/** How all of it is, the worst first. */
export function headline(services: PublicStatus['services']): {
  readonly tone: 'ok' | 'degraded' | 'failing' | 'maintenance' | 'unknown';
  readonly told: OwnSentence;
} {
  const failing = services.filter(({ state }) => state === 'failing');
  if (failing.length > 0) {
    const isAll = failing.length === services.length && failing.every((one) => !one.isPartial);
    return { tone: 'failing', told: sentence(isAll && services.length > 1 ? 'public.every' : 'public.some') };
  }
  const has = (wanted: ServiceStatus['state']): boolean => services.some(({ state }) => state === wanted);
  if (has('degraded'))
    return { tone: 'degraded', told: sentence(areRecovering(services) ? 'public.recover' : 'public.slow') };
  if (has('maintenance')) return { tone: 'maintenance', told: sentence('public.maintained') };
  if (has('unknown')) return { tone: 'unknown', told: sentence('public.unclear') };
  return { tone: 'ok', told: sentence('public.all') };
}

const everything = (services: readonly string[]): readonly (string | OwnSentence)[] =>
  services.length === 0 ? [sentence('public.everything')] : services;

export function incidentTitle({ title, services, state, isPartial }: PublicIncident, { say }: Words): string {
  if (title !== undefined) return title;
  if (state === 'degraded') return say(sentence('public.degradedOf', { services }));
  return say(sentence(isPartial ? 'public.failingPartlyOf' : 'public.failingOf', { services }));
}

export function maintenanceTitle({ title, services }: PublicMaintenance, { say }: Words): string {
  return title ?? say(sentence('public.maintenanceOf', { services: everything(services) }));
}

export function noticeTitle({ title, services }: PublicNotice, { say }: Words): string {
  return title ?? say(sentence('public.noticeOf', { services: everything(services) }));
}

export function incidentTimes({ from, until }: PublicIncident, now: number, words: Words): string {
  const { say, time, span } = words;
  return until === undefined
    ? say(sentence('public.lasts', { from: time(from), span: span(now - from) }))
    : say(sentence('public.lasted', { from: time(from), until: time(until), span: span(until - from) }));
}
