import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Command } from 'commander';
import type { CliContext } from '../src/cli/command.ts';
import { createProgram } from '../src/cli/program.ts';
import { wordsIn } from '../src/cli/words.ts';
import type { Language } from '../src/model/settings.ts';
import { openApiDocument } from '../src/server/openapi.ts';

const root = new URL('..', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

/** The last column of the first table: words that nobody is to meet any more. */
function retiredWords(): readonly string[] {
  const [table = ''] = read('docs/glossary.md').split('## Inside the code');
  return table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| word'))
    .flatMap((line) => (line.split('|').at(-2) ?? '').split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** What `--help` says of every command. */
async function help(language: Language): Promise<string> {
  let text = '';
  const quiet = { out: () => undefined, err: () => undefined, interactive: false };
  const terminal = { ...quiet, ...wordsIn(language) };
  const context: CliContext = { terminal, env: {}, cwd: '/', finish: () => undefined };
  const tell = (command: Command): void => {
    command.configureOutput({ writeOut: (written) => void (text += written) });
    command.outputHelp();
    command.commands.forEach(tell);
  };
  tell(await createProgram(context));
  return text;
}

/** RFC 7616 keeps its name. */
const allowed = /HTTP Digest|"digest"|'scheme\.digest'|scheme\.digest/i;

const places: Readonly<Record<string, () => string | Promise<string>>> = {
  'the configuration': () => read('docs/reference/apipatrol.schema.json'),
  'the command line': () => help('en'),
  'the Chinese command line': () => help('zh'),
  'the API': () => JSON.stringify(openApiDocument({ version: '1', language: 'en', base: '' }), undefined, 1),
  'the English page': () => read('web/src/i18n/en.ts'),
  'the Chinese page': () => read('web/src/i18n/zh.ts'),
  'English messages': () => read('src/notify/render/words-en.ts'),
  'Chinese messages': () => read('src/notify/render/words-zh.ts'),
  'the first page of the README': () => read('README.md'),
};

describe.each(Object.keys(places))('%s', (place) => {
  it('has no word that the glossary has retired', async () => {
    const words = retiredWords();
    expect(words.length).toBeGreaterThan(8);
    const retired = new RegExp(`\\b(?:${words.join('|')})(?:s|es)?\\b|演练`, 'i');
    const found = ((await places[place]?.()) ?? '')
      .split('\n')
      .filter((line) => retired.test(line) && !allowed.test(line));
    expect(found).toEqual([]);
  });
});
