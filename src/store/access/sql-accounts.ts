import { type Row, type SqlDatabase, upsert } from '../sql/sql.ts';
import type { Account, ApiToken, Grant, Accounts, Session, TokenEnd } from './accounts.ts';

/** Long enough to be seen by whoever asks why a program was turned away. */
const endedKeptMs = 90 * 86_400_000;

export class SqlPeople implements Accounts {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  accounts(): Promise<readonly Account[]> {
    return this.#all('select * from account order by name').then((rows) => rows.map(toAccount));
  }

  async account(name: string): Promise<Account | undefined> {
    const [row] = await this.#all('select * from account where name = ?', name);
    return row === undefined ? undefined : toAccount(row);
  }

  putAccount({ name, role, services, password, createdAt, lastSeenAt }: Account): Promise<void> {
    return this.#run(
      upsert('account', ['name'], ['role', 'services', 'password', 'created_at', 'last_seen_at']),
      name,
      role,
      toText(services),
      password,
      createdAt,
      lastSeenAt ?? null,
    );
  }

  removeAccount(name: string): Promise<boolean> {
    return this.#db.write(async (db) => {
      await db.run('delete from session where name = ?', name);
      return (await db.all('delete from account where name = ? returning name', name)).length > 0;
    });
  }

  seen(name: string, at: number): Promise<void> {
    return this.#run('update account set last_seen_at = ? where name = ?', at, name);
  }

  addSession({ hash, name, role, services, via, expiresAt }: Session, now: number): Promise<void> {
    return this.#db.write(async (db) => {
      await db.run('delete from session where expires_at <= ?', now);
      await db.run(
        'insert into session (hash, name, role, services, via, expires_at) values (?, ?, ?, ?, ?, ?)',
        hash,
        name,
        role,
        toText(services),
        via,
        expiresAt,
      );
    });
  }

  async session(hash: string, now: number): Promise<Session | undefined> {
    const [row] = await this.#all('select * from session where hash = ? and expires_at > ?', hash, now);
    if (row === undefined) return undefined;
    return {
      hash,
      name: String(row.name),
      ...grantOf(row),
      via: String(row.via),
      expiresAt: Number(row.expires_at),
    };
  }

  endSession(hash: string): Promise<void> {
    return this.#run('delete from session where hash = ?', hash);
  }

  endSessions(name: string): Promise<void> {
    return this.#run('delete from session where name = ?', name);
  }

  tokens(): Promise<readonly ApiToken[]> {
    return this.#all('select * from api_token order by created_at desc').then((rows) => rows.map(toToken));
  }

  addToken(token: ApiToken & { readonly hash: string }): Promise<void> {
    const { id, hash, name, role, services, scopes, by, createdAt, expiresAt } = token;
    return this.#run(
      `insert into api_token (id, hash, name, role, services, scopes, by, created_at, expires_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      hash,
      name,
      role,
      toText(services),
      toText(scopes),
      by,
      createdAt,
      expiresAt ?? null,
    );
  }

  async token(hash: string, now: number): Promise<ApiToken | undefined> {
    const sql =
      'select * from api_token where hash = ? and ended is null and (expires_at is null or expires_at > ?)';
    const [row] = await this.#all(sql, hash, now);
    return row === undefined ? undefined : toToken(row);
  }

  used(tokenId: string, at: number): Promise<void> {
    return this.#run('update api_token set last_used_at = ? where id = ?', at, tokenId);
  }

  removeToken(id: string): Promise<boolean> {
    return this.#db.write(
      async (db) => (await db.all('delete from api_token where id = ? returning id', id)).length > 0,
    );
  }

  endToken(id: string, end: TokenEnd): Promise<void> {
    return this.#db.write(async (db) => {
      await db.run("delete from api_token where cast(ended ->> 'at' as bigint) < ?", end.at - endedKeptMs);
      await db.run('update api_token set ended = ? where id = ?', JSON.stringify(end), id);
    });
  }

  ownsName(alike: string, subject: string): Promise<boolean> {
    return this.#db.write(async (db) => {
      await db.run(
        'insert into provided_name (alike, subject) values (?, ?) on conflict do nothing',
        alike,
        subject,
      );
      const [row] = await db.all('select subject from provided_name where alike = ?', alike);
      return row?.subject === subject;
    });
  }

  spendLink(nonce: string, expiresAt: number, now: number): Promise<boolean> {
    return this.#db.write(async (db) => {
      await db.run('delete from spent_link where expires_at < ?', now);
      const sql =
        'insert into spent_link (nonce, expires_at) values (?, ?) on conflict do nothing returning nonce';
      return (await db.all(sql, nonce, expiresAt)).length > 0;
    });
  }

  async isSpent(nonce: string): Promise<boolean> {
    return (await this.#all('select nonce from spent_link where nonce = ?', nonce)).length > 0;
  }

  #all(sql: string, ...values: readonly (string | number)[]): Promise<readonly Row[]> {
    return this.#db.all(sql, ...values);
  }

  async #run(sql: string, ...values: readonly (string | number | null)[]): Promise<void> {
    await this.#db.write((db) => db.run(sql, ...values));
  }
}

function toText(names: readonly string[] | undefined): string | null {
  return names === undefined ? null : JSON.stringify(names);
}

function grantOf({ role, services }: Row): Grant {
  return {
    role: String(role),
    ...(services === null ? {} : { services: JSON.parse(String(services)) as readonly string[] }),
  };
}

function toAccount(row: Row): Account {
  return {
    name: String(row.name),
    ...grantOf(row),
    password: String(row.password),
    createdAt: Number(row.created_at),
    ...(row.last_seen_at === null ? {} : { lastSeenAt: Number(row.last_seen_at) }),
  };
}

function toToken(row: Row): ApiToken {
  return {
    id: String(row.id),
    name: String(row.name),
    ...grantOf(row),
    ...(row.scopes === null ? {} : { scopes: JSON.parse(String(row.scopes)) as readonly string[] }),
    by: String(row.by),
    createdAt: Number(row.created_at),
    ...(row.expires_at === null ? {} : { expiresAt: Number(row.expires_at) }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: Number(row.last_used_at) }),
    ...(row.ended === null ? {} : { ended: JSON.parse(String(row.ended)) as TokenEnd }),
  };
}
