/** What can stand where on the command line. */
export interface Completed {
  readonly place: readonly string[];
  readonly description: string;
  /** Names of the commands below it. */
  readonly commands: readonly string[];
  readonly options: readonly {
    readonly flags: readonly string[];
    readonly description: string;
    readonly choices: readonly string[];
    readonly takesValue: boolean;
  }[];
  /** Of its first argument. */
  readonly choices: readonly string[];
}

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script for the shell; it needs nothing of this program when it runs. */
export function completionFor(shell: Shell, all: readonly Completed[]): string {
  if (shell === 'fish') return fish(all);
  return shell === 'bash' ? bash(all) : zsh(all);
}

const placeOf = ({ place }: Completed): string => place.map((word) => ` ${word}`).join('');
/** In single quotes, for all three. */
const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`'\''`)}'`;

function wordsOf({ commands, choices, options }: Completed): string {
  return [...commands, ...choices, ...options.flatMap(({ flags }) => flags)].join(' ');
}

function branches(all: readonly Completed[], reply: (words: string) => string) {
  const places = all.filter(({ place }) => place.length > 0).map((one) => quoted(placeOf(one)));
  const values = all.flatMap((one) =>
    one.options.flatMap(({ flags, choices }) =>
      choices.length === 0
        ? []
        : [
            `    ${flags.map((flag) => quoted(`${placeOf(one)} ${flag}`)).join('|')}) ${reply(choices.join(' '))} ;;`,
          ],
    ),
  );
  const words = all.map((one) => `    ${quoted(placeOf(one))}) ${reply(wordsOf(one))} ;;`);
  return { places: places.join('|'), values: values.join('\n'), words: words.join('\n') };
}

function bash(all: readonly Completed[]): string {
  const { places, values, words } = branches(all, (found) => `words=${quoted(found)}`);
  return `# bash completion of apipatrol
_apipatrol() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at='' word words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in ${places}) at="$at $word" ;; esac
  done
  case "$at $prev" in
${values}
  esac
  [ -n "$words" ] || case "$at" in
${words}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur"))
}
complete -F _apipatrol apipatrol
`;
}

function zsh(all: readonly Completed[]): string {
  const { places, values, words } = branches(all, (found) => `found=(${found})`);
  return `#compdef apipatrol
_apipatrol() {
  local at='' word
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in ${places}) at="$at $word" ;; esac
  done
  case "$at \${words[CURRENT-1]}" in
${values}
  esac
  (( \${#found} )) || case "$at" in
${words}
  esac
  compadd -- "\${found[@]}"
  _files
}
compdef _apipatrol apipatrol
`;
}

function fish(all: readonly Completed[]): string {
  const lines = all.flatMap((one) => {
    const [first, ...below] = one.place;
    const here =
      first === undefined
        ? '__fish_use_subcommand'
        : [first, ...below].map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const condition = `-n ${quoted(here)}`;
    const commands = one.commands.map((name) => {
      const known = all.find(({ place }) => place.join(' ') === [...one.place, name].join(' '));
      return `complete -c apipatrol ${condition} -a ${name} -d ${quoted(known?.description ?? '')}`;
    });
    const choices =
      one.choices.length === 0
        ? []
        : [`complete -c apipatrol ${condition} -a ${quoted(one.choices.join(' '))}`];
    const options = one.options.map(({ flags, description, choices: values, takesValue }) => {
      const named = flags.map((flag) =>
        flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const value = values.length > 0 ? ` -x -a ${quoted(values.join(' '))}` : takesValue ? ' -r' : '';
      return `complete -c apipatrol ${condition} ${named.join(' ')}${value} -d ${quoted(description)}`;
    });
    return [...commands, ...choices, ...options];
  });
  return `# fish completion of apipatrol\n${lines.join('\n')}\n`;
}
