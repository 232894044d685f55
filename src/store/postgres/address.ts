import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { ConnectionOptions } from 'node:tls';
import { sentence } from '../../messages/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import { databaseAddressFault, databaseParameters } from '../../lib/net/database-address.ts';
import { StoreError } from '../store.ts';

/** Where a PostgreSQL database is. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  /** The schema with our tables. */
  readonly schema: string;
  readonly ssl: ConnectionOptions | false;
  /** For people: without password. */
  readonly shown: string;
}

const sslModes: ReadonlySet<string> = new Set(['disable', 'require', 'verify-ca', 'verify-full']);

/** Reads `postgres://user:password@host:port/database?…`. Throws a `StoreError` that never shows the password. */
export function readAddress(text: string): PostgresAddress {
  const fault = databaseAddressFault(text);
  if (fault !== undefined)
    throw unreadable(sentence(fault === 'form' ? 'databaseAddressForm' : 'databasePasswordUnencoded'));
  const url = new URL(text);
  const query = url.searchParams;
  for (const name of query.keys())
    if (!databaseParameters.has(name)) throw unreadable(sentence('databaseParameterUnknown', { name }));
  const host = query.get('host') ?? decoded(url.hostname);
  const mode = query.get('sslmode') ?? (isHere(host) ? 'disable' : 'verify-full');
  if (!sslModes.has(mode)) throw unreadable(sentence('databaseSslMode', { mode }));
  const schema = query.get('search_path') ?? 'public';
  if (!/^[a-z_][a-z0-9_$]{0,62}$/i.test(schema)) throw unreadable(sentence('databaseSearchPath', { schema }));
  const user = decoded(url.username) || userInfo().username;
  const database = decoded(url.pathname.slice(1)) || user;
  const port = url.port === '' ? 5432 : Number(url.port);
  return {
    host: host === '' ? 'localhost' : host.replace(/^\[|\]$/g, ''),
    port,
    user,
    password: url.password === '' ? undefined : decoded(url.password),
    database,
    schema,
    ssl: mode === 'disable' ? false : tlsOf(mode, query),
    shown: `postgres://${user}@${host === '' ? 'localhost' : host}:${port}/${database}${schema === 'public' ? '' : `?search_path=${schema}`}`,
  };
}

/** On this machine: there is nobody in between. */
function isHere(host: string): boolean {
  return host === '' || host.startsWith('/') || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}

function tlsOf(mode: string, query: URLSearchParams): ConnectionOptions {
  const [ca, cert, key] = ['sslrootcert', 'sslcert', 'sslkey'].map((name) => fileOf(query.get(name)));
  return {
    rejectUnauthorized: mode !== 'require',
    // As `libpq` has it: who has signed it counts, and not for which name.
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function fileOf(path: string | null): string | undefined {
  if (path === null) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(
      sentence('because', { what: sentence('databaseFileUnread', { path }), why: messageOf(error) }),
    );
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable(sentence('databaseAddressForm'));
  }
}

function unreadable(what: ReturnType<typeof sentence>): StoreError {
  return new StoreError({
    code: 'missing',
    said: sentence('databaseAddressWrong', { what }),
    hint: sentence('writeDatabaseAddress'),
    retry: false,
  });
}
