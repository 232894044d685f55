import { normalForm } from '../text/normal-form.ts';
import { senseOfChinese } from './chinese.ts';
import { formsOf } from './encoded.ts';
import { senseOfWords } from './english.ts';
import { verbClasses } from './english-words.ts';
import { isBeyondJudging, isHarm, nothing, type Sense, sense, strongest } from './sense.ts';
import { wordsIn } from './words.ts';

/** What a single value says, whatever bears it, and what is sure of what was said. */

const mostWords = 3;
/** Characters of a value that nobody reads whole. */
const shown = 20;

/**
 * What a value says as an order: alone (`DeLeTe`), with its object (`deleteUser`, `delete-all`, 批量删除), behind what it is done
 * to (`user.delete`, `1:delete`, `users/1/deleteAll`) or before it (`delete 1`), also in base64 or hex.
 */
export function senseOfValue(text: string): Sense {
  if (isBeyondJudging(text)) return sense('change', text.slice(0, shown));
  return strongest(formsOf(text).map(senseOfPlainValue));
}

/** As `senseOfValue`, of what it is as it is written. */
export function senseOfPlainValue(text: string): Sense {
  const value = normalForm(text).trim();
  // A sentence names what it is about: "how to delete a file".
  if (value.split(/\s+/).length > mostWords) return senseOfPiece(value);
  const pieces = value.split(/[\s/:;,|?&=#!~"'()]+|\.(?=\p{L})/u).filter((piece) => /\p{L}/u.test(piece));
  const all = pieces.length > 1 && !/\s/.test(value) ? [...pieces, value] : pieces;
  return strongest(all.map(senseOfPiece));
}

export function senseOfPiece(piece: string): Sense {
  const chinese = senseOfChinese(piece);
  if (chinese !== undefined) return chinese;
  return senseOfWords(wordsIn(inPlainCase(piece)));
}

/** In small letters when only these make an order of it, as servers are asked that do not heed capitals. */
export function inPlainCase(piece: string): string {
  const small = piece.toLowerCase();
  const isHidden =
    mixed.test(piece) && !isHarm(senseOfWords(wordsIn(piece))) && isHarm(senseOfWords(wordsIn(small)));
  return isHidden ? small : piece;
}

/** `DeLeTe`: capitals where no word begins. */
const mixed = /\p{Lu}\p{Ll}?\p{Lu}\p{Ll}?\p{Lu}|\p{Ll}\p{Lu}\p{Ll}?\p{Lu}/u;

/** Of what is about sessions, only their ends. */
export function isChange(said: Sense): boolean {
  return isHarm(said) && (said.says === 'change' || /^(?:logout|signout)$|注销|登出|退出/.test(said.word));
}

/** Names of services hold other verbs. */
export function removes(word: string): boolean {
  return (
    verbClasses[0]?.verbs.has(word) === true ||
    /^(?:shutdown|reboot|terminate|revoke|logout|signout)$/.test(word)
  );
}

/** What costs a server much or runs what it is given, whoever asks: a dump of its memory, half a minute of profile, a shell. */
const costly =
  /(?:^|\/)(?:wp-)?cron\.php$|(?:^|\/)(?:heap-?dump|shell|web-?shell|eval|exec|jolokia)(?:\.\w+)?\/?$|(?:^|\/)pprof\/(?:profile|trace)\/?$|(?:^|\/)(?:heap-?dump|jolokia\/(?:exec|write))(?:\/|$)/i;

/** What a path asks for that is never called, whatever is said about it. */
export function senseOfCostly(path: string): Sense {
  const found = costly.exec(path)?.[0].replaceAll('/', ' ').trim();
  return found === undefined ? nothing : sense('change', found);
}
