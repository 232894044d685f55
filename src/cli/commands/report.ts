import path from 'node:path';
import { type Command, Option } from 'commander';
import { reportHtml } from '../../incidents/report/html.ts';
import type { PeriodReport } from '../../incidents/report/period-report.ts';
import { reportCsv, reportMarkdown, reportText } from '../../incidents/report/text.ts';
import { gatherReport } from '../../app/gather-report.ts';
import { systemClock } from '../../lib/time/clock.ts';
import type { Language } from '../../model/settings.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  durationOption,
  examples,
  jsonOption,
} from '../command.ts';
import { exitCode, table, jsonText } from '../output.ts';
import { writeText } from '../written.ts';
import { withStore } from '../stored.ts';

const forms = ['text', 'html', 'markdown', 'json', 'csv'] as const;
type Form = (typeof forms)[number];

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly since: number;
  readonly format?: Form;
  readonly output?: string;
  /** As asked for by the option that every command has. */
  readonly language?: Language;
}

export const reportCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  program
    .command('report')
    .description(say('help.report.does'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addOption(durationOption(context, '--since <duration>', say('option.since')).default(86_400_000, '24h'))
    .addOption(new Option('--format <form>', say('help.report.format')).choices(forms))
    .option('-o, --output <file>', say('option.outputFile'))
    .addHelpText(
      'after',
      `
${say('help.report.more')}

${examples(context, 'report --since 7d -o week.html', 'report --since 30d --format csv -o operations.csv')}`,
    )
    .action(async (_flags: Flags, command: Command) =>
      context.finish(await report(context, command.optsWithGlobals<Flags>())),
    );
};

async function report(context: CliContext, flags: Flags): Promise<number> {
  const { out, err, say } = context.terminal;
  const form = formOf(flags);
  if (form === undefined) {
    err(say('report.unknownEnding', { file: flags.output ?? '', endings: Object.keys(formOfExtension) }));
    return exitCode.cannotRun;
  }
  return withStore(context, flags, async (store, settings) => {
    const to = systemClock.now();
    const found = await gatherReport(store, { from: to - flags.since, to }, settings.timeZone);
    const language = flags.language ?? settings.language;
    const text = inForm(found, form, language);
    if (flags.output === undefined) {
      out(text.trimEnd());
      return exitCode.pass;
    }
    await writeText(context.cwd, flags.output, text.endsWith('\n') ? text : `${text}\n`);
    out(say('report.written', { file: flags.output }));
    return exitCode.pass;
  });
}

const formOfExtension: Readonly<Record<string, Form>> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.json': 'json',
  '.csv': 'csv',
  '.txt': 'text',
};

/** `undefined`: the name of the file promises what is not written. */
function formOf({ json, format, output = '' }: Flags): Form | undefined {
  if (json === true) return 'json';
  const ending = path.extname(output).toLowerCase();
  return format ?? (ending === '' ? 'text' : formOfExtension[ending]);
}

function inForm(report: PeriodReport, form: Form, language: Language): string {
  switch (form) {
    case 'text':
      return reportText(report, language, table);
    case 'html':
      return reportHtml(report, language);
    case 'markdown':
      return reportMarkdown(report, language);
    case 'json':
      return `${jsonText(report, language)}\n`;
    case 'csv':
      // Spreadsheets take a file for UTF-8 only with this in front.
      return `\uFEFF${reportCsv(report)}`;
  }
}
