import { describe, expect, it } from 'vitest';
import { StoreError } from '../store.ts';
import { readAddress } from './address.ts';

describe('the address of a database', () => {
  it('says where it is, and shows no password', () => {
    const address = readAddress('postgres://pat%40rol:ge%2Fheim@db.example:6432/apis?search_path=patrol');
    expect(address).toMatchObject({
      host: 'db.example',
      port: 6432,
      user: 'pat@rol',
      password: 'ge/heim',
      database: 'apis',
      schema: 'patrol',
      ssl: { rejectUnauthorized: true },
    });
    expect(address.shown).toBe('postgres://pat@rol@db.example:6432/apis?search_path=patrol');
  });

  it('is read with a password in which nothing else can be meant', () => {
    expect(readAddress('postgres://u:p@s s:[w]@db/d').password).toBe('p@s s:[w]');
    expect(readAddress('postgres://u:p@db/d?sslmode=disable&host=/run/a@b')).toMatchObject({
      host: '/run/a@b',
    });
  });

  it('is encrypted and verified unless it is this machine, or said otherwise', () => {
    const ssl = (address: string) => readAddress(address).ssl;
    expect(ssl('postgres://u@localhost/d')).toBe(false);
    expect(ssl('postgresql:///d?host=/run/postgresql')).toBe(false);
    expect(ssl('postgres://u@db/d?sslmode=disable')).toBe(false);
    expect(ssl('postgres://u@db/d?sslmode=require')).toEqual({ rejectUnauthorized: false });
    expect(ssl('postgres://u@localhost/d?sslmode=verify-full')).toEqual({ rejectUnauthorized: true });
  });

  it.each([
    ['mysql://u:geheim@db/d', 'no address of a PostgreSQL database'],
    ['geheim', 'no address of a PostgreSQL database'],
    ['postgres://u:geheim@db:port/d', 'no address of a PostgreSQL database'],
    ['postgres://u:p@geheim#x@db/d', 'write %40 for @'],
    ['postgres://u:p?geheim@db/d', 'write %40 for @'],
    ['postgres://u:p@x?geheim=y@db/d', 'write %40 for @'],
    ['postgres://u:geheim%@db/d', '%25 for %'],
    ['postgres://u:geheim@db/d?sslmode=prefer', 'sslmode=prefer'],
    ['postgres://u:geheim@db/d?search_path=a,b', 'search_path=a,b'],
    ['postgres://u:geheim@db/d?options=-c', 'options'],
    ['postgres://u:geheim@db/d?sslmode=verify-full&sslrootcert=/none.pem', '/none.pem cannot be read'],
  ])('%s is refused, with why and without the password', (text, why) => {
    let thrown: unknown;
    try {
      readAddress(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(StoreError);
    expect(thrown).toMatchObject({ code: 'missing', retry: false, said: expect.saying(why) });
    expect(String(thrown)).not.toContain('geheim');
  });
});
