import { Option } from 'commander';
import { pc } from '../paint.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { wallTime } from '../../lib/time/wall-time.ts';
import { type CauseLevel, causeLevels } from '../../model/cause.ts';
import type { IncidentMatcher, Silence } from '../../model/silence.ts';
import { createSilence, endSilence } from '../../server/api/incidents.ts';
import { withApi } from '../api/with-api.ts';
import { type AddCommand, type CliContext, configOption, durationArgument, jsonOption } from '../command.ts';
import { exitCode, printJson, table } from '../output.ts';
import { withStore } from '../stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

interface AddFlags extends Flags {
  readonly for: number;
  readonly reason: string;
  readonly incident?: string;
  readonly service?: readonly string[];
  readonly tag?: readonly string[];
  readonly cause?: readonly CauseLevel[];
  readonly subject?: string;
}

export const silenceCommand: AddCommand = (program, context) => {
  const silence = program
    .command('silence')
    .description('Silence matching incidents for a while; checks keep running');
  for (const add of [addCommand, listCommand, endCommand]) add(silence, context);
};

const addCommand: AddCommand = (silence, context) => {
  silence
    .command('add')
    .description('Add a silence; an incident has to match every option given')
    .requiredOption('--for <duration>', 'Duration: 2h, 3d', durationArgument)
    .requiredOption('--reason <text>', 'Reason, shown wherever the silence applies')
    .option('--incident <id>', 'This incident: A7F3')
    .option('--service <name...>', 'Incidents of these services')
    .option('--tag <tag...>', 'Incidents of operations with one of these tags')
    .addOption(
      new Option('--cause <level...>', 'Incidents with one of these cause levels').choices(causeLevels),
    )
    .option('--subject <pattern>', "Subject, * for any text: 'GET /orders*'")
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ apipatrol silence add --for 2h --service orders --reason 'release 2.4'
  $ apipatrol silence add --for 1d --incident A7F3 --reason 'known, ticket 123'`,
    )
    .action(async (flags: AddFlags) => context.finish(await begin(context, flags)));
};

async function begin(context: CliContext, flags: AddFlags): Promise<number> {
  const matcher = matcherOf(flags);
  const { terminal } = context;
  if (Object.keys(matcher).length === 0) {
    terminal.err(
      "what is to be silent?\n  → Give --incident, --service, --tag, --cause or --subject; --subject '*' is everything.",
    );
    return exitCode.cannotRun;
  }
  return withApi(context, flags, async (api, { timeZone }) => {
    const body = { matcher, forMs: flags.for, reason: flags.reason };
    const { incidents, operations, ...silence } = await api.call(createSilence, { body });
    if (flags.json === true)
      printJson(terminal, { silence, incidents: incidents.map(({ id }) => id), operations });
    else {
      terminal.out(`silence ${silence.id} until ${wallTime(timeZone)(silence.until)}`);
      for (const { id, label } of incidents) terminal.out(`  fits #${id} ${label}`);
      if (incidents.length === 0) terminal.out(pc.dim('  nothing that is open now fits'));
    }
    // It may be meant for something that is not there yet, or for a host or a credential: whoever mistyped it has to hear of it.
    if (incidents.length === 0 && operations === 0)
      terminal.err(
        `warning: no operation that has been called fits ${matcherText(matcher)}, nor anything that is open\n  → If that is a mistake: apipatrol silence end ${silence.id}`,
      );
    return exitCode.pass;
  });
}

function matcherOf({ incident, service, tag, cause, subject }: AddFlags) {
  return {
    ...(incident === undefined ? {} : { incident: incident.replace(/^#/, '').toUpperCase() }),
    ...(service === undefined ? {} : { services: [...service] }),
    ...(tag === undefined ? {} : { tags: [...tag] }),
    ...(cause === undefined ? {} : { levels: [...cause] }),
    ...(subject === undefined ? {} : { subject }),
  };
}

const listCommand: AddCommand = (silence, context) => {
  silence
    .command('list')
    .description('List active silences')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ apipatrol silence list')
    .action(async (flags: Flags) => {
      const code = await withStore(context, flags, async ({ desk }) => {
        const now = systemClock.now();
        const silences = await desk.silences(now);
        if (flags.json === true) printJson(context.terminal, { silences });
        else if (silences.length === 0) context.terminal.out('nothing is silenced');
        else
          context.terminal.out(
            table(
              ['id', 'what', 'for another', 'by', 'reason'],
              silences.map((one) => row(one, now)),
            ),
          );
        return exitCode.pass;
      });
      context.finish(code);
    });
};

function row({ id, matcher, until, by, reason }: Silence, now: number): readonly string[] {
  const left = formatDuration(Math.max(1000, Math.round((until - now) / 1000) * 1000));
  return [String(id), matcherText(matcher), left, by, reason];
}

/** `service orders, users; subject GET /orders*` */
export function matcherText({ incident, services, tags, levels, subject }: IncidentMatcher): string {
  const parts = { incident, service: services, tag: tags, cause: levels, subject };
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${[value].flat().join(', ')}`]))
    .join('; ');
}

const endCommand: AddCommand = (silence, context) => {
  silence
    .command('end')
    .description('End a silence early; incidents it suppressed that are still open are announced')
    .argument('<id>', 'Silence number from `silence list`')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ apipatrol silence end 3')
    .action(async (id: string, flags: Flags) => {
      const code = await withApi(context, flags, async (api) => {
        await api.call(endSilence, { params: { id: id.replace(/^#/, '') } });
        if (flags.json === true) printJson(context.terminal, { ended: true });
        else context.terminal.out(`silence ${id} has ended`);
        return exitCode.pass;
      });
      context.finish(code);
    });
};
