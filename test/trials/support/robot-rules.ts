import { createHash } from 'node:crypto';

export interface RobotAnswer {
  readonly errcode: number;
  readonly errmsg: string;
}

type Part = Readonly<Record<string, unknown>>;
/** `undefined`: it is taken. `media`: ids of what was uploaded for this robot. */
type Rule = (part: Part, media: ReadonlySet<string>) => RobotAnswer | undefined;

export const ok: RobotAnswer = { errcode: 0, errmsg: 'ok' };

/** Every type of message that the reference of the group robot knows, with its limits in bytes. */
const rules: Readonly<Record<string, Rule>> = {
  text: content(2048),
  markdown: content(4096),
  markdown_v2: content(4096),
  image({ base64, md5 }) {
    if (!isText(base64) || !isText(md5)) return missing;
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length > 2 * 1024 * 1024) return { errcode: 40009, errmsg: 'invalid image size' };
    const isWhole = createHash('md5').update(bytes).digest('hex') === md5;
    return isWhole ? undefined : { errcode: 301019, errmsg: 'image md5 not match' };
  },
  file: uploaded,
  voice: uploaded,
  news({ articles }) {
    const all = listOf(articles);
    if (all.length > 8) return { errcode: 45008, errmsg: 'article count out of limit' };
    const isWhole = all.length > 0 && all.every(({ title, url }) => isText(title) && isText(url));
    return isWhole ? undefined : missing;
  },
  template_card({ card_type: type, card_action: action, main_title: main, sub_title_text: sub, ...card }) {
    if (type !== 'text_notice' && type !== 'news_notice') return wrong('template_card.card_type');
    const facts = listOf(card['horizontal_content_list']);
    const jumps = listOf(card['jump_list']);
    if (facts.length > 6 || jumps.length > 3) return wrong('template_card');
    const leads = [...listOf([action]), ...jumps];
    const isLeading = leads.length > jumps.length && leads.every(({ url }) => isText(url));
    const isTitled = isText(sub) || listOf([main]).some(({ title }) => isText(title));
    const isNamed = facts.every(({ keyname }) => isText(keyname));
    return isLeading && isTitled && isNamed ? undefined : missing;
  },
};

const missing: RobotAnswer = { errcode: 40063, errmsg: 'some parameters are empty' };
const wrong = (what: string): RobotAnswer => ({
  errcode: 40058,
  errmsg: `${what} invalid Request Parameter`,
});

/** Holds a message against the rules of its type. */
export function judge(body: Part, media: ReadonlySet<string>): RobotAnswer {
  const type = String(body['msgtype']);
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  if (rule === undefined) return { errcode: 40008, errmsg: 'invalid message type' };
  const [part] = listOf([body[type]]);
  return part === undefined ? missing : (rule(part, media) ?? ok);
}

/** What a person reads of it; a picture or a file has no text. */
export function readingOf(body: Part): string | undefined {
  const [part = {}] = listOf([body[String(body['msgtype'])]]);
  if (isText(part['content'])) return part['content'];
  const titled = listOf([part['main_title']]).map(({ title }) => title);
  const lines = [...titled, part['sub_title_text'], ...listOf(part['articles']).map(({ title }) => title)];
  const texts = lines.filter(isText);
  return texts.length === 0 ? undefined : texts.join('\n');
}

function content(bytes: number): Rule {
  return ({ content: text }) => {
    if (!isText(text)) return { errcode: 44004, errmsg: 'empty content' };
    return Buffer.byteLength(text) > bytes ? wrong(`content exceed max length ${bytes}`) : undefined;
  };
}

function uploaded({ media_id: id }: Part, media: ReadonlySet<string>): RobotAnswer | undefined {
  return isText(id) && media.has(id) ? undefined : { errcode: 40007, errmsg: 'invalid media_id' };
}

function listOf(values: unknown): readonly Part[] {
  const isPart = (one: unknown): one is Part => typeof one === 'object' && one !== null;
  return Array.isArray(values) ? values.filter(isPart) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
