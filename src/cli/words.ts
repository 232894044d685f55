import { inLanguage } from '../messages/in-language.ts';
import { type GivenOf, sentence, type SentenceCode } from '../messages/sentence.ts';
import type { Sentence } from '../model/sentence.ts';
import type { Language } from '../model/settings.ts';

/** The language of whoever reads, and what is said in it. */
export interface Words {
  readonly language: Language;
  /** One of the catalogue. */
  readonly say: Say;
  /** What has been found, said by others, or kept. */
  readonly inWords: (told: Sentence) => string;
}

export type Say = <Code extends SentenceCode>(code: Code, ...given: GivenOf<Code>) => string;

export function wordsIn(language: Language): Words {
  const inWords = (told: Sentence): string => inLanguage(told, language);
  return { language, inWords, say: (code, ...given) => inWords(sentence(code, ...given)) };
}

export const languages = ['en', 'zh'] as const satisfies readonly Language[];

const option = '--language';

/**
 * The language of a command line: as `--language` says, or else as the environment does (POSIX: `LC_ALL` goes before
 * `LC_MESSAGES`, and that before `LANG`). One that there is not is left to whoever reads the options.
 */
export function languageOf(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const asked = askedLanguage(args);
  if (asked !== undefined) return asked === 'zh' ? 'zh' : 'en';
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (one) => one !== undefined && one !== '',
  );
  return locale !== undefined && /^zh(?![a-z])/i.test(locale) ? 'zh' : 'en';
}

/** The last one counts, as it does for the options. */
function askedLanguage(args: readonly string[]): string | undefined {
  const own = beforeOperands(args);
  return own
    .flatMap((arg, index) => {
      if (arg === option) return own[index + 1] ?? [];
      return arg.startsWith(`${option}=`) ? arg.slice(option.length + 1) : [];
    })
    .at(-1);
}

/** The command that is asked for: the first word that says nothing of the language. */
export function commandIn(args: readonly string[]): string | undefined {
  const at = beforeOperands(args).findIndex(
    (arg, index) => arg !== option && args[index - 1] !== option && !arg.startsWith(`${option}=`),
  );
  return at === -1 ? undefined : args[at];
}

function beforeOperands(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end === -1 ? args : args.slice(0, end);
}
