import { randomInt } from 'node:crypto';
import colors from 'picocolors';
import { cleanLines } from '../lib/text/clean.ts';

/** Nobody outside of this process knows it, so no text from outside can carry a colour. */
const seal = randomInt(1_000_000, 2_000_000_000);

type Paint = (text: string) => string;

function paint(open: number, close: number): Paint {
  if (!colors.isColorSupported) return (text) => text;
  const [begin, end] = [sealed(open), sealed(close)];
  // What is painted inside would end the paint around it.
  return (text) => `${begin}${text.replaceAll(end, `${end}${begin}`)}${end}`;
}

/** Like the sequence that it will become, so that whoever measures text leaves it out. */
function sealed(code: number): string {
  return `\u001B[${code};${seal}m`;
}

/** Colours of our own; only what `forTerminal` lets through becomes one. */
export const pc = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  green: paint(32, 39),
  yellow: paint(33, 39),
  magenta: paint(35, 39),
  cyan: paint(36, 39),
} as const;

// oxlint-disable-next-line no-control-regex
const ours = new RegExp(`\\u001B\\[(\\d+);${seal}m`);

/**
 * What a terminal may be sent: text, lines and the colours that this program gave. Everything else that a terminal
 * acts on (other sequences, links, bells, a turned direction) came in with the text of a stranger.
 */
export function forTerminal(text: string): string {
  // Of a table for spreadsheets, which take a file for UTF-8 only with it.
  if (text.startsWith('\uFEFF')) return `\uFEFF${forTerminal(text.slice(1))}`;
  return text
    .split(ours)
    .map((part, index) => (index % 2 === 1 ? `\u001B[${part}m` : cleanLines(part)))
    .join('');
}
