import { type Command, Argument } from 'commander';
import { type AddCommand, examples } from '../command.ts';
import { completionFor, type Completed, shells, type Shell } from '../../lib/text/completion.ts';

export const completionCommand: AddCommand = (program, context) => {
  const { say, out } = context.terminal;
  program
    .command('completion')
    .description(say('help.completion.does'))
    .addArgument(new Argument('<shell>', say('help.completion.shell')).choices(shells))
    .addHelpText(
      'after',
      `\n${examples(
        context,
        'completion bash > /etc/bash_completion.d/apipatrol',
        'completion zsh > "${fpath[1]}/_apipatrol"',
        'completion fish > ~/.config/fish/completions/apipatrol.fish',
      )}`,
    )
    .action((shell: Shell) => out(completionFor(shell, completedOf(program, [])).trimEnd()));
};

/** A command and those below it, each with its place: `notify test` is `['notify', 'test']`. */
function completedOf(command: Command, place: readonly string[]): readonly Completed[] {
  const own: Completed = {
    place,
    description: command.description(),
    commands: command.commands.map((one) => one.name()),
    options: command.options.map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
      description: option.description,
      choices: option.argChoices ?? [],
      takesValue: option.required || option.optional,
    })),
    choices: command.registeredArguments[0]?.argChoices ?? [],
  };
  return [own, ...command.commands.flatMap((one) => completedOf(one, [...place, one.name()]))];
}
