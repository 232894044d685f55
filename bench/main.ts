import type { Figure } from './figure.ts';
import { recordSection } from './results.ts';

interface Bench {
  readonly name: string;
  readonly about: string;
  run(): Promise<readonly Figure[]>;
}

/** Every benchmark; the figures of one run of one name belong together. */
const benches: readonly Bench[] = [
  {
    name: 'check',
    about: 'The check engine beside bare undici doing the same paced requests, over kept-alive connections.',
    run: async () => (await import('./check.ts')).benchCheck(),
  },
  {
    name: 'peers',
    about: 'The same interface called 200 times a second by us and by other tools, where they are installed.',
    run: async () => (await import('./peers.ts')).benchPeers(),
  },
  {
    name: 'soak',
    about: 'Two hundred thousand checks in one process: memory and handles must not grow.',
    run: async () => (await import('./check.ts')).soak(),
  },
  {
    name: 'large',
    about:
      'The built daemon with 100,000 operations of 200 services, each with a host of its own, in the embedded database.',
    run: async () => (await import('./large.ts')).benchLarge(),
  },
  {
    name: 'sizes',
    about: 'The same with 10,000 operations of 20 services, and with all of these behind one gateway.',
    run: async () => (await import('./large.ts')).benchSizes(),
  },
  {
    name: 'huge',
    about: 'The same with 300,000 operations of 600 services.',
    run: async () => (await import('./large.ts')).benchHuge(),
  },
  {
    name: 'store',
    about: 'Half a day of 10,000 checks, one in a hundred failing, in the embedded database.',
    run: async () => (await import('./store.ts')).benchStore(),
  },
  {
    name: 'history',
    about:
      'What is asked of weeks of results in the embedded database: 20 services, each with its own cycles.',
    run: async () => (await import('./store.ts')).benchHistory(),
  },
  {
    name: 'postgres',
    about:
      'The same in a PostgreSQL database on this machine (or TEST_DATABASE_URL): a week of 20 services, each with its own cycles.',
    run: async () => (await import('./postgres.ts')).benchPostgres(),
  },
  {
    name: 'idle',
    about:
      'The built server on PostgreSQL and a worker at each of two locations, for a minute in which nothing is due.',
    run: async () => (await import('./idle.ts')).benchIdle(),
  },
  {
    name: 'auth',
    about: 'What putting a token on a request costs a check, for schemes of every kind.',
    run: async () => (await import('./auth.ts')).benchAuth(),
  },
  {
    name: 'scan',
    about: 'The scanner beside a bare parse of the same documents.',
    run: async () => (await import('./scan.ts')).benchScan(),
  },
  {
    name: 'faults',
    about:
      'Simulated weeks of 1,000 operations: nothing but noise (1 % slow, 0.1 % errors), then faults of every kind.',
    run: async () => (await import('./faults.ts')).benchFaults(),
  },
  {
    name: 'notify',
    about:
      'A thousand incidents from their transitions to the bytes of a WeCom message, through the embedded database.',
    run: async () => (await import('./notify.ts')).benchNotify(),
  },
  {
    name: 'hostile',
    about:
      'The built daemon while all services but one turn hostile at once, in documents and in answers; time that the thread itself computed.',
    run: async () => (await import('./hostile.ts')).benchHostile(),
  },
  {
    name: 'false-alarms',
    about:
      'Answers that are right by construction: Prism over real documents, static and dynamic; Ajv says where it is not.',
    run: async () => (await import('./false-alarms.ts')).benchFalseAlarms(),
  },
  {
    name: 'web',
    about:
      'The page in Chromium and the HTTP API, over 10,000 operations of 20 services, a million results of one day and the hourly sums of 30.',
    run: async () => (await import('./web.ts')).benchWeb(),
  },
  {
    name: 'start',
    about: 'The built command as a process, and the grid on which cycles start.',
    run: async () => (await import('./start.ts')).benchStart(),
  },
];

async function main(names: readonly string[]): Promise<void> {
  const write = names.includes('--write');
  const chosen = names.filter((name) => name !== '--write');
  const unknown = chosen.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    console.error(`no benchmark "${unknown}"; there are ${benches.map(({ name }) => name).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  for (const bench of benches.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
    console.log(`\n${bench.name}: ${bench.about}`);
    const figures = await bench.run();
    for (const row of figures.map(cells)) console.log(`  ${row.join('  ')}`);
    if (write) await record(bench, figures);
  }
}

function cells({ name, value, unit, aim }: Figure): readonly string[] {
  const shown = `${round(value)} ${unit}`.trim();
  if (aim === undefined) return [name, shown, ''];
  return [name, shown, `${value <= aim ? '✓' : '✗'} aim ≤ ${aim}`];
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}

function record({ name, about }: Bench, figures: readonly Figure[]): Promise<void> {
  const lines = [
    '| figure | measured | aim |',
    '|---|---|---|',
    ...figures.map((figure) => `| ${cells(figure).join(' | ')} |`),
  ];
  return recordSection({ name, about, command: `npm run bench -- ${name}`, lines });
}

await main(process.argv.slice(2));
