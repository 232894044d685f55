import path from 'node:path';
import { expect, it } from 'vitest';
import { formatProblem } from '../messages/in-language.ts';
import { loadConfig } from './load.ts';

const folder = path.resolve('conf');

async function load(calendar: string, files: Readonly<Record<string, string>> = {}) {
  const all: Readonly<Record<string, string>> = {
    'apipatrol.yaml': `docs: a\nwebhook: https://qyapi.example/cgi-bin/webhook/send?key=k1k1k1\ntimeZone: Asia/Shanghai\n${calendar}`,
    ...files,
  };
  const loaded = await loadConfig(path.join('conf', 'apipatrol.yaml'), {
    env: {},
    now: Date.parse('2026-09-01T00:00+08:00'),
    readFile(file) {
      const text = all[path.relative(folder, file)];
      return text === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(text);
    },
  });
  return {
    loaded,
    calendar: loaded.ok ? loaded.settings.calendar : undefined,
    said: (loaded.ok ? loaded.notices : loaded.problems).map(formatProblem),
  };
}

it('is read from files, a later one before an earlier one, and what the configuration itself says before both', async () => {
  const { loaded, calendar, said } = await load(
    'calendar: { file: [2026.json, own.csv], workdays: [2026-10-02] }\n',
    {
      '2026.json':
        '{ "days": [{ "date": "2026-10-01", "isOffDay": true }, { "date": "2026-10-10", "isOffDay": false }] }',
      'own.csv': '2026-10-02\n2026-10-05\n',
    },
  );
  expect(said).toEqual([]);
  expect(calendar).toEqual({
    timeZone: 'Asia/Shanghai',
    holidays: ['2026-10-01', '2026-10-05'],
    workdays: ['2026-10-02', '2026-10-10'],
  });
  expect(loaded.files).toEqual(
    ['apipatrol.yaml', '2026.json', 'own.csv'].map((name) => path.join(folder, name)),
  );
});

it('names what cannot be read, and what in a file is wrong, each with its place', async () => {
  expect((await load('calendar:\n  file: ./gone.ics\n')).said).toEqual([
    'conf/apipatrol.yaml:5:9 calendar.file: "./gone.ics" cannot be read: ENOENT',
  ]);
  expect((await load('calendar: { file: a.ics }\n', { 'a.ics': '<html>' })).said).toEqual([
    'a.ics:1:1: does not begin with BEGIN:VCALENDAR',
  ]);
  expect(
    (await load('calendar: { file: a.yaml }\n', { 'a.yaml': '- 2026-10-01\n- 1 October\n' })).said,
  ).toEqual([
    'a.yaml:2:3: "1 October" is not a date; write for example 2026-10-01 or 2026-10-01..2026-10-07',
  ]);
});

it('that is over, or empty, is worth a notice', async () => {
  const over = 'Monday to Friday are workdays from now on, without exception';
  expect((await load('calendar: { file: a.yaml }\n', { 'a.yaml': '- 2026-05-01\n' })).said).toEqual([
    `conf/apipatrol.yaml:4:11 calendar: the calendar ends on 2026-05-01: ${over}\n  → Add the days to come to a.yaml.`,
  ]);
  expect((await load('calendar: { file: a.yaml }\n', { 'a.yaml': 'days: []\n' })).said).toEqual([
    `conf/apipatrol.yaml:4:11 calendar: the calendar has no day in it: ${over}\n  → Add the days to come to a.yaml.`,
  ]);
  expect((await load('calendar: { holidays: [2026-09-01] }\n')).said).toEqual([]);
});

it('counts wherever days are named: windows may leave out holidays, summaries may come on workdays only', async () => {
  const text = `
maintenance: [{ name: release, cron: 0 2 * * *, duration: 2h, onlyOn: [workday], exceptOn: [2026-10-09, sat] }]
summaries: [{ on: workday }]
`;
  const { loaded } = await load(text);
  expect(loaded.ok && loaded.settings).toMatchObject({
    maintenance: [{ onlyOn: ['workday'], exceptOn: ['2026-10-09', 'sat'] }],
    summaries: [{ every: 'day', at: '09:00', on: 'workday' }],
  });
  expect(
    (await load('maintenance: [{ name: a, cron: 0 2 * * *, duration: 2h, onlyOn: [weekend] }]\n')).said,
  ).toEqual([
    'conf/apipatrol.yaml:4:66 maintenance[0].onlyOn[0]: "weekend" is neither a date nor a kind of day; write for example 2026-10-01, holiday or sat',
  ]);
});
