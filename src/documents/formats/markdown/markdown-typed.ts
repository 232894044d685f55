import type { FieldRow } from './markdown-tables.ts';

const maxLines = 1000;
const member = /^(["']?)([\w.$@-]{1,80})\1(\?)?\s*:\s*([^/]*?)\s*[;,]?\s*(?:\/\/\s*(.*))?$/;

/**
 * The members of a type written as TypeScript (`page?: integer // default: 1`), those of nested objects by their path:
 * how some documents give parameters and bodies in place of a table. None for code that is no type.
 */
export function typedRows(language: string, code: string): FieldRow[] {
  if (
    !/^(?:ts|typescript)$/.test(language) ||
    /^\s*(?:import|export|const|let|function|class|await)\b/m.test(code)
  )
    return [];
  const rows: FieldRow[] = [];
  const inside: string[] = [];
  let remark = '';
  for (const line of code.split('\n').slice(0, maxLines)) {
    const text = line.trim();
    const found = member.exec(text);
    if (text.startsWith('//')) remark = text.slice(2).trim();
    else if (text.startsWith('}')) {
      const list = text.startsWith('}[]');
      const name = inside.pop();
      const index = rows.findIndex((row) => row.name === [...inside, name].join('.'));
      const row = rows[index];
      if (list && row !== undefined) rows[index] = { ...row, type: 'array' };
    } else if (found !== null) {
      const [, , name = '', optional, type = '', comment = ''] = found;
      const opens = type.endsWith('{');
      rows.push({
        name: [...inside, name].join('.'),
        type: opens ? 'object' : type.replace(/^enum\[.*$/, 'string'),
        required: optional === undefined,
        place: '',
        parent: '',
        default: /^default:\s*(.+)$/.exec(comment)?.[1] ?? '',
        example: '',
        description: remark,
      });
      if (opens) inside.push(name);
      remark = '';
    }
  }
  return rows;
}
