import { createHmac } from 'node:crypto';
import { type Call, type Fault, parseJson, type Reply, type StandIn, startHook } from './stand-in.fixture.ts';

const hour = 3_600_000;

/** A group robot secured by a signature. */
export async function dingtalkStandIn(now: () => number): Promise<StandIn> {
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

/** A custom robot secured by a signature in the body. */
export async function feishuStandIn(now: () => number): Promise<StandIn> {
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

interface SlackMessage {
  readonly text?: string;
  readonly blocks?: readonly { readonly text?: { readonly text?: string } }[];
}

export async function slackStandIn(): Promise<StandIn> {
  const path = '/services/T0CANARY/B0CANARY/canary4711hook';
  const seen: string[] = [];
  const answer = ({ url, body }: Call): Reply => {
    if (url.pathname !== path) return { status: 404, body: 'no_service' };
    const message = parseJson(body) as SlackMessage | undefined;
    if (message?.text === undefined) return { status: 400, body: 'invalid_payload' };
    const sections = (message.blocks ?? []).map((block) => block.text?.text ?? '');
    if (sections.length > 50 || sections.some((section) => section === '' || section.length > 3000)) {
      return { status: 400, body: 'invalid_blocks' };
    }
    seen.push([message.text, ...sections].join('\n'));
    return { body: 'ok' };
  };
  const faults: Partial<Record<Fault, Reply>> = {
    busy: { status: 500, body: 'rollup_error' },
    gone: { status: 404, body: 'channel_not_found' },
    bad: { status: 400, body: 'invalid_payload' },
  };
  const hook = await startHook(answer, faults);
  return { ...hook, input: { webhook: `${hook.url}${path}` }, secret: 'canary4711hook', seen };
}
