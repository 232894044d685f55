import { chmod, chown, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConfigEdits } from './config-edits.ts';
import { lineDiff } from './line-diff.ts';

const text = 'services:\n  - docs: ./a.yaml   # ours\n    name: a\n';
const skip = 'services:\n  - name: a\n    operations:\n      - match: GET /a\n        skip: true';
let file: string;
let edits: ConfigEdits;

beforeEach(async () => {
  file = path.join(await mkdtemp(path.join(tmpdir(), 'apipatrol-edit-')), 'apipatrol.yaml');
  await writeFile(file, text);
  await chmod(file, 0o640);
  edits = new ConfigEdits(file, {});
});

const read = () => readFile(file, 'utf8');

async function edited(lines: string) {
  const edit = await edits.with(lines, 'a', ['a']);
  if ('refused' in edit) throw new Error('refused');
  return edit;
}

describe('a change of the configuration', () => {
  it('is written line by line and can be taken back', async () => {
    const edit = await edited(skip);
    expect(await read()).toBe(text);
    expect(await edits.make(edit)).toBeUndefined();
    expect(await read()).toBe(`${text}    operations:\n      - match: GET /a\n        skip: true\n`);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await edits.undo()).toEqual({ service: 'a', before: edit.after, after: text });
    expect(await read()).toBe(text);
    expect(await edits.undo()).toEqual({ refused: expect.saying('there is nothing to take back') });
  });

  it('leaves the file with its owner, its group and its mode', async () => {
    await chmod(file, 0o600);
    // Only root may give a file away.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(file, 4321, 1234);
    const { uid, gid } = await stat(file);
    await edits.make(await edited(skip));
    const after = await stat(file);
    expect([after.uid, after.gid, after.mode & 0o777]).toEqual([uid, gid, 0o600]);
  });

  it('says when everybody may read what has been written into it', async () => {
    expect(await new ConfigEdits(file, {}, async () => false).openness()).toBeUndefined();
    expect(await new ConfigEdits(file, {}, async () => true).openness()).toMatchObject({
      message: expect.saying(`everybody on this machine can read the secret in ${file}`),
      hint: expect.saying(`chmod o-r ${file}`),
    });
  });

  it('that would not load is refused, with what is wrong', async () => {
    expect(await edits.with('services:\n  - name: a\n    credential: nobody', 'a', ['a'])).toMatchObject({
      refused: expect.saying('nobody'),
    });
    expect(await edits.with('services:\n  - name: a', 'a', ['a'])).toMatchObject({
      refused: expect.saying('already'),
    });
    expect(await read()).toBe(text);
  });

  it('does not overwrite what somebody else has written meanwhile', async () => {
    const edit = await edited(skip);
    await writeFile(file, `${text}# theirs\n`);
    expect(await edits.make(edit)).toMatchObject({ refused: expect.saying('somebody else') });
    await edits.make(await edited(skip));
    await writeFile(file, `${await read()}# theirs\n`);
    expect(await edits.undo()).toMatchObject({ refused: expect.saying('somebody else') });
    expect(await read()).toContain('# theirs');
  });
});

it('a comparison shows what changes with three lines around it', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
  const after = [...lines.slice(0, 5), 'new', ...lines.slice(5, 20), 'other', ...lines.slice(21)];
  const shown = lineDiff(`${lines.join('\n')}\n`, `${after.join('\n')}\n`);
  expect(shown.map(({ kind, line, text: one }) => `${kind} ${line} ${one}`)).toEqual([
    ...['3 line 3', '4 line 4', '5 line 5'].map((one) => `same ${one}`),
    'added 6 new',
    ...['7 line 6', '8 line 7', '9 line 8', '19 line 18', '20 line 19', '21 line 20'].map(
      (one) => `same ${one}`,
    ),
    'removed 21 line 21',
    'added 22 other',
    ...['23 line 22', '24 line 23', '25 line 24'].map((one) => `same ${one}`),
  ]);
});
