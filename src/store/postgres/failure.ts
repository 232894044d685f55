import type { OwnSentence } from '../../model/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import { sentence } from '../../messages/sentence.ts';
import { StoreError, type StoreFailure } from '../store.ts';

interface Advice {
  readonly code: StoreFailure;
  readonly what: OwnSentence;
  readonly hint: OwnSentence;
  readonly retry: boolean;
}

const unreachable: Advice = {
  code: 'busy',
  what: sentence('databaseUnreachable'),
  hint: sentence('startDatabaseServer'),
  retry: true,
};
const refused: Advice = {
  code: 'foreign',
  what: sentence('databaseRefusesUser'),
  hint: sentence('correctDatabaseUser'),
  retry: false,
};
const untrusted: Advice = {
  code: 'foreign',
  what: sentence('databaseTlsFails'),
  hint: sentence('correctDatabaseTls'),
  retry: false,
};
const internal: Advice = {
  code: 'internal',
  what: sentence('statementFailed'),
  hint: sentence('reportStoreMistake'),
  retry: false,
};

/** SQLSTATE codes (postgresql.org/docs/current/errcodes-appendix.html), or their first two characters. */
const known: Readonly<Record<string, Advice>> = {
  '08': unreachable,
  '57P01': unreachable,
  '57P02': unreachable,
  '57P03': unreachable,
  '53300': {
    code: 'busy',
    what: sentence('databaseConnectionsUsedUp'),
    hint: sentence('allowMoreConnections'),
    retry: true,
  },
  '53100': { code: 'full', what: sentence('diskFull'), hint: sentence('freeDatabaseServer'), retry: true },
  '57014': {
    code: 'busy',
    what: sentence('databaseTooSlow'),
    hint: sentence('lookWhatHoldsDatabase'),
    retry: true,
  },
  '55P03': {
    code: 'busy',
    what: sentence('databaseTooSlow'),
    hint: sentence('lookWhatHoldsDatabase'),
    retry: true,
  },
  '25006': {
    code: 'readonly',
    what: sentence('databaseServerReadonly'),
    hint: sentence('nameDatabasePrimary'),
    retry: true,
  },
  '42501': {
    code: 'readonly',
    what: sentence('mayNotBeWritten'),
    hint: sentence('grantDatabaseRights'),
    retry: false,
  },
  '28': refused,
  '3D000': {
    code: 'missing',
    what: sentence('databaseNotOnServer'),
    hint: sentence('createDatabase'),
    retry: false,
  },
  XX001: {
    code: 'corrupt',
    what: sentence('databaseDamaged'),
    hint: sentence('restoreDatabaseServer'),
    retry: false,
  },
  XX002: {
    code: 'corrupt',
    what: sentence('databaseDamaged'),
    hint: sentence('restoreDatabaseServer'),
    retry: false,
  },
};

/** Anything thrown while the database was used, as a `StoreError`; `shown` is its address without the password. */
export function toPostgresError(thrown: unknown, shown: string): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const { code, what, hint, retry } = adviceFor(thrown);
  return new StoreError({
    code,
    said: sentence('ofDatabase', {
      path: shown,
      what: sentence('because', { what, why: messageOf(thrown) }),
    }),
    hint,
    retry,
    cause: thrown,
  });
}

/** That the connection was lost, or there is none: the same may succeed on another one. */
export function isLost(thrown: unknown): boolean {
  return !(thrown instanceof StoreError) && adviceFor(thrown) === unreachable;
}

function adviceFor(thrown: unknown): Advice {
  if (!(thrown instanceof Error)) return internal;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (/^[0-9A-Z]{5}$/.test(code)) return known[code] ?? known[code.slice(0, 2)] ?? internal;
  // The driver has no codes of its own for these.
  if (/does not support SSL|certificate|self.signed|altnames|SSL/i.test(`${code} ${thrown.message}`))
    return untrusted;
  if (/password must be a string|SASL/i.test(thrown.message)) return refused;
  if ('syscall' in thrown || code.startsWith('E')) return unreachable;
  return /connection|timeout|terminated|socket/i.test(thrown.message) ? unreachable : internal;
}
