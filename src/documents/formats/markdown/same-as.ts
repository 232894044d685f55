import type { Parameter } from '../../../model/document.ts';
import type { Block } from './blocks/block.ts';
import type { ReadSection } from './operation.ts';
import type { Section } from './sections/section.ts';

export interface Named {
  readonly section: Section;
  readonly read: ReadSection;
}

/** "参数同上", "请求参数同新增地址": where to look for what the section does not say; `''` is the one before. */
const asElsewhere =
  /^[\s`*>-]*(?:(?:请求|入|传入|输入|查询|其[余他它]|body)?(?:参数|请求体|入参)(?:列表|说明)?|其[余他它]|(?:request )?param(?:eter)?s)[`*]*\s*[:：]?\s*(?:均|都)?(?:同|与|参考|参见|见|same as)\s*[“"「《`]?([^，。,;；|]{1,30}?)[”"」》`]?(?:接口)?(?:一致|相同|一样)?\s*(?:[（(，。,;；].*)?$/i;
const theOneBefore = /^(?:上|上[面文述一].{0,4}|above|before|the above)$/i;

/** Parameters that a section leaves to another one by its words are those of that one. */
export function withSameParameters(all: readonly Named[], blocks: readonly Block[]): Named[] {
  const done: Named[] = [];
  for (const [index, { section, read }] of all.entries()) {
    const name = section.overview ? undefined : nameIn(blocks.slice(section.from, section.to));
    const other = name === undefined ? undefined : sectionOf(name, all, index);
    const from = other === undefined ? undefined : (done[other] ?? all[other]);
    done.push(from === undefined ? { section, read } : { section, read: withParametersOf(read, from.read) });
  }
  return done;
}

function nameIn(blocks: readonly Block[]): string | undefined {
  for (const block of blocks) {
    const found = block.kind === 'text' ? asElsewhere.exec(block.text)?.[1]?.trim() : undefined;
    if (found !== undefined) return theOneBefore.test(found) ? '' : found;
  }
  return undefined;
}

/** The section of that name or path: the nearest one before, else the first one behind. */
function sectionOf(name: string, all: readonly Named[], own: number): number | undefined {
  if (name === '') return own === 0 ? undefined : own - 1;
  const bare = name.replace(/^(?:GET|POST|PUT|DELETE|PATCH)\s+/i, '').toLowerCase();
  const fits = ({ section }: Named, index: number): boolean => {
    if (index === own) return false;
    const title = section.title.toLowerCase();
    return title.includes(bare) || section.url.toLowerCase().replace(/\/+$/, '').endsWith(bare);
  };
  const before = all.slice(0, own).findLastIndex(fits);
  const at = before >= 0 ? before : all.findIndex(fits);
  return at < 0 ? undefined : at;
}

/** What is said here wins; values of the other one's path are its own. */
function withParametersOf(read: ReadSection, { operation: from }: ReadSection): ReadSection {
  const { operation } = read;
  const known = new Set(operation.parameters.map(({ name }) => name));
  const bodiless = /^(?:GET|HEAD|DELETE)$/.test(operation.method);
  const added = from.parameters.filter((one) => one.in !== 'path' && !known.has(one.name));
  const described = from.parameters.filter((one) => one.in === 'path');
  const parameters = operation.parameters.map((one) => betterOf(one, described));
  const body = operation.body ?? (bodiless ? undefined : from.body);
  return {
    ...read,
    operation: {
      ...operation,
      parameters: [...parameters, ...added],
      body,
    },
  };
}

function betterOf(own: Parameter, others: readonly Parameter[]): Parameter {
  const other = others.find((one) => one.name === own.name && one.in === own.in);
  return other !== undefined && own.in === 'path' && own.examples.length === 0 ? other : own;
}
