import type { Judged, Tried } from './trial.ts';

const columns: readonly (readonly [string, (tried: Tried) => number])[] = [
  ['documented', ({ documented }) => documented],
  ['called', ({ judged }) => judged.length],
  ['pass', counting(({ verdict }) => verdict === 'pass')],
  ['true findings', counting(({ truth }) => truth.isFinding)],
  ['of them shown', counting(({ truth, isMissed }) => truth.isFinding && !isMissed)],
  ['**false `fail`**', counting(({ isFalseFail }) => isFalseFail)],
  ['missed', counting(({ isMissed }) => isMissed)],
  ['set-up list', counting(({ setUp }) => setUp !== undefined)],
  ['with the right advice', counting(({ setUp }) => setUp?.isRight === true)],
  ['calls with side effects', ({ sideEffects }) => sideEffects.length],
  ['alarms in 4 cycles', ({ patrol }) => patrol.alarms.length],
  ['of them false', ({ patrol }) => patrol.falseAlarms.length],
  ['messages', ({ patrol }) => patrol.messages.length],
];

function counting(isOne: (judged: Judged) => boolean): (tried: Tried) => number {
  return ({ judged }) => judged.filter(isOne).length;
}

/** Markdown: a line for each server, and one for all. */
export function table(tried: readonly Tried[]): readonly string[] {
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const all = columns.map(([, count]) => tried.reduce((sum, one) => sum + count(one), 0));
  return [
    row(['server', ...columns.map(([name]) => name)]),
    row(['---', ...columns.map(() => '---:')]),
    ...tried.map((one) => row([one.server, ...columns.map(([, count]) => count(one))])),
    row(['all', ...all]),
  ];
}

/** The aims beside what was reached. */
export function totals(tried: readonly Tried[]): readonly string[] {
  const judged = tried.flatMap((one) => one.judged);
  const falseFails = judged.filter(({ isFalseFail }) => isFalseFail).length;
  const truths = judged.filter(({ truth }) => truth.isFinding);
  const shown = share(truths.filter(({ isMissed }) => !isMissed).length, truths.length);
  const served = judged.filter(
    ({ verdict, truth, setUp, isMissed }) =>
      (verdict === 'pass' && !isMissed) || setUp?.isRight === true || (verdict === 'fail' && truth.isFinding),
  );
  const helped = share(served.length, judged.length);
  const effects = tried.reduce((sum, { sideEffects }) => sum + sideEffects.length, 0);
  const falseAlarms = tried.reduce((sum, { patrol }) => sum + patrol.falseAlarms.length, 0);
  return [
    '| figure | measured | aim |',
    '|---|---|---|',
    line('false `fail`', String(falseFails), falseFails === 0, '0'),
    line('true findings shown', `${shown} %`, shown >= 95, '≥ 95 %'),
    line('calls with side effects', String(effects), effects === 0, '0'),
    line(
      'called operations that pass, fail rightly, or have the right advice',
      `${helped} %`,
      helped >= 85,
      '≥ 85 %',
    ),
    line('false alarms of the daemon', String(falseAlarms), falseAlarms === 0, '0'),
  ];
}

function line(name: string, measured: string, isReached: boolean, aim: string): string {
  return `| ${name} | ${measured} | ${isReached ? '✓' : '✗'} aim ${aim} |`;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((1000 * part) / whole) / 10;
}
