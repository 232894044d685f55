import { sentence } from '../../../messages/sentence.ts';
import { escapeMarkup, sha256 } from '../../../lib/text/text.ts';
import type { Language } from '../../../model/settings.ts';
import type { Day } from '../../live/days.ts';
import type { PublicIncident } from './public-incident.ts';
import type { PublicStatus, ServiceStatus } from './status-view.ts';
import { statusStyle } from './status-style.ts';
import {
  headline,
  incidentTimes,
  incidentTitle,
  latencyText,
  maintenanceTitle,
  noticeTitle,
  shareText,
  stageSentence,
  stateSentence,
  type Words,
} from './status-words.ts';

export interface Look {
  readonly language: Language;
  readonly timeZone: string;
  readonly words: Words;
  /** How all is, and each service: what fits into a frame. */
  readonly isEmbedded: boolean;
}

/** Its address changes with what it says. */
export const styleName = `status-${sha256(statusStyle).slice(0, 12)}.css`;
/** What came before two weeks stands folded. */
const recentMs = 14 * 86_400_000;

/** @param up How one gets from where it is shown to where `/status` is. */
export function statusHtml(status: PublicStatus, look: Look, up: string): string {
  const { language, words, isEmbedded } = look;
  const { say } = words;
  const title = escapeMarkup(status.title);
  const body = isEmbedded ? embedded(status, look, up) : whole(status, look);
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}: ${escapeMarkup(say(headline(status.services).told))}</title>
<link rel="stylesheet" href="${up}${styleName}"><link rel="alternate" type="application/atom+xml" href="${up}status.atom" title="${title}">
<script src="${up}status.js" defer></script></head>
<body${isEmbedded ? ' class="embedded"' : ''}><main>${body}</main></body></html>
`;
}

function whole(status: PublicStatus, look: Look): string {
  const { words, language, timeZone } = look;
  const { say } = words;
  const other = language === 'zh' ? 'en' : 'zh';
  const about = status.about === undefined ? '' : `<p class="about">${paragraphs(status.about)}</p>`;
  const current = status.incidents.filter(({ until }) => until === undefined);
  const updated = say(sentence('public.updated', { time: words.time(status.now), zone: timeZone }));
  return `<header><h1>${escapeMarkup(status.title)}</h1>
<nav><span>${say(sentence('public.subscribe'))}</span><a href="status.atom">Atom</a><a href="status.rss">RSS</a><a href="status.json">JSON</a><a href="status?lang=${other}" hreflang="${other}" lang="${other}">${other === 'zh' ? '中文' : 'English'}</a></nav></header>
${about}${banner(status, words)}
${section('notices', say(sentence('public.notices')), noticesOf(status, words))}
${section('current', say(sentence('public.current')), current.map((one) => incidentItem(one, status.now, words)).join(''))}
${section('planned', say(sentence('public.planned')), maintenanceOf(status, words))}
${section('services', say(sentence('public.services')), servicesOf(status, words))}
${section('past', say(sentence('public.past')), pastOf(status, words))}
<footer data-part="updated"><small>${escapeMarkup(updated)}</small></footer>`;
}

function embedded(status: PublicStatus, { words }: Look, up: string): string {
  const link = `<small><a href="${up}status" target="_blank" rel="noopener">${words.say(sentence('public.whole'))}</a></small>`;
  const name = `<h1>${escapeMarkup(status.title)}</h1>`;
  return `${name}${banner(status, words)}<div data-part="services">${servicesOf(status, words)}</div>${link}`;
}

function banner({ services }: PublicStatus, { say }: Words): string {
  const { tone, told } = headline(services);
  return `<p class="all ${tone}" role="status" data-part="all">${escapeMarkup(say(told))}</p>`;
}

/** Stands there also when there is nothing in it, so that it can be filled later. */
function section(part: string, title: string, inside: string): string {
  const content = inside === '' ? '' : `<h2>${escapeMarkup(title)}</h2>${inside}`;
  return `<section data-part="${part}">${content}</section>`;
}

function servicesOf({ services }: PublicStatus, words: Words): string {
  return `<ul class="services">${services.map((one) => serviceItem(one, words)).join('')}</ul>`;
}

function serviceItem(service: ServiceStatus, words: Words): string {
  const { say, time } = words;
  const { name, state, rate, rate90, p95Ms, since, days } = service;
  const begun =
    since === undefined || service.isRecovering
      ? ''
      : ` <small>${escapeMarkup(say(sentence('public.since', { time: time(since) })))}</small>`;
  const share =
    rate90 === undefined
      ? say(sentence('public.noData'))
      : say(sentence('public.in90', { rate: shareText(rate90) }));
  const more = [
    ...(rate === undefined ? [] : [say(sentence('public.in24', { rate: shareText(rate) }))]),
    ...(p95Ms === undefined ? [] : [say(sentence('public.p95', { time: latencyText(p95Ms) }))]),
  ];
  const bad = days.filter((day) => day.bad > 0).length;
  const label = say(sentence('public.strip', { name, rate: share, bad }));
  return `<li><p><b>${escapeMarkup(name)}</b><span class="${state}">${escapeMarkup(say(stateSentence(service)))}${begun}</span></p>
