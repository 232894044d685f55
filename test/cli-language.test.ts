import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';
import type { CliContext } from '../src/cli/command.ts';
import { createProgram } from '../src/cli/program.ts';
import { wordsIn } from '../src/cli/words.ts';
import { englishIn } from './support/english.ts';

const quiet = { out: () => undefined, err: () => undefined, interactive: false };
const context: CliContext = {
  terminal: { ...quiet, ...wordsIn('zh') },
  env: {},
  cwd: '/',
  finish: () => undefined,
};

/** Every command and those below it, by its name. */
function commandsOf(
  command: Command,
  names: readonly string[] = [],
): readonly (readonly [string, Command])[] {
  const below = command.commands.flatMap((one) => commandsOf(one, [...names, one.name()]));
  return [[names.join(' '), command], ...below];
}

const commands = commandsOf(await createProgram(context));

/** As it is shown, with what stands below the options. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (written) => void (text += written) });
  command.outputHelp();
  return text;
}

it.each(commands)('the help of "%s" is in Chinese', (_, command) => {
  const help = helpOf(command);
  expect(help).toMatch(/^用法：/);
  expect(englishIn(help)).toEqual([]);
});

it('knows all commands', () => {
  expect(commands.length).toBeGreaterThan(30);
});

it('breaks Chinese lines before they are too wide, and not before a comma', () => {
  const check = commands.find(([name]) => name === 'check')?.[1];
  const lines = check === undefined ? [] : helpOf(check).split('\n');
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => /^\s+[，。、；：）]/.test(line))).toEqual([]);
});

const comment = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm;
const regularExpression = /(?<=[(=,:[!&|?]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/g;
const literal = /(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g;
const threeWords = /(?<![\w-])[a-z]+,? [a-z]+,? [a-z]+(?![\w-])/i;

/** What is said elsewhere, in another language, or to a program. */
const spared = [
  /^<!doctype html>/,
  /^apipatrol /,
  // Of the log, which is English.
  /^stopping: checks in flight may end/,
  /^the page is ready$/,
  /^systemd cannot be told how this patrol is$/,
  // As the patrol that runs says it: an English text as yet.
  /^no cycle has closed since then$/,
];

it('says nothing outside of the catalogue', () => {
  const root = path.resolve(import.meta.dirname, '../src/cli');
  const files = globSync(['**/*.ts', '!**/*.test.ts'], { cwd: root });
  expect(files.length).toBeGreaterThan(40);
  const sentences = files.flatMap((file) => {
    const code = readFileSync(path.join(root, file), 'utf8')
      .replace(comment, '')
      .replace(regularExpression, '');
    return [...code.matchAll(literal)]
      .map(([, , words = '']) => words.replace(/\$\{[^}]*\}/g, '…'))
      .filter((words) => threeWords.test(words) && !spared.some((form) => form.test(words)))
      .map((words) => `${file}: ${words}`);
  });
  expect(sentences).toEqual([]);
});
