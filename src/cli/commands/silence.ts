import { reasonSentence, whoSentence } from '../../messages/audited.ts';
import { Option } from 'commander';
import { pc } from '../paint.ts';
import { systemClock, wallTime } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { type CauseLevel, causeLevels } from '../../model/cause.ts';
import type { IncidentMatcher, Silence } from '../../model/silence.ts';
import type { Api } from '../api/client.ts';
import { createSilence, endSilence, previewSilence } from '../../server/api/incidents.ts';
import { withApi } from '../api/with-api.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  durationArgument,
  examples,
  jsonOption,
} from '../command.ts';
import { exitCode, printJson, table, type Terminal } from '../output.ts';
import { withStore } from '../stored.ts';
import type { Words } from '../words.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

interface AddFlags extends Flags {
  readonly for?: number;
  readonly reason?: string;
  readonly incident?: string;
  readonly service?: readonly string[];
  readonly tag?: readonly string[];
  readonly cause?: readonly CauseLevel[];
  readonly subject?: string;
  readonly dryRun?: boolean;
}

export const silenceCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  const silence = program.command('silence').description(say('help.silence.does'));
  for (const add of [addCommand, listCommand, endCommand]) add(silence, context);
};

const addCommand: AddCommand = (silence, context) => {
  const { say } = context.terminal;
  silence
    .command('add')
    .description(say('help.silence.addDoes'))
    .option('--for <duration>', say('help.silence.for'), durationArgument(say))
    .option('--reason <text>', say('help.silence.reason'))
    .option('--dry-run', say('help.silence.dryRun'))
    .option('--incident <id>', say('help.silence.incident'))
    .option('--service <name...>', say('help.silence.service'))
    .option('--tag <tag...>', say('help.silence.tag'))
    .addOption(new Option('--cause <level...>', say('help.silence.cause')).choices(causeLevels))
    .option('--subject <pattern>', say('help.silence.subject'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText(
      'after',
      `\n${examples(
        context,
        "silence add --for 2h --service orders --reason 'release 2.4'",
        "silence add --dry-run --subject 'GET /orders*'",
        "silence add --for 1d --incident A7F3 --reason 'known, ticket 123'",
      )}`,
    )
    .action(async (flags: AddFlags) => context.finish(await begin(context, flags)));
};

async function begin(context: CliContext, flags: AddFlags): Promise<number> {
  const matcher = matcherOf(flags);
  const { terminal } = context;
  const { say, out, err } = terminal;
  if (Object.keys(matcher).length === 0) {
    err(say('silence.what'), say('silence.giveMatcher'));
    return exitCode.cannotRun;
  }
  if (flags.dryRun === true) return withApi(context, flags, (api) => preview(api, matcher, flags, terminal));
  const { for: forMs, reason } = flags;
  if (forMs === undefined || reason === undefined) {
    err(say('silence.needsForAndReason'), say('silence.orDryRun'));
    return exitCode.cannotRun;
  }
  return withApi(context, flags, async (api, { timeZone }) => {
    const body = { matcher, forMs, reason };
    const { incidents, operations, ...silence } = await api.call(createSilence, { body });
    if (flags.json === true)
      printJson(terminal, { silence, incidents: incidents.map(({ id }) => id), operations });
    else {
      out(say('silence.begun', { id: silence.id, time: wallTime(timeZone)(silence.until) }));
      for (const { id, label } of incidents) out(`  ${say('silence.fits', { id, label })}`);
      if (incidents.length === 0) out(pc.dim(`  ${say('silence.fitsNothing')}`));
    }
    // It may be meant for something that is not there yet, or for a host or a credential: whoever mistyped it has to hear of it.
    if (incidents.length === 0 && operations === 0)
      err(
        say('silence.fitsNobody', { what: matcherText(matcher, terminal) }),
        say('silence.ifMistake', { id: silence.id }),
      );
    return exitCode.pass;
  });
}

/** What a silence would cover, without beginning one. */
async function preview(
  api: Api,
  matcher: ReturnType<typeof matcherOf>,
  flags: AddFlags,
  terminal: Terminal,
): Promise<number> {
  const { out, say } = terminal;
  const { incidents, operations } = await api.call(previewSilence, { body: { matcher } });
  if (flags.json === true) printJson(terminal, { incidents, operations });
  else {
    for (const { id, label, services } of incidents)
      out(say('silence.fits', { id, label: `${services.join(', ')} ${label}` }));
    if (incidents.length === 0) out(pc.dim(say('silence.fitsNothing')));
    out(say('silence.wouldFit', { n: operations }));
  }
  return exitCode.pass;
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
  const { terminal } = context;
  const { say, out } = terminal;
  silence
    .command('list')
    .description(say('help.silence.listDoes'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'silence list')}`)
    .action(async (flags: Flags) => {
      const code = await withStore(context, flags, async ({ desk }) => {
        const now = systemClock.now();
        const silences = await desk.silences(now);
        if (flags.json === true) printJson(context.terminal, { silences });
        else if (silences.length === 0) out(say('silence.none'));
        else
          out(
            table(
              [say('head.id'), say('head.what'), say('head.forAnother'), say('head.by'), say('head.reason')],
              silences.map((one) => row(one, now, terminal)),
            ),
          );
        return exitCode.pass;
      });
      context.finish(code);
    });
};

function row({ id, matcher, until, by, reason }: Silence, now: number, words: Words): readonly string[] {
  const left = formatDuration(Math.max(1000, Math.round((until - now) / 1000) * 1000));
  return [
    String(id),
    matcherText(matcher, words),
    left,
    words.inWords(whoSentence(by)),
    words.inWords(reasonSentence(by, reason)),
  ];
}

/** `service orders, users; subject GET /orders*` */
export function matcherText(
  { incident, services, tags, levels, subject }: IncidentMatcher,
  { say }: Words,
): string {
  const parts = { incident, service: services, tag: tags, cause: levels, subject } as const;
  return (Object.keys(parts) as (keyof typeof parts)[])
    .flatMap((name) => {
      const value = parts[name];
      return value === undefined ? [] : [say(`matcher.${name}`, { what: [value].flat().join(', ') })];
    })
    .join('; ');
}

const endCommand: AddCommand = (silence, context) => {
  const { say, out } = context.terminal;
  silence
    .command('end')
    .description(say('help.silence.endDoes'))
    .argument('<id>', say('help.silence.id'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'silence end 3')}`)
    .action(async (id: string, flags: Flags) => {
      const code = await withApi(context, flags, async (api) => {
        await api.call(endSilence, { params: { id: id.replace(/^#/, '') } });
        if (flags.json === true) printJson(context.terminal, { ended: true });
        else out(say('silence.ended', { id }));
        return exitCode.pass;
      });
      context.finish(code);
    });
};
