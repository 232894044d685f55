import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { recordSection } from '../results.ts';
import { workshop } from './npm.ts';
import type { FieldServer } from './server.ts';
import { alertmanager } from './servers/alertmanager.ts';
import { directus } from './servers/directus.ts';
import { etherpad } from './servers/etherpad.ts';
import { homebridge } from './servers/homebridge.ts';
import { jupyter } from './servers/jupyter.ts';
import { loopback } from './servers/loopback.ts';
import { netdata } from './servers/netdata.ts';
import { powerdns } from './servers/powerdns.ts';
import { signalk } from './servers/signalk.ts';
import { unleash } from './servers/unleash.ts';
import { table, totals } from './table.ts';
import { type Tried, tryServer } from './trial.ts';

const servers: readonly FieldServer[] = [
  powerdns,
  alertmanager,
  netdata,
  jupyter,
  signalk,
  loopback,
  etherpad,
  directus,
  unleash,
  homebridge,
];

/** Names of servers choose them; `--write` puts the table into `bench/RESULTS.md`. */
async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => arg !== '--write');
  const chosen = servers.filter(({ name }) => names.length === 0 || names.includes(name));
  const tried: Tried[] = [];
  for (const server of chosen) {
    console.log(`\n${server.name}`);
    try {
      const one = await tryServer(server);
      tried.push(one);
      for (const line of findings(one)) console.log(`  ${line}`);
    } catch (error) {
      console.log(`  skipped: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await mkdir(workshop, { recursive: true });
  const details = path.join(workshop, 'field.json');
  await writeFile(details, JSON.stringify(tried, undefined, 1));
  const section = [...table(tried), '', ...totals(tried)];
  console.log(`\n${section.join('\n')}\n\nEverything that was judged: ${details}`);
  if (args.includes('--write'))
    await recordSection({
      name: 'field',
      about:
        'Servers that others wrote, with the documents that come with them, on the first day and without tuning: `apipatrol check`, then four cycles of the daemon. Truth: Ajv over the document, and a record of every request.',
      command: 'npm run field',
      lines: section,
    });
}

/** What was not right, a line each. */
function findings({ judged, sideEffects, patrol }: Tried): readonly string[] {
  const one = (what: string, { operation, url, status, said, truth }: Tried['judged'][number]): string =>
    `${what}: ${operation} → ${status} (${url}): "${said}"; truth: ${truth.kind}, ${truth.why}${truth.ourValue ? ', a value of ours' : ''}`;
  return [
    ...judged.filter(({ isFalseFail }) => isFalseFail).map((item) => one('false fail', item)),
    ...judged.filter(({ isMissed }) => isMissed).map((item) => one('missed', item)),
    ...judged
      .filter(({ setUp }) => setUp?.isRight === false)
      .map(
        (item) => `${one('wrong advice', item)}; advice: ${item.setUp?.kind ?? ''}, ${item.setUp?.why ?? ''}`,
      ),
    ...judged
      .filter(({ verdict, setUp }) => verdict === 'unknown' && setUp === undefined)
      .map((item) => one('no advice', item)),
    ...sideEffects.map((effect) => `side effect: ${effect}`),
    ...patrol.falseAlarms.map(({ label, reason }) => `false alarm: ${label}: ${reason.message}`),
  ];
}

await main(process.argv.slice(2));
