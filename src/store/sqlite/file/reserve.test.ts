import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Reserve, type Unstored } from './reserve.ts';

let folder: string;
let database: string;
let reserve: Reserve;
const files = () => ['1', '2'].map((no) => `${database}.reserve-${no}`);
const unstored = (text: string): Unstored => ({
  mark: 'mark',
  lastCycle: 7,
  changesets: [Buffer.from(text), new Uint8Array()],
});
const textOf = (read: Unstored | undefined) => Buffer.from(read?.changesets[0] ?? []).toString();

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-reserve-'));
  database = path.join(folder, 'patrol.db');
  reserve = new Reserve(database);
  reserve.take();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a reserve', () => {
  it('has nothing in it at first', () => {
    expect(reserve.read()).toBeUndefined();
  });

  it('is for its owner alone', () => {
    expect(files().map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it('gives back what was put in last, also to the next process, and takes no more room for it', () => {
    const bytes = () => files().map((file) => statSync(file).size);
    const before = bytes();
    for (const text of ['one', 'two', 'three']) {
      expect(reserve.write(unstored(text))).toBe(true);
      expect(textOf(new Reserve(database).read())).toBe(text);
    }
    expect(new Reserve(database).read()).toMatchObject({ mark: 'mark', lastCycle: 7 });
    expect(bytes()).toEqual(before);
  });

  it('goes on with the turns of the process before', () => {
    reserve.write(unstored('one'));
    const next = new Reserve(database);
    next.read();
    next.write(unstored('two'));
    expect(textOf(new Reserve(database).read())).toBe('two');
  });

  it.each([0, 1])('gives back the one before when what was put in last is torn (file %i)', (index) => {
    reserve.write(unstored('one'));
    reserve.write(unstored('two'));
    const file = files()[index] ?? '';
    const bytes = readFileSync(file);
    bytes.fill(0, 40, 60);
    writeFileSync(file, bytes);
    expect(textOf(new Reserve(database).read())).toBe(index === 0 ? 'one' : 'two');
  });

  it('is empty after it was cleared', () => {
    reserve.write(unstored('one'));
    reserve.clear();
    expect(new Reserve(database).read()).toBeUndefined();
  });

  it('says when something is too large for it, and keeps what it has', () => {
    reserve.write(unstored('one'));
    expect(reserve.write(unstored(randomBytes(200_000).toString('hex')))).toBe(false);
    expect(textOf(new Reserve(database).read())).toBe('one');
  });

  it('is made whole where it was cut short, and else left as it is', () => {
    reserve.write(unstored('one'));
    truncateSync(files()[0] ?? '', 10);
    reserve.take();
    expect(textOf(new Reserve(database).read())).toBe('one');
    expect(statSync(files()[0] ?? '').size).toBe(statSync(files()[1] ?? '').size);
  });
});
