import type { OwnSentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { readFileSync } from 'node:fs';
import { messageOf } from '../../lib/errors.ts';
import { lockHolder } from './file/lock-holder.ts';
import { StoreError, type StoreFailure } from '../store.ts';

interface Advice {
  readonly code: StoreFailure;
  readonly what: OwnSentence;
  readonly hint: OwnSentence;
  readonly retry: boolean;
}

const full: Advice = {
  code: 'full',
  what: sentence('diskFull'),
  hint: sentence('freeSpace'),
  retry: true,
};
const busy: Advice = {
  code: 'busy',
  what: sentence('lockedByOther'),
  hint: sentence('closeOtherWriter'),
  retry: true,
};
const corrupt: Advice = {
  code: 'corrupt',
  what: sentence('isDamaged'),
  hint: sentence('putBackupInPlace'),
  retry: false,
};
const readonly: Advice = {
  code: 'readonly',
  what: sentence('mayNotBeWritten'),
  hint: sentence('giveWritePermission'),
  retry: false,
};
const io: Advice = {
  code: 'io',
  what: sentence('fileUnusable'),
  hint: sentence('checkFolder'),
  retry: true,
};

const limited = (bytes: number): Advice => ({
  ...io,
  what: sentence('fileSizeLimited', { n: bytes }),
  hint: sentence('raiseFileLimit'),
});

/** SQLite's primary result codes with their fixed texts (sqlite.org/rescode.html). */
const known: readonly { readonly code: number; readonly text: string; readonly advice: Advice }[] = [
  { code: 5, text: 'database is locked', advice: busy },
  { code: 6, text: 'database table is locked', advice: busy },
  { code: 8, text: 'attempt to write a readonly database', advice: readonly },
  { code: 10, text: 'disk I/O error', advice: io },
  { code: 11, text: 'database disk image is malformed', advice: corrupt },
  { code: 13, text: 'database or disk is full', advice: full },
  { code: 14, text: 'unable to open database file', advice: io },
  { code: 26, text: 'file is not a database', advice: corrupt },
];

const internal: Advice = {
  code: 'internal',
  what: sentence('statementFailed'),
  hint: sentence('reportStoreMistake'),
  retry: false,
};

/** Anything thrown while the database at `path` was used, as a `StoreError`. */
export function toStoreError(thrown: unknown, path: string): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const advice = adviceFor(thrown);
  return new StoreError({
    code: advice.code,
    said: sentence('ofDatabase', {
      path,
      what: sentence('because', { what: whatOf(advice, path), why: messageOf(thrown) }),
    }),
    hint: advice.hint,
    retry: advice.retry,
    cause: thrown,
  });
}

/** By name, where it can be told: then there is something to be done. */
function whatOf({ code, what }: Advice, path: string): OwnSentence {
  const who = code === 'busy' ? lockHolder(['', '-wal', '-shm'].map((name) => `${path}${name}`)) : undefined;
  return who === undefined ? what : sentence('lockedByProcess', { who });
}

function adviceFor(thrown: unknown): Advice {
  if (!(thrown instanceof Error)) return internal;
  if ('syscall' in thrown) return ofSystem('code' in thrown ? thrown.code : undefined);
  // `all()` of the driver reports the text without the number.
  const code = 'errcode' in thrown && typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : undefined;
  const match = known.find(
    (entry) => entry.code === code || (code === undefined && entry.text === thrown.message),
  );
  const bytes = match?.advice === io ? fileSizeLimit() : undefined;
  return bytes === undefined ? (match?.advice ?? internal) : limited(bytes);
}

/** By the system's name of the error (errno(3)). */
function ofSystem(code: unknown): Advice {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return full;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return readonly;
    default:
      return io;
  }
}

/** Bytes, as Linux shows it: SQLite says of a write that went beyond it only that it failed. */
function fileSizeLimit(): number | undefined {
  try {
    const [, bytes] = /^Max file size +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return bytes === undefined ? undefined : Number(bytes);
  } catch {
    // Elsewhere nothing shows it.
    return undefined;
  }
}
