import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import stringWidth from 'string-width';

/** Draws what `npm run demo -- --once` prints as docs/images/demo.svg. Run by hand when that has changed. */

const cell = { width: 8.4, height: 19 };
const padding = 20;
const columns = 86;
/** By SGR code: the colours of a calm dark terminal. */
const colors: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#f2cc60',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  90: '#8b949e',
};
const plain = '#e6edf3';
const escapes = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`, 'g');

interface Run {
  readonly text: string;
  readonly column: number;
  readonly color: string;
  readonly bold: boolean;
}

async function recorded(): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/main.ts', '--once'], {
    env: { ...process.env, FORCE_COLOR: '1', TZ: 'Asia/Shanghai' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await once(child, 'close');
  return out;
}

function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let [at, column, color, bold] = [0, 0, plain, false];
  const add = (text: string): void => {
    if (text === '') return;
    runs.push({ text, column, color, bold });
    column += stringWidth(text);
  };
  for (const escape of line.matchAll(escapes)) {
    add(line.slice(at, escape.index));
    at = escape.index + escape[0].length;
    for (const code of (escape[1] ?? '').split(';').map(Number)) {
      if (code === 0 || code === 39) color = plain;
      if (code === 0 || code === 22) [bold, color] = [false, color === colors[90] ? plain : color];
      if (code === 1) bold = true;
      if (code === 2) color = colors[90] ?? plain;
      color = colors[code] ?? color;
    }
  }
  add(line.slice(at));
  return runs;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Each character that is twice as wide as others is placed by itself, or fonts would shift what follows. */
function drawn({ text, column, color, bold }: Run, y: number): string {
  const pieces = text.match(/ +|[!-\u00ff\u2500-\u257f▸▏]+(?: [!-\u00ff\u2500-\u257f▸▏]+)*|./gu) ?? [];
  let at = column;
  return pieces
    .map((piece) => {
      const x = padding + at * cell.width;
      at += stringWidth(piece);
      if (piece.trim() === '') return '';
      const length = (stringWidth(piece) * cell.width).toFixed(1);
      const fit = stringWidth(piece) > 1 ? ` textLength="${length}" lengthAdjust="spacingAndGlyphs"` : '';
      return `<text x="${x.toFixed(1)}" y="${y}" fill="${color}"${bold ? ' font-weight="700"' : ''}${fit}>${escaped(piece)}</text>`;
    })
    .join('');
}

function svgOf(output: string): string {
  const lines = output.trim().split('\n');
  const width = Math.round(columns * cell.width + 2 * padding);
  const top = 44;
  const height = top + lines.length * cell.height + padding;
  const buttons = ['#ff5f57', '#febc2e', '#28c840']
    .map((color, index) => `<circle cx="${22 + index * 20}" cy="20" r="6" fill="${color}"/>`)
    .join('');
  const text = lines
    .map((line, row) =>
      runsOf(line)
        .map((run) => drawn(run, top + (row + 1) * cell.height - 5))
        .join(''),
    )
    .join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="apipatrol demo in a terminal" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'Noto Sans Mono CJK SC','Noto Sans CJK SC',monospace" font-size="14" xml:space="preserve">
<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>${buttons}
${text}
</svg>
`;
}

const output = (await recorded()).replaceAll(/\/tmp\/apipatrol-demo-\w+\//g, '');
await writeFile(new URL('demo.svg', import.meta.url), svgOf(output));
