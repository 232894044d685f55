import pg from 'pg';
import type { PostgresAddress } from './address.ts';

const connectMs = 5000;

/** Whole numbers, and sums of them, are numbers: nothing that is stored is larger than those hold. */
const numeric: ReadonlySet<number> = new Set([20, 1700]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    numeric.has(oid) ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format),
};

/** Connections that are made when they are needed. `answerMs`: whoever has no answer by then is told that there is none. */
export function poolOf(address: PostgresAddress, most: number, answerMs: number): pg.Pool {
  const { host, port, user, password, database, ssl } = address;
  const pool = new pg.Pool({
    host,
    port,
    user,
    // A function: else the driver would look for one in files of the user.
    password: () => password ?? '',
    database,
    ssl,
    types,
    max: most,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    application_name: 'apipatrol',
    allowExitOnIdle: true,
  });
  // What has become of a connection is told by the statement that needs it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
