import { createHmac } from 'node:crypto';
import { matches, over, unclean, unknown, unlikeMarkdown } from '../shared/faults.fixture.ts';
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
  readonly markdown: { readonly title: string; readonly text: string };
  readonly at: { readonly atMobiles: readonly string[]; readonly atUserIds: readonly string[] };
}

export const trial: ChannelTrial = {
  standIn: dingtalkStandIn,
  acts: /\]\(|<font/,
  hasTitle: true,
  faults(part, told) {
    const { markdown, at: called } = JSON.parse(part) as Body;
    return [
      ...over('the body', Buffer.byteLength(part), 20_000),
      ...unlikeMarkdown(markdown.text),
      ...unclean(markdown.title.replaceAll('\n', '\0')),
      // A mention counts only when it stands in `at` as well.
      ...matches('has a tag', markdown.text, /<[/!?a-z]/i),
      ...unknown([...called.atMobiles, ...called.atUserIds], told.mentions),
    ];
  },
  refusals: [310000, 300001, 400013, 400102, 460101, 40035, 430101, 430102, 430104].map((errcode) =>
    answering(200, { errcode, errmsg: 'no' }),
  ),
};

const hour = 3_600_000;

/** A group robot secured by a signature. */
async function dingtalkStandIn(now: () => number): Promise<StandIn> {
  const [secret, token] = ['SECcanary4711', 'canary-token-4711'];
  const seen: string[] = [];
  const code = (errcode: number, errmsg: string): Reply => ({ body: { errcode, errmsg } });
  const answer = ({ url, body }: Call): Reply => {
    if (url.searchParams.get('access_token') !== token) return code(300001, 'token is not exist');
    const timestamp = url.searchParams.get('timestamp') ?? '';
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    if (url.searchParams.get('sign') !== sign || Math.abs(Number(timestamp) - now()) > hour) {
      return code(310000, 'sign not match, more: [https://ding-doc.dingtalk.com]');
    }
    if (Buffer.byteLength(body) > 20_000) return code(460101, 'message too long, exceed 20000 bytes');
    const message = parseJson(body);
    const markdown = message?.['markdown'] as { title?: string; text?: string } | undefined;
    if (!markdown?.title || !markdown.text) return code(40035, '缺少参数 markdown');
    seen.push(`${markdown.title}\n${markdown.text}`);
    return code(0, 'ok');
  };
  const faults: Partial<Record<Fault, Reply>> = {
    busy: code(-1, '系统繁忙'),
    limited: code(130101, 'send too fast, exceed 20 times per minute'),
    gone: code(400102, '机器人已停用'),
    'too-long': code(460101, 'message too long'),
    bad: code(40035, '不合法的参数'),
  };
  const hook = await startHook(answer, faults);
  return {
    ...hook,
    input: { webhook: `${hook.url}/robot/send?access_token=${token}`, secret },
    secret: token,
    seen,
  };
}
