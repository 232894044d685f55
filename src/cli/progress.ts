import { Presets, SingleBar } from 'cli-progress';
import { systemClock } from '../lib/time/clock.ts';
import type { TransferProgress } from '../store/transfer/report.ts';
import type { Terminal } from './output.ts';

/** So often where nobody sees a bar. */
const saidEveryMs = 5000;

interface Progress {
  readonly tell: (at: TransferProgress) => void;
  readonly end: () => void;
}

/** How far a migration has come, on stderr: a bar for whoever looks on, else a line now and then. */
export function progressOf(terminal: Terminal, { json }: { readonly json?: boolean }): Progress {
  return terminal.interactive && json !== true ? bars(terminal) : lines(terminal);
}

function bars({ say }: Terminal): Progress {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage} % {what}',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let shown = '';
  return {
    tell({ doing, table, rows, of }) {
      const what = say(`store.${doing}`, { table, rows, of });
      const one = `${doing} ${table}`;
      if (one !== shown) bar.start(of, 0, { what });
      shown = one;
      bar.update(rows, { what });
    },
    end: () => bar.stop(),
  };
}

function lines({ err, say }: Terminal): Progress {
  let saidAt = systemClock.monotonic();
  return {
    tell({ doing, table, rows, of }) {
      const now = systemClock.monotonic();
      if (now - saidAt < saidEveryMs) return;
      saidAt = now;
      err(say(`store.${doing}`, { table, rows, of }));
    },
    end: () => undefined,
  };
}
