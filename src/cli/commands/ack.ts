import { systemClock, wallTime } from '../../lib/time/clock.ts';
import {
  acknowledgeIncident,
  commentIncident,
  type IncidentDetail,
  unacknowledgeIncident,
} from '../../server/api/incidents.ts';
import type { Api } from '../api/client.ts';
import { withApi } from '../api/with-api.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  durationOption,
  examples,
  jsonOption,
} from '../command.ts';
import { exitCode, printJson } from '../output.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

interface AckFlags extends Flags {
  readonly for: number;
  readonly note?: string;
  readonly undo?: boolean;
}

export const ackCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  program
    .command('ack')
    .description(say('help.ack.does'))
    .argument('<id>', say('option.incidentId'))
    .addOption(durationOption(context, '--for <duration>', say('option.duration')).default(86_400_000, '24h'))
    .option('--note <text>', say('help.ack.note'))
    .option('--undo', say('help.ack.undo'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, "ack A7F3 --for 4h --note 'rolling back'")}`)
    .action(async (id: string, flags: AckFlags) => {
      const params = { id: plain(id) };
      const { note, undo } = flags;
      const body = { forMs: flags.for, note };
      const act = (api: Api): Promise<IncidentDetail> =>
        undo === true
          ? api.call(unacknowledgeIncident, { params })
          : api.call(acknowledgeIncident, { params, body });
      const done = (shown: string, timeZone: string): string =>
        undo === true
          ? say('ack.undone', { id: shown })
          : say('ack.done', { id: shown, time: wallTime(timeZone)(systemClock.now() + flags.for) });
      context.finish(await onIncident(context, flags, act, done));
    });
};

export const commentCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  program
    .command('comment')
    .description(say('help.comment.does'))
    .argument('<id>', say('option.incidentId'))
    .argument('<text>', say('help.comment.text'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, "comment A7F3 'caused by the release at noon'")}`)
    .action(async (id: string, text: string, flags: Flags) => {
      const act = (api: Api): Promise<IncidentDetail> =>
        api.call(commentIncident, { params: { id: plain(id) }, body: { text } });
      context.finish(await onIncident(context, flags, act, (shown) => say('comment.done', { id: shown })));
    });
};

function onIncident(
  context: CliContext,
  flags: Flags,
  act: (api: Api) => Promise<IncidentDetail>,
  done: (id: string, timeZone: string) => string,
): Promise<number> {
  return withApi(context, flags, async (api, { timeZone }) => {
    const { id } = await act(api);
    if (flags.json === true) printJson(context.terminal, { ok: true });
    else context.terminal.out(done(id, timeZone));
    return exitCode.pass;
  });
}

/** As it is stored; people copy the `#` with it. */
function plain(id: string): string {
  return id.replace(/^#/, '').toUpperCase();
}
