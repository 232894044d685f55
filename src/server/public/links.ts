import { inLanguage } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { verifyLink, type LinkClaim } from '../../lib/net/signed-link.ts';
import type { ServerContext } from '../context.ts';
import type { App, RequestContext } from '../http/request.ts';
import { escapeMarkup } from '../../lib/text/text.ts';

const hourMs = 3_600_000;
const ackMs = 24 * hourMs;
const silenceMs = 4 * hourMs;

/**
 * What somebody does who follows a link in a message, without a sign-in: the link's signature is what lets him.
 * Looking at it changes nothing, so that programs that look at links beforehand take nothing in hand.
 */
export function linkRoutes(app: App, context: ServerContext): void {
  const { patrol, clock } = context;
  const answer = (told: Sentence, confirm?: Sentence): string => {
    const { language } = patrol.config.settings;
    return page(inLanguage(told, language), confirm && inLanguage(confirm, language));
  };
  const claimOf = (request: RequestContext): LinkClaim | 'linkForged' | 'linkExpired' => {
    const { linkKey } = patrol;
    if (linkKey === undefined) return 'linkForged';
    const verdict = verifyLink(linkKey, request.req.param('link') ?? '', clock.now());
    if (verdict.ok) return verdict.claim;
    return verdict.reason === 'forged' ? 'linkForged' : 'linkExpired';
  };
  app.get('/do/:link', async (request) => {
    const claim = claimOf(request);
    if (typeof claim === 'string') return request.html(answer(sentence(claim)), 410);
    const story = await patrol.store.story(claim.subject);
    const about = { id: claim.subject, label: story?.incident.subjectLabel ?? '' };
    const question = sentence(claim.action === 'ack' ? 'linkAsksAck' : 'linkAsksSilence', about);
    return request.html(answer(question, sentence('linkConfirm')));
  });
  app.post('/do/:link', async (request) => {
    const claim = claimOf(request);
    if (typeof claim === 'string') return request.html(answer(sentence(claim)), 410);
    const now = clock.now();
    if (!(await patrol.store.people.spendLink(claim.nonce, claim.expiresAt, now)))
      return request.html(answer(sentence('linkUsed')), 410);
    const story = await patrol.store.story(claim.subject);
    const done = story !== undefined && (await act(claim, context, now));
    if (done) context.board.tellIncidents([story.incident]);
    return request.html(answer(sentence(done ? 'linkDone' : 'linkOver')), done ? 200 : 409);
  });
}

/** False: the incident is over. */
async function act(
  { action, subject, via }: LinkClaim,
  { patrol }: ServerContext,
  at: number,
): Promise<boolean> {
  const { desk } = patrol.store;
  const by = `link:${via}`;
  if (action === 'ack') return desk.acknowledge(subject, { by, at, until: at + ackMs });
  const open = (await patrol.store.openIncidents()).some(({ id }) => id === subject);
  if (!open) return false;
  const matcher = { incident: subject };
  // Kept like one that a person has written, in the language in which messages are.
  const reason = inLanguage(sentence('linkReason', { channel: via }), patrol.config.settings.language);
  await desk.silence({ matcher, from: at, until: at + silenceMs, by, reason, createdAt: at });
  return true;
}

function page(text: string, confirm?: string): string {
  const form =
    confirm === undefined
      ? ''
      : `<form method="post"><button type="submit">${escapeMarkup(confirm)}</button></form>`;
  return `<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>API Patrol</title>
<h1>API Patrol</h1>
<p>${escapeMarkup(text)}</p>
${form}
`;
}
