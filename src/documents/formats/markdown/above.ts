import type { Block } from './blocks/block.ts';
import { labelOf } from './sections/labels.ts';
import { headingLabel, titleIn } from './sections/titles.ts';

/** What stands above a block and belongs to it. */
export interface Above {
  readonly title: string | undefined;
  /** The lines between it and what comes before, whatever they say: "注意：会清空数据". */
  readonly description: string | undefined;
}

export interface Titled extends Above {
  readonly block: Block;
}

/** Of a line that is a title; longer ones are sentences. */
export const maxTitleChars = 30;
/** Lines above a command that are about it. */
const mostLines = 8;

/** Blocks with the heading that they stand under, or the line above each of several commands below one. */
export function titled(blocks: readonly Block[]): readonly Titled[] {
  const isOneOf = codeUnderOneHeading(blocks);
  let title: string | undefined;
  let lines: string[] = [];
  return blocks.map((block, index) => {
    if (block.kind === 'heading' && headingLabel(block.text) === undefined)
      title = titleIn(block.text, undefined);
    const above = block.kind === 'code' ? lines.slice(-mostLines) : [];
    if (block.kind === 'text') lines.push(block.text);
    else lines = [];
    const isOwn = block.kind === 'code' && (isOneOf(index) || title === undefined);
    const own = isOwn ? above.map(lineTitle).findLast((found) => found !== undefined) : undefined;
    return { block, title: own ?? title, description: descriptionOf(above, own) };
  });
}

/** Whether a heading has several blocks of code below it, so that it is the title of none. */
function codeUnderOneHeading(blocks: readonly Block[]): (index: number) => boolean {
  const counts = new Map<number, number>();
  let section = 0;
  const sections = blocks.map(({ kind }) => {
    if (kind === 'heading') section += 1;
    if (kind === 'code') counts.set(section, (counts.get(section) ?? 0) + 1);
    return section;
  });
  return (index) => (counts.get(sections[index] ?? 0) ?? 0) > 1;
}

const introduces =
  /^(?:例如|比如|如下|示例|样例|使用|运行|执行|调用|通过|先|再|或者?|然后|结果|返回|不?带|run|use|then|or|first|next|for example|example|like|with|without)/i;
/** "注意：会清空数据": said of what is called, and no name of it. */
const warns =
  /^(?:注意|注|警告|提示|说明|备注|提醒|危险|谨慎|慎用|重要|note|notice|warning|caution|danger|important|attention|tip|hint|beware|nb)(?:事项)?(?:\s*[:：!！,，]|$)/i;

/** `列出设备`, `删除用户，谨慎使用`, `删除用户。`: a short line of its own, and no label, introduction or warning. */
function lineTitle(text: string): string | undefined {
  if (labelOf(text) !== undefined) return undefined;
  const line = text.trim().replace(/[:：。.；;！!]+$/, '');
  const words = titleIn(line, undefined);
  const isShort = words.length > 1 && words.length <= maxTitleChars && !/[\n`|]|\/\w/.test(line);
  return isShort && !introduces.test(words) && !warns.test(words) ? words : undefined;
}

function descriptionOf(above: readonly string[], title: string | undefined): string | undefined {
  const said = above
    .filter((text) => labelOf(text)?.value !== '')
    .map((text) => text.trim().replace(/^[\s>*•-]+/, ''))
    .map((text) => text.replace(new RegExp(`${warns.source}\\s*`, 'i'), ''))
    .filter((text) => text !== '' && titleIn(text.replace(/[:：。.；;！!]+$/, ''), undefined) !== title);
  return said.length === 0 ? undefined : said.join('\n');
}
