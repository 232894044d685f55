import { judge, type Described } from './safety.ts';

/** The lines of a table. */
export const rows = (text: string): readonly string[] => text.trim().split('\n');

/** What a GET does that stands alone in its document. */
export function answerOf(operation: Described): string {
  return judge(operation, { hasWrites: false, isRpc: false, nouns: new Set() }).answer;
}

/** The same of a line: path, operationId, title and description, of which all but the first may be empty or absent. */
export function answerTo(row: string): string {
  const [path = '', operationId = '', summary = '', description = ''] = row.split('|');
  return answerOf({
    path,
    tags: [],
    ...(operationId !== '' && { operationId }),
    ...(summary !== '' && { summary }),
    ...(description !== '' && { description: description.replaceAll('\\n', '\n') }),
  });
}