<div class="days" role="img" aria-label="${escapeMarkup(label)}">${days.map((day) => dayBar(day, words)).join('')}</div>
<p class="legend"><small><span class="long">${say(sentence('public.ago90'))}</span><span class="short">${say(sentence('public.ago30'))}</span></small><small>${escapeMarkup([share, ...more].join(' · '))}</small><small>${say(sentence('public.today'))}</small></p></li>`;
}

/** Fewer than one failure in twenty is a trouble of some operations for a while. */
function dayBar({ date, good, bad }: Day, { say }: Words): string {
  const all = good + bad;
  const tone = all === 0 ? '' : bad === 0 ? 'g' : bad / all < 0.05 ? 'y' : 'r';
  const said = all === 0 ? say(sentence('public.noData')) : shareText(good / all);
  return `<i class="${tone}" title="${date} · ${escapeMarkup(said)}"></i>`;
}

function incidentItem(incident: PublicIncident, now: number, words: Words): string {
  const { say, time } = words;
  const posts = incident.posts
    .toReversed()
    .map(
      ({ kind, text, at }) =>
        `<li><p><b>${say(sentence(`post.${kind}`))}</b> <small>${escapeMarkup(time(at))}</small></p><p>${paragraphs(text)}</p></li>`,
    );
  const list = posts.length === 0 ? '' : `<ol>${posts.join('')}</ol>`;
  const tone = incident.until === undefined ? incident.state : 'ok';
  const state = say(stageSentence(incident));
  return `<article id="${escapeMarkup(incident.id)}"><h3>${escapeMarkup(incidentTitle(incident, words))} <span class="${tone}">${state}</span></h3>
<p><small>${escapeMarkup(incidentTimes(incident, now, words))}${incident.title === undefined ? '' : ` · ${escapeMarkup(incident.services.join(', '))}`}</small></p>${list}</article>`;
}

function pastOf({ incidents, now }: PublicStatus, words: Words): string {
  if (incidents.length === 0) return `<p><small>${words.say(sentence('public.nonePast'))}</small></p>`;
  const past = incidents.filter(({ until }) => until !== undefined);
  const items = (some: readonly PublicIncident[]): string =>
    some.map((one) => incidentItem(one, now, words)).join('');
  const isRecent = ({ from, until = now }: PublicIncident): boolean =>
    Math.max(from, until) >= now - recentMs;
  const older = past.filter((one) => !isRecent(one));
  const folded =
    older.length === 0
      ? ''
      : `<details><summary>${words.say(sentence('public.older'))} (${older.length})</summary>${items(older)}</details>`;
  return items(past.filter(isRecent)) + folded;
}

function maintenanceOf({ maintenance }: PublicStatus, words: Words): string {
  return maintenance
    .map((one) => {
      const span = words.say(
        sentence('public.span', { from: words.time(one.from), until: words.time(one.until) }),
      );
      const text = one.text === undefined ? '' : `<p>${paragraphs(one.text)}</p>`;
      return `<article id="${escapeMarkup(one.id)}"><h3>${escapeMarkup(maintenanceTitle(one, words))}</h3><p><small>${escapeMarkup(span)}</small></p>${text}</article>`;
    })
    .join('');
}

function noticesOf({ notices }: PublicStatus, words: Words): string {
  return notices
    .map(
      (one) =>
        `<article id="${escapeMarkup(one.id)}"><h3>${escapeMarkup(noticeTitle(one, words))}</h3><p><small>${escapeMarkup(words.time(one.at))}</small></p><p>${paragraphs(one.text)}</p></article>`,
    )
    .join('');
}

const paragraphs = (text: string): string => escapeMarkup(text).replaceAll('\n', '<br>');
