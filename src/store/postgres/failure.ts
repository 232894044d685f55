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
const crowded: Advice = {
  code: 'busy',
  what: sentence('databaseConnectionsUsedUp'),
  hint: sentence('allowMoreConnections'),
  retry: true,
};
const slow: Advice = {
  code: 'busy',
  what: sentence('databaseTooSlow'),
  hint: sentence('lookWhatHoldsDatabase'),
  retry: true,
};
/** What was begun was given up for the sake of somebody else, and nothing of it is stored. */
const yielded: Advice = { ...slow };
const damaged: Advice = {
  code: 'corrupt',
  what: sentence('databaseDamaged'),
  hint: sentence('restoreDatabaseServer'),
  retry: false,
};
const gone: Advice = {
  code: 'missing',
  what: sentence('databaseTablesGone'),
  hint: sentence('restoreTables'),
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
  // The process stood still in a transaction, and its connection was ended.
  '25P03': unreachable,
  '57P01': unreachable,
  '57P02': unreachable,
  '57P03': unreachable,
  '57P05': unreachable,
  '40': yielded,
  '53': {
    code: 'busy',
    what: sentence('databaseShort'),
    hint: sentence('lookAtDatabaseServer'),
    retry: true,
  },
  '53100': { code: 'full', what: sentence('diskFull'), hint: sentence('freeDatabaseServer'), retry: true },
  '53300': crowded,
  '58': {
    code: 'io',
    what: sentence('databaseServerFiles'),
    hint: sentence('lookAtDatabaseServer'),
    retry: true,
  },
  '57014': slow,
  '55P03': slow,
  '25006': {
    code: 'readonly',
    what: sentence('databaseServerReadonly'),
    hint: sentence('nameDatabasePrimary'),
    retry: true,
  },
  '42501': {
    code: 'readonly',
    what: sentence('databaseRightsMissing'),
    hint: sentence('grantDatabaseRights'),
    retry: false,
  },
  '42P01': gone,
  '3F000': gone,
  '28': refused,
  '3D000': {
    code: 'missing',
    what: sentence('databaseNotOnServer'),
    hint: sentence('createDatabase'),
    retry: false,
  },
  XX001: damaged,
  XX002: damaged,
};

/** Those of Node (nodejs.org/api/tls.html, X509 certificate error codes), and what the driver has no code for. */
const tlsFailures: readonly (readonly [RegExp, OwnSentence, OwnSentence])[] = [
  [/does not support SSL/, sentence('databaseTlsMissing'), sentence('turnTlsOn')],
  [/ALTNAME_INVALID/, sentence('databaseTlsOtherName'), sentence('nameDatabaseHost')],
  [/CERT_HAS_EXPIRED/, sentence('databaseTlsExpired'), sentence('renewDatabaseCertificate')],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY)|CERT_UNTRUSTED/,
    sentence('databaseTlsUntrusted'),
    sentence('nameDatabaseAuthority'),
  ],
  [/certificate|SSL/i, sentence('databaseTlsFails'), sentence('correctDatabaseTls')],
];

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

/** That the connection was lost, there is none, or the server gave up what was begun: the same may succeed anew. */
export function isLost(thrown: unknown): boolean {
  return !(thrown instanceof StoreError) && lost.has(adviceFor(thrown));
}

const lost: ReadonlySet<Advice> = new Set([unreachable, crowded, yielded]);

function adviceFor(thrown: unknown): Advice {
  if (!(thrown instanceof Error)) return internal;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (/^[0-9A-Z]{5}$/.test(code)) return known[code] ?? known[code.slice(0, 2)] ?? internal;
  const tls = tlsFailures.find(([pattern]) => pattern.test(`${code} ${thrown.message}`));
  if (tls !== undefined) return { code: 'foreign', what: tls[1], hint: tls[2], retry: false };
  if (/password must be a string|SASL/i.test(thrown.message)) return refused;
  if ('syscall' in thrown || code.startsWith('E')) return unreachable;
  return /connection|timeout|terminated|socket/i.test(thrown.message) ? unreachable : internal;
}
