import pc from 'picocolors';
import stringWidth from 'string-width';
import type { LogRecord } from './patrol-process.ts';
import type { WecomMessage } from './wecom.ts';

const width = 78;

/** A message as it looks in the group: a box with WeCom's colours in the terminal's. */
export function showMessage(message: WecomMessage): string {
  const clock = new Date(message.at).toTimeString().slice(0, 8);
  const title = ` 企业微信 · ${clock} `;
  const top = `╭─${title}${'─'.repeat(width - 3 - stringWidth(title))}╮`;
  const lines = message.content.split('\n').flatMap((line) => wrap(markdown(line)));
  const body = lines.map((line) => `│ ${line}${' '.repeat(Math.max(0, width - 4 - stringWidth(line)))} │`);
  return [top, ...body, `╰${'─'.repeat(width - 2)}╯`].map((line) => `  ${line}`).join('\n');
}

const colors: Readonly<Record<string, (text: string) => string>> = {
  info: pc.green,
  comment: pc.gray,
  warning: pc.yellow,
};

function markdown(line: string): string {
  return line
    .replaceAll(/<font color="(\w+)">(.*?)<\/font>/g, (_, color: string, text: string) =>
      (colors[color] ?? String)(text),
    )
    .replaceAll(/\*\*(.+?)\*\*/g, (_, text: string) => pc.bold(text))
    .replaceAll(/`([^`]+)`/g, (_, text: string) => pc.cyan(text))
    .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, (_, text: string) => pc.underline(text))
    .replace(/^#+ (.*)$/, (_, text: string) => pc.bold(text))
    .replace(/^> ?/, pc.dim('▏ '));
}

// oxlint-disable-next-line no-control-regex -- the colours that `markdown` has put in
const pieces = /\u001b\[\d+m|[\s\S]/gu;

/** Lines that fit the box; colours go on over the break. */
function wrap(line: string): readonly string[] {
  const lines: string[] = [];
  let current = '';
  let used = 0;
  for (const [piece] of line.matchAll(pieces)) {
    const size = piece.length > 2 ? 0 : stringWidth(piece);
    if (used + size > width - 4) {
      lines.push(current);
      [current, used] = ['', 0];
    }
    current += piece;
    used += size;
  }
  return [...lines, current];
}

/** A closed cycle in one line. */
export function showCycle(record: LogRecord): string {
  const number = (key: string) => Number(record[key] ?? 0);
  const counts = [
    pc.green(`${number('passed')} pass`),
    number('degraded') > 0 ? pc.yellow(`${number('degraded')} degraded`) : undefined,
    number('failed') > 0 ? pc.red(`${number('failed')} fail`) : undefined,
    number('blocked') > 0 ? pc.magenta(`${number('blocked')} blocked`) : undefined,
    number('unknown') > 0 ? pc.gray(`${number('unknown')} unknown`) : undefined,
  ].filter((text) => text !== undefined);
  const rate = record['successRate'] === undefined ? '–' : `${(number('successRate') * 100).toFixed(1)} %`;
  const clock = new Date(String(record['time'])).toTimeString().slice(0, 8);
  const figures = `${rate}  p95 ${Math.round(number('p95Ms'))} ms  in ${(number('durationMs') / 1000).toFixed(1)} s`;
  return `${pc.dim(clock)}  cycle ${number('cycle')}: ${number('checked')} checked, ${counts.join(', ')}  ${pc.dim(figures)}`;
}

/** What a command has printed. */
export function showText(text: string): string {
  return text.trim().replaceAll(/^/gm, '  ');
}

/** A step of the tour. */
export function showStep(text: string): string {
  return `\n${pc.bold(pc.blue('▸'))} ${pc.bold(text)}`;
}
