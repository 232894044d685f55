import { saidBy } from './said-error.ts';
import type { Sentence } from '../model/sentence.ts';
import { syntaxSentences } from './catalogue/syntax.ts';
import { recogniser } from './recognised.ts';
import { sentence } from './sentence.ts';

const recognised = recogniser(syntaxSentences);

/**
 * What the YAML parser says about a text, without the piece of the text that it quotes: that may be a password. Where it stands is
 * told by line and column.
 *
 * @param message Of a `YAMLError`, not made pretty.
 */
export function yamlComplaint(message: string): Sentence {
  return recognised(
    message.replace(/: .*$/s, '').replace(/^(Unexpected) \S.{3,} (in [\w-]+)$/s, '$1 text $2'),
  );
}

/** What `JSON.parse` says, without the piece of the text that it quotes and without the place, which is told beside it. */
export function jsonComplaint({ message }: SyntaxError): Sentence {
  return recognised(
    message
      .replace(/ at position \d+.*$/s, '')
      .replace(/ in JSON$/, '')
      .replace(/^(Unexpected token .{1,4}), .*$/s, '$1'),
  );
}

/** What is to be done about a file that cannot be read: permissions before what is `usual`. */
export function fileHint(error: unknown, usual?: Sentence): Sentence | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EACCES' || code === 'EPERM' ? sentence('letUserRead') : usual;
}

/** Why a file cannot be read. */
export function fileComplaint(error: unknown): Sentence {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return sentence('doesNotExist');
    case 'EACCES':
    case 'EPERM':
      return sentence('fileForbidden');
    case 'EISDIR':
      return sentence('isFolder');
    case 'ENOTDIR':
      return sentence('notInFolder');
    case 'ELOOP':
      return sentence('tooManyLinks');
    case 'ENAMETOOLONG':
      return sentence('fileNameTooLong');
    case 'EMFILE':
    case 'ENFILE':
      return sentence('noFreeHandles');
    default:
      return saidBy(error);
  }
}
