import { undecorated } from './labels.ts';

const address = '(https?:\\/\\/[\\w.:-]+(?:\\/[\\w{}-]+)*\\/?|\\/[\\w{}-]+(?:[./][\\w{}-]+)*\\/?)';
const common = '(?:统一|公共|共同|全局|的|这个|路径|路由|url|uri)*';
const nouns =
  '(?:(?:公共|共同)?前缀|根路径|根地址|基础路径|基础地址|基路径|上下文(?:路径)?|(?:(?:base|root|common|global|context)[ -]?(?:path|prefix|uri|url|route)|prefix)(?: (?:of|for) (?:all |the |every |our |api |rest |http )*(?:apis?|endpoints|routes|requests|urls|paths|interfaces))?)';
/** "All interfaces begin with /api": what stands in front of the address, the address, what closes the statement. */
const statements = [
  `(?:以|用|由)\\s*${address}\\s*(?:(?:为|作为|做|当)${common}(?:前缀|开头|根路径)|开头|开始|起始|打头)`,
  `(?:加|加上|添加|增加|带|带有|带上|拼接|拼上|使用|采用|有|包含)\\s*${common}(?:前缀\\s*[:：]?\\s*${address}|${address}\\s*(?:作为)?${common}前缀)`,
  `${nouns}\\s*(?:统一|均|都|默认)*\\s*(?:为|是|\\bis\\b|[=＝:：→]|->)\\s*${address}`,
  `${nouns}\\s*${address}(?=\\s*(?:$|[，。；,;.!！）)]))`,
  `\\b(?:are|is|be)\\s+(?:all\\s+)?(?:prefixed\\s+(?:with|by)|relative\\s+to|(?:(?:served|exposed|mounted|nested)\\s+)?(?:under|below))\\s+(?:the\\s+)?(?:(?:base path|path|prefix)\\s+)?${address}`,
  `\\b(?:(?:start|begin)s?\\s+with|lives?\\s+under|(?:share|have|has|use)s?\\s+(?:the|a)\\s+(?:common\\s+|same\\s+)?(?:path\\s+|url\\s+)?(?:prefix|base path)(?:\\s+of)?)\\s+${address}`,
].map((source) => new RegExp(`${source}(?!\\s*(?:的|[、或和与]|(?:that|which|or|and)\\b)|[\\w/{])`, 'i'));

/** Of whom it is said, when that is of all: what is left over names some of them. */
const ofAll =
  /所有|全部|本文档?|以下|下列|下述|下面|本(?:服务|系统|项目|模块|节|章|组)|该模块|每个|各个?|后端|模块|中|里|内|接口|请求|路径|路由|地址|访问|均需?要?|都需?要?|统一|一律|全局|皆|需要?|必须|应该?|默认|请|注意|前|的|会|(?<![a-z])(?:all|every|each|any|the|of|our|these|this|following|below|apis?|rest(?:ful)?|http|endpoints?|urls?|uris?|paths?|routes?|requests?|resources?|calls?|interfaces?|operations?|services?|document|here|in|listed|described|must|should|will|to|note that|please|by|default|always|also)(?![a-z])/gi;

/** Beyond this a text is no statement about paths. */
const maxChars = 1000;

const list = `${address}(?:\\s*(?:[、,，和与及]|and|or)\\s*${address})*`;
/** `除 /health 外`, `except /health`. */
const exception = new RegExp(`除(?:了|去)?\\s*${list}\\s*(?:之|以)?外|\\bexcept(?:\\s+for)?\\s+${list}`, 'i');

export interface SaidBase {
  readonly base: string;
  /** Paths that are said to have none. */
  readonly except: readonly string[];
}

/**
 * The base path, or URL, that a sentence says all addresses begin with: `所有接口均以 /api 为前缀`, `All endpoints are
 * prefixed with /api/v1`. What is said of some of them holds only below a heading that names those.
 */
export function baseSaidIn(text: string, heading: string): SaidBase | undefined {
  const written = text.slice(0, maxChars).replace(/[`"“”'‘’「」『』*]/g, '');
  const except = exception.exec(written)?.[0] ?? '';
  const plain = written.replace(except, '');
  for (const statement of statements) {
    const match = statement.exec(plain);
    const base = match?.slice(1).find((one) => one !== undefined);
    if (match === null || base === undefined) continue;
    const clause =
      plain
        .slice(0, match.index)
        .split(/[，。；：,;:!！?？>（(]|\.\s/)
        .at(-1) ?? '';
    const some = undecorated(clause).replace(ofAll, '').trim();
    if (some === '' || heading.toLowerCase().includes(some.toLowerCase()))
      return { base, except: [...except.matchAll(new RegExp(address, 'g'))].map(([path]) => path) };
  }
  return undefined;
}
