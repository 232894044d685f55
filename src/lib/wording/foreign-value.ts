import { normalForm } from '../text/normal-form.ts';
import { formsOf } from './encoded.ts';
import { wordsIn } from './words.ts';

/** What a value names that is no value of an API: a file of the machine, what is run there, somebody who would be written to. */
export type Foreign = 'file' | 'statement' | 'recipient';

/** Above the folder that is meant in any writing, and where machines keep their own. */
const files: readonly RegExp[] = [
  /(?:^|[\\/])\.{2,}(?:;[^\\/]{0,40})?[\\/]/,
  /^\/(?:etc|proc|root|sys|dev|boot|var\/(?:log|run|lib|www|spool|tmp|mail))(?:\/|$)/i,
  /^\/home\/[^/]+\/\./i,
  /^[a-z]:\\+\w/i,
  /^[a-z]:\/(?:windows|users|winnt|program files|programdata|inetpub)\b/i,
  /^~[\w.-]{0,32}\//,
];

const command = String.raw`(?:id|ls|cat|whoami|uname|sh|bash|curl|wget|nc|ping|rm|sleep|env|pwd|dir|ifconfig|nslookup)\b`;
const statements: readonly RegExp[] = [
  /\bunion\s+(?:all\s+|distinct\s+)?select\b/i,
  /;\s*(?:shutdown|drop|truncate|alter|exec|declare|kill)\b/i,
  /\b(?:pg_sleep|sleep|benchmark|load_file|pg_read_file|extractvalue|updatexml|xp_cmdshell|randomblob)\s*\(\s*['"\d]/i,
  /\bwaitfor\s+delay\b|\bxp_cmdshell\b|\binto\s+(?:out|dump)file\b|\b(?:dbms|utl)_\w+\.\w+\s*\(/i,
  /['"]\s*(?:or|and)\s+['"\d]|\b(?:or|and)\s+(\d)\s*=\s*\1\b/i,
  /\$\([^)]+\)|^[^`]{0,20}`[\w./ -]{1,80}`$/,
  new RegExp(String.raw`^\s*[|;&]{1,2}\s*${command}`, 'i'),
  new RegExp(String.raw`(?:[|;]|&&)\s*${command}\s+[-/~\w.]`, 'i'),
  /[#*@~]\{[^{}]+\}|<%[=@]?[^%]*%>/,
  /\bT\(\s*[a-z]\w*(?:\.\w+)+\s*\)|@[a-z]\w*(?:\.\w+)+@\w/,
  /\b(?:java\.lang\.|javax\.script\.|getRuntime\s*\(|ProcessBuilder\b|__import__\s*\(|os\.(?:system|popen)\s*\()/,
];

const mailbox = /^[^\s@:/]{1,64}@(?:[\w-]{1,63}\.){1,9}[a-z]{2,24}$/i;
const telephone = /^\+?\d[\d -]{5,18}\d$/;
/** Who is written to when something has happened, or at once. */
const receives = /^(?:notify|notification|notifications|notifier|sms|recipient|recipients|cc|bcc)$/;
const sends = /^(?:notify|send|mail|email|sms|text|message|forward|deliver|push)$/;

/** Of a value that nobody has chosen for this service. */
export function foreignIn(name: string, value: string): Foreign | undefined {
  return [...new Set([value, normalForm(value)].flatMap(formsOf))]
    .map((form) => kindOf(name, form.trim()))
    .find((kind) => kind !== undefined);
}

function kindOf(name: string, value: string): Foreign | undefined {
  if (files.some((one) => one.test(value))) return 'file';
  if (statements.some((one) => one.test(value))) return 'statement';
  if (/^(?:mailto|tel|sms|smsto|callto|sip):\S/i.test(value)) return 'recipient';
  const isAddress = mailbox.test(value) || telephone.test(value);
  return isAddress && isReceiver(wordsIn(name)) ? 'recipient' : undefined;
}

function isReceiver(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return receives.test(last) || (last === 'to' && sends.test(words.at(-2) ?? ''));
}
