import { createHash } from 'node:crypto';

/** What the robot answers; always with HTTP 200. */
export interface RobotAnswer {
  readonly errcode: number;
  readonly errmsg: string;
}

export type RobotBody = Readonly<Record<string, unknown>>;

/** Byte limits of the reference page of the group robot. */
const textBytes = 2048;
const markdownBytes = 4096;
const imageBytes = 2 * 1024 * 1024;
const articlesMax = 8;
/** Lines and links of a card. */
const factsMax = 6;
const jumpsMax = 3;

export const ok: RobotAnswer = { errcode: 0, errmsg: 'ok' };

export function refuse(errcode: number, reason: string): RobotAnswer {
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return { errcode, errmsg: `${reason}, hint: [stand-in], from ip: 127.0.0.1, ${more}` };
}

/** 20 messages a minute; the 21st blocks the robot for as long as the window it exceeded. */
const perMinute = 20;
const minuteMs = 60_000;

/** The limit of one robot, as of 45009 in the list of error codes. */
export class RobotLimit {
  #sentAt: number[] = [];
  #blockedUntil = 0;

  /** Counts a message; its refusal when there have been too many. `now`: ms. */
  take(now: number): RobotAnswer | undefined {
    this.#sentAt = this.#sentAt.filter((at) => at > now - minuteMs);
    if (now >= this.#blockedUntil && this.#sentAt.length < perMinute) {
      this.#sentAt.push(now);
      return undefined;
    }
    if (now >= this.#blockedUntil) this.#blockedUntil = now + minuteMs;
    return refuse(45009, 'api freq out of limit');
  }
}

export type ParsedBody =
  | { readonly ok: true; readonly body: RobotBody }
  | { readonly ok: false; readonly answer: RobotAnswer };

/** The body as the robot reads it, or its refusal. */
export function parseBody(text: string): ParsedBody {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { ok: false, answer: refuse(47001, 'data format error, not valid json') };
  }
  if (!isRecord(body)) {
    return { ok: false, answer: refuse(40035, 'invalid parameter, expect an object') };
  }
  // The reference of 40033: "the body must not contain \uxxxx escapes".
  if (/(?<!\\)(?:\\\\)*\\u[0-9a-f]{4}/i.test(text)) {
    return { ok: false, answer: refuse(40033, 'invalid charset') };
  }
  return { ok: true, body };
}

/** Holds a message against the limits of its type; `hasMedia` knows this robot's uploads. */
export function judge(body: RobotBody, hasMedia: (id: string) => boolean): RobotAnswer {
  const type = body['msgtype'];
  const part = typeof type === 'string' ? body[type] : undefined;
  const rule = typeof type === 'string' ? rules[type] : undefined;
  if (rule === undefined) return refuse(40008, 'invalid message type');
  if (!isRecord(part)) return refuse(40063, `some parameters are empty: ${String(type)}`);
  return rule(part, hasMedia);
}

/** The text that a person would see first; for the test's eye and the page. */
export function visibleText(body: RobotBody): string {
  const part = body[String(body['msgtype'])];
  if (!isRecord(part)) return '';
  if (typeof part['content'] === 'string') return part['content'];
  const title = isRecord(part['main_title']) ? part['main_title']['title'] : undefined;
  if (typeof title === 'string') return [title, part['sub_title_text']].filter(isText).join('\n');
  if (Array.isArray(part['articles'])) return part['articles'].filter(isRecord).map(articleText).join('\n');
  return isText(part['media_id']) ? part['media_id'] : '';
}

type Rule = (part: RobotBody, hasMedia: (id: string) => boolean) => RobotAnswer;

const rules: Readonly<Record<string, Rule>> = {
  text: (part) => contentRule('text', textBytes, part),
  markdown: (part) => contentRule('markdown', markdownBytes, part),
  markdown_v2: (part) => contentRule('markdown_v2', markdownBytes, part),
  image: imageRule,
  news: newsRule,
  file: mediaRule,
  voice: mediaRule,
  template_card: cardRule,
};

function contentRule(type: string, limit: number, part: RobotBody): RobotAnswer {
  const content = part['content'];
  if (!isText(content)) return refuse(44004, 'empty content');
  if (Buffer.byteLength(content) > limit) {
    return refuse(40058, `${type}.content exceed max length ${limit}. invalid Request Parameter`);
  }
  return ok;
}

function imageRule(part: RobotBody): RobotAnswer {
  if (!isText(part['base64']) || !isText(part['md5'])) return refuse(40063, 'some parameters are empty');
  const bytes = Buffer.from(part['base64'], 'base64');
  if (bytes.length > imageBytes) return refuse(40009, 'invalid image size');
  if (createHash('md5').update(bytes).digest('hex') !== part['md5'])
    return refuse(301019, 'image md5 not match');
  return ok;
}

function newsRule(part: RobotBody): RobotAnswer {
  const articles = part['articles'];
  if (!Array.isArray(articles) || articles.length === 0) return refuse(40063, 'some parameters are empty');
  if (articles.length > articlesMax) return refuse(45008, 'article count out of limit');
  const complete = articles.every((item) => isRecord(item) && isText(item['title']) && isText(item['url']));
  return complete ? ok : refuse(40063, 'some parameters are empty: title or url');
}

function mediaRule(part: RobotBody, hasMedia: (id: string) => boolean): RobotAnswer {
  const id = part['media_id'];
  return isText(id) && hasMedia(id) ? ok : refuse(40007, 'invalid media_id');
}

function cardRule(part: RobotBody): RobotAnswer {
  const type = part['card_type'];
  if (type !== 'text_notice' && type !== 'news_notice')
    return refuse(40058, 'template_card.card_type invalid');
  const action = part['card_action'];
  const titled = isRecord(part['main_title']) && isText(part['main_title']['title']);
  if (!isRecord(action)) return refuse(40063, 'template_card.card_action missing');
  if (!titled && !isText(part['sub_title_text'])) return refuse(40063, 'template_card.main_title missing');
  if (type === 'news_notice' && !isRecord(part['card_image'])) return refuse(40063, 'card_image missing');
  const leads = [action, ...listOf(part['jump_list'])];
  const isLeading = leads.every((one) => one['type'] !== 1 || isText(one['url']));
  if (!isLeading) return refuse(40063, 'template_card url missing');
  const facts = listOf(part['horizontal_content_list']);
  if (!facts.every((fact) => isText(fact['keyname']))) return refuse(40063, 'template_card keyname missing');
  const isOver = facts.length > factsMax || listOf(part['jump_list']).length > jumpsMax;
  return isOver ? refuse(40058, 'template_card has too many lines') : ok;
}

function listOf(list: unknown): readonly RobotBody[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function articleText(article: RobotBody): string {
  return [article['title'], article['description']].filter(isText).join(': ');
}

export function isRecord(value: unknown): value is RobotBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
