import { createHash } from 'node:crypto';
import { inLanguage } from '../../messages/in-language.ts';
import { reasonSentence, whoSentence } from '../../messages/audited.ts';
import { sentence } from '../../messages/sentence.ts';
import { wallTime } from '../../lib/time/clock.ts';
import { spokenDuration } from '../../lib/time/duration.ts';
import { escapeMarkup } from '../../lib/text/text.ts';
import { type Incident, lastedMs, lastsSince } from '../../model/incident.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Silence } from '../../model/silence.ts';
import type { Language } from '../../model/settings.ts';
import type { Called } from '../live/call-members.ts';

const style = `:root{color-scheme:light dark;--ink:#1b2430;--dim:#5a6675;--line:#dfe4ea;--page:#f5f7f9;--card:#fff;--accent:#1a5fc8;--on:#fff;--pass:#1f7a3d;--bad:#b3261e;font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ee;--dim:#9aa7b4;--line:#2b333d;--page:#0d1117;--card:#151b22;--accent:#8ab4ff;--on:#0d1117;--pass:#7ddc9a;--bad:#ff8a80}}
body{margin:0;background:var(--page);color:var(--ink)}main{max-width:34rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0 0 1rem;font-size:1.25rem;line-height:1.4;overflow-wrap:anywhere}
section{margin:0 0 1rem;padding:1rem 1.25rem;border:1px solid var(--line);border-radius:.6rem;background:var(--card);overflow-wrap:anywhere}
p{margin:.25rem 0}form{margin:0 0 .75rem}.dim{color:var(--dim)}.pass{color:var(--pass)}.bad{color:var(--bad)}
button{font:inherit;font-weight:600;padding:.6rem 1.5rem;border:0;border-radius:.4rem;background:var(--accent);color:var(--on);cursor:pointer}
a{color:var(--accent)}`;

/** Its one style is known by its hash; it has no script. */
const styleHash = createHash('sha256').update(style).digest('base64');
export const linkPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface LinkPage {
  /** What is asked, or what came of it. */
  readonly told: Sentence;
  /** What the button says; absent: there is nothing to confirm. */
  readonly confirm?: Sentence;
  readonly incident?: Incident;
  /** What calls have just come to. */
  readonly called?: readonly Called[];
}

interface About {
  readonly language: Language;
  readonly timeZone: string;
  readonly now: number;
  /** What keeps the incident quiet. */
  readonly silence?: Silence | undefined;
}

/** Where the incident is on the page, from `/do/LINK`: it holds below any path. */
const wayOn = (id: string): string => `../incidents/${encodeURIComponent(id)}`;

/** The page of a link in a message: what it is about, what is asked, and where to go from there. */
export function linkPage({ told, confirm, incident, called = [] }: LinkPage, about: About): string {
  const say = (text: Sentence): string => escapeMarkup(inLanguage(text, about.language));
  const button =
    confirm === undefined ? '' : `<form method="post"><button type="submit">${say(confirm)}</button></form>`;
  const [href, on] =
    incident === undefined
      ? ['../incidents', sentence('linkSeeIncidents')]
      : [wayOn(incident.id), sentence('linkSeeIncident', { id: incident.id })];
  const results = called.map(({ service, label, result }) => {
    const { verdict, reason, status } = result;
    const answer = status === undefined ? '' : ` HTTP ${status}`;
    const why = reason.code === 'none' ? '' : `<br><span class="dim">${say(reason.message)}</span>`;
    const tone = verdict === 'pass' ? 'pass' : 'bad';
    return `<p><b class="${tone}">${say(sentence(`verdict.${verdict}`))}</b> ${escapeMarkup(`${service} · ${label}${answer}`)}${why}</p>`;
  });
  return `<!doctype html>
<html lang="${about.language === 'zh' ? 'zh-CN' : 'en'}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${incident === undefined ? '' : `#${incident.id} · `}API Patrol</title><style>${style}</style></head>
<body><main>
<h1>${say(told)}</h1>
${results.length === 0 ? '' : `<section>${results.join('\n')}</section>`}
${incident === undefined ? '' : summary(incident, say, about)}
${button}
<p><a href="${href}">${say(on)}</a></p>
</main></body></html>
`;
}

function summary(
  incident: Incident,
  say: (text: Sentence) => string,
  { language, timeZone, now, silence }: About,
): string {
  const { id, subjectLabel, services, reason, said, members, acknowledged, resolvedAt } = incident;
  const place = services.filter((name) => name !== subjectLabel).join(language === 'zh' ? '、' : ', ');
  const title = `${place === '' ? '' : `${place} · `}${subjectLabel}`;
  const time = wallTime(timeZone);
  const spans = { time: time(lastsSince(incident)), span: spokenDuration(lastedMs(incident, now), language) };
  const lines = [
    `<p><b>${escapeMarkup(title)}</b> <span class="dim">#${escapeMarkup(id)}</span></p>`,
    `<p>${say(reason.message)}</p>`,
    said === undefined ? '' : `<p>${say(sentence('linkSaid', { text: said }))}</p>`,
    members.of > 1
      ? `<p class="dim">${say(sentence('linkMembers', { count: members.count, of: members.of }))}</p>`
      : '',
    `<p class="dim">${say(sentence(resolvedAt === undefined ? 'linkSince' : 'linkEnded', spans))}</p>`,
    acknowledged === undefined
      ? ''
      : `<p class="dim">${say(sentence('linkTaken', { by: whoSentence(acknowledged.by), time: time(acknowledged.until) }))}</p>`,
    silence === undefined
      ? ''
      : `<p class="dim">${say(sentence('linkQuiet', { by: whoSentence(silence.by), time: time(silence.until), reason: reasonSentence(silence.by, silence.reason) }))}</p>`,
  ];
  return `<section>${lines.filter((line) => line !== '').join('\n')}</section>`;
}
