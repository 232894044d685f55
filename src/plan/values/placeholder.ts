import type { Json } from '../../model/json.ts';
import { wordsOf } from '../capture/resource.ts';

/** What stands where only a reader of the document can say what belongs there: no value of ours can be right. */
const readers: readonly RegExp[] = [
  /^[<{[(]*\s*your[a-z]*[\s_.-]+\S/i,
  /^[<{[(]*\s*your(?=[A-Z])/,
  /(?:^|[_-])YOUR[_-]/,
  /\byour[-_ ]?(?:domain|company|host|site|org\w*|name|id|key|token|tenant|account|project|app)\b/i,
  /^[<{[(]*\s*(?:insert|enter|replace|put|paste|fill[\s_-]in)[\s_-]+(?:your|the|an?|with|here|this)\b/i,
  /^[<{[【(]*\s*(?:你的|您的|你自己的|自己的|贵司|请输入|请填写|请替换|请传|填写|填入|替换为?)/,
];

/** What tools and authors write where nobody has given a value. */
const nothings: readonly RegExp[] = [
  /^(?:string|number|integer|boolean|object|array|null|undefined|example|sample|todo|tbd|fixme|n\/?a|placeholder|示例|待定|无|空|略)$/i,
  /^<[^<>]*>$/,
  /^\[[\p{L}_][\p{L}\d _-]*\]$/u,
  /^(?:\$?\{(?!\s*").*\}|.*\{\{.*\}\}.*|:[A-Za-z_]\w*|%[A-Za-z_]\w*%|\$[A-Z_]{2,}|__+\w+__+)$/,
  /^(?:y{2,4}[-/.]?m{1,2}(?:[-/.]?d{1,2})?(?:[ t]?hh.*)?|hh:mm(?::ss)?)$/i,
  /^(?:x{3,}|x{2,}(?:[-_.]x{2,})+|\*{3,}|#{3,}|_{2,}|\.{2,}|\?{2,}|-{2,}|…+|[×＊]+)$/i,
  /(?:x{4,}|\*{3,}|(?:\.{3}|…)$)/i,
];

const longest = 200;

/** Whether only the readers of a document know what belongs in its place: `YOUR_TENANT_ID`, 你的appid. */
export function isForReaders(value: Json | undefined): boolean {
  return typeof value === 'string' && value.length <= longest && matches(readers, value.trim());
}

/** False for what is no value at all or only marks the place of one. */
export function isUsable(value: Json | undefined): value is Json {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'string' || value.length > longest) return true;
  const text = value.trim();
  return text !== '' && !matches(nothings, text) && !matches(readers, text);
}

function matches(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

/** Zero and the largest of their types, as tools write them for every number: no record is called so. */
const borders: ReadonlySet<string> = new Set([
  '0',
  String(2 ** 31 - 1),
  String(Number.MAX_SAFE_INTEGER),
  '9223372036854775807',
  String(2 ** 63),
]);

/** An example that is only the parameter's own name, or no id of anything. */
export function isUsableFor(name: string, value: Json | undefined, isId: boolean): value is Json {
  if (!isUsable(value)) return false;
  if (isId && (typeof value === 'number' || typeof value === 'string') && borders.has(String(value)))
    return false;
  return typeof value !== 'string' || wordsOf(value).join(' ') !== wordsOf(name).join(' ');
}
