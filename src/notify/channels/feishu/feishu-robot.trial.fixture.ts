import { createHmac } from 'node:crypto';
import {
  idsIn,
  matches,
  miscolored,
  over,
  unclean,
  unknown,
  unlikeMarkdown,
} from '../shared/faults.fixture.ts';
import {
  type Call,
  type Fault,
  parseJson,
  type Reply,
  type StandIn,
  startHook,
} from '../shared/stand-in.fixture.ts';
import { answering, type ChannelTrial } from '../shared/trial.fixture.ts';

interface Body {
  readonly card: {
    readonly header: { readonly title: { readonly content: string } };
    readonly body: { readonly elements: readonly { readonly content: string }[] };
  };
}

export const trial: ChannelTrial = {
  standIn: feishuStandIn,
  acts: /<at id=all|\]\(|<a href/,
  faults(part, told) {
    const { card } = JSON.parse(part) as Body;
    const shown = card.body.elements.map(({ content: one }) => one).join('\n');
    const outsideCode = shown.replaceAll(/`[^`\n]*`/g, '');
    const known = told.mentions.includes('@all') ? [...told.mentions, 'all'] : told.mentions;
    return [
      ...over('the body', Buffer.byteLength(part), 20_000),
      ...unclean(card.header.title.content.replaceAll('\n', '\0')),
      ...unlikeMarkdown(shown),
      ...miscolored(outsideCode, /<font color='(?:grey|red|orange|yellow)'>/g),
      ...unknown(idsIn(shown, /<at id=([^>]*)>/g), known),
      ...matches('has a tag', outsideCode, /<(?!font |\/font>|at id=|\/at>)/),
    ];
  },
  refusals: [9499, 19001, 19002, 19021, 19022, 19024, 230025].map((code) =>
    answering(200, { code, msg: 'no' }),
  ),
};

const hour = 3_600_000;

/** A custom robot secured by a signature in the body. */
async function feishuStandIn(now: () => number): Promise<StandIn> {
  const [secret, id] = ['canarysecret4711', 'canary-hook-4711'];
  const seen: string[] = [];
  const code = (value: number, msg: string, status = 200): Reply => ({
    status,
    body: { code: value, msg, data: {} },
  });
  const answer = ({ url, body }: Call): Reply => {
    if (url.pathname !== `/open-apis/bot/v2/hook/${id}`)
      return code(19001, 'param invalid: incoming webhook access token invalid', 400);
    const message = parseJson(body);
    const timestamp = String(message?.['timestamp']);
    const sign = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
    if (message?.['sign'] !== sign || Math.abs(Number(timestamp) * 1000 - now()) > hour) {
      return code(19021, 'sign match fail or timestamp is not within one hour from current time');
    }
    if (Buffer.byteLength(body) > 20 * 1024)
      return code(230025, 'the length of the message content reaches its limit', 400);
    const card = message['card'] as Card | undefined;
    const title = card?.header?.title?.content;
    const content = card?.body?.elements?.[0]?.content;
    if (message['msg_type'] !== 'interactive' || !title || !content) return code(9499, 'Bad Request', 400);
    seen.push(`${title}\n${content}`);
    return code(0, 'success');
  };
  const faults: Partial<Record<Fault, Reply>> = {
    busy: { status: 500, body: '' },
    limited: code(9499, 'too many request', 400),
    gone: code(19001, 'param invalid', 400),
    'too-long': code(230025, 'the length of the message content reaches its limit', 400),
    bad: code(9499, 'Bad Request', 400),
  };
  const hook = await startHook(answer, faults);
  return { ...hook, input: { webhook: `${hook.url}/open-apis/bot/v2/hook/${id}`, secret }, secret: id, seen };
}

interface Card {
  readonly header?: { readonly title?: { readonly content?: string } };
  readonly body?: { readonly elements?: readonly { readonly content?: string }[] };
}
