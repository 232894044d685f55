import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Rule, rules } from './rules.ts';

const guide = readFileSync(new URL('../../../docs/guide/incidents.md', import.meta.url), 'utf8');

function row({ from, on, when, to, tell }: Rule): string {
  return `| ${[from, on, when ?? '', to, tell ?? ''].join(' | ')} |`
    .replaceAll('|  |', '| |')
    .replaceAll('|  |', '| |');
}

it('the life of an incident is the one that the guide describes', () => {
  const lines = guide.split('\n');
  const head = lines.findIndex((line) => line.startsWith('| state | seen |'));
  expect(lines.slice(head + 2, lines.indexOf('', head))).toEqual(rules.map(row));
});

it('every rule without a condition is the last of its kind: none behind it could ever apply', () => {
  const shadowed = rules.filter((rule, no) =>
    rules
      .slice(0, no)
      .some(({ from, on, when }) => from === rule.from && on === rule.on && when === undefined),
  );
  expect(shadowed).toEqual([]);
});
