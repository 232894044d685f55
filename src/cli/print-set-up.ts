import { flat } from '../lib/text/clean.ts';
import type { Sentence } from '../model/sentence.ts';
import type { SetUpGroup, SetUpItem } from '../model/set-up.ts';
import { pc } from './paint.ts';
import { padded, type Terminal } from './output.ts';

/** The whole list is for a file; a person begins with some. */
const mostGroups = 20;
const mostItems = 5;
const indent = ' '.repeat(12);

/** What has to be set up: what it is, the operations it is about, what they say, and the lines that would help. */
export function printSetUp(terminal: Terminal, groups: readonly SetUpGroup[], all = false): void {
  const shown = all ? groups : groups.slice(0, mostGroups);
  for (const group of shown) printGroup(terminal, group, all);
  if (shown.length < groups.length)
    terminal.out(pc.dim(terminal.say('setUp.more', { n: groups.length - shown.length })));
}

function printGroup(
  terminal: Terminal,
  { service, kind, why, count, items, lines }: SetUpGroup,
  all: boolean,
): void {
  const { say, inWords } = terminal;
  const [first] = items;
  const name = count === 1 && first !== undefined ? `${pc.bold(flat(first.operation))} ` : '';
  const shownKind = pc.cyan(padded(say(`setUpKind.${kind}`), 11));
  terminal.out(`${shownKind} ${name}${pc.dim(flat(service))} ${flat(inWords(why))}`);
  const shown = all ? items : items.slice(0, mostItems);
  for (const item of shown)
    printItem(terminal, item, { isAlone: count === 1, hasLines: lines !== undefined });
  if (shown.length < count)
    terminal.out(pc.dim(`${indent}${say('cli.andMore', { n: count - shown.length })}`));
  if (lines !== undefined) printLines(terminal, lines);
}

function printItem(
  terminal: Terminal,
  { operation, why, said, called, lines: [own] }: SetUpItem,
  { isAlone, hasLines }: { readonly isAlone: boolean; readonly hasLines: boolean },
): void {
  const { say, inWords } = terminal;
  if (!isAlone) terminal.out(`${indent}${flat(operation)}${called ? pc.dim(`: ${flat(inWords(why))}`) : ''}`);
  if (said !== undefined) terminal.out(pc.dim(`${indent}${say('cli.saysItself', { text: flat(said) })}`));
  if (!hasLines && own !== undefined) printLines(terminal, own);
}

function printLines(terminal: Terminal, lines: Sentence): void {
  terminal.out(pc.dim(terminal.inWords(lines).replace(/^/gm, indent)));
}
