import { expect, it } from 'vitest';
import { commandIn, languageOf } from './words.ts';

it.each([
  [[], {}, 'en'],
  [[], { LANG: 'zh_CN.UTF-8' }, 'zh'],
  [[], { LANG: 'zh' }, 'zh'],
  [[], { LANG: 'zha_CN' }, 'en'],
  [[], { LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'en'],
  [[], { LANG: 'en_US', LC_MESSAGES: 'en_US', LC_ALL: 'zh_TW' }, 'zh'],
  [[], { LC_ALL: '', LANG: 'zh_CN' }, 'zh'],
  [[], { LC_ALL: 'C', LANG: 'zh_CN' }, 'en'],
  [['scan', '--language', 'en'], { LANG: 'zh_CN' }, 'en'],
  [['--language=zh', 'scan'], {}, 'zh'],
  [['scan', '--language', 'zh', '--language', 'en'], {}, 'en'],
  [['comment', 'A7F3', '--', '--language', 'zh'], {}, 'en'],
] as const)('%j with %j speaks %s', (args, env, language) => {
  expect(languageOf(args, env)).toBe(language);
});

it.each([
  [['scan', '--json'], 'scan'],
  [['--language', 'zh', 'scan'], 'scan'],
  [['--language=zh', 'scan'], 'scan'],
  [['--version'], '--version'],
  [['--language', 'zh'], undefined],
  [[], undefined],
] as const)('the command of %j is %s', (args, command) => {
  expect(commandIn(args)).toBe(command);
});
