import { text as readAll } from 'node:stream/consumers';
import * as prompts from '@clack/prompts';
import { Option } from 'commander';
import { pc } from '../paint.ts';
import { hashPassword } from '../../server/access/password.ts';
import {
  type ChangedUser,
  changeUser,
  createUser,
  listUsers,
  removeUser,
  type Token,
} from '../../server/api/access.ts';
import { withApi } from '../api/with-api.ts';
import { type AddCommand, type CliContext, configOption, examples, jsonOption } from '../command.ts';
import { exitCode, printJson, table } from '../output.ts';

interface Flags {
  readonly config: string;
  readonly role: 'viewer' | 'operator' | 'admin';
  readonly service?: readonly string[];
  readonly json?: boolean;
  readonly keepTokens?: boolean;
}

const shortestPassword = 10;

export const userCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  const user = program.command('user').description(say('help.user.does'));
  user
    .command('add')
    .description(say('help.user.addDoes'))
    .argument('<name>', say('option.userName'))
    .addOption(configOption(context))
    .addOption(
      new Option('--role <role>', say('help.user.role'))
        .choices(['viewer', 'operator', 'admin'])
        .default('viewer'),
    )
    .option('--service <name...>', say('help.user.service'))
    .addHelpText('after', `\n${examples(context, 'user add zhangsan --role operator')}`)
    .action(async (name: string, flags: Flags) => context.finish(await add(context, name, flags)));
  user
    .command('remove')
    .description(say('help.user.removeDoes'))
    .argument('<name>', say('option.userName'))
    .option('--keep-tokens', say('help.user.keepTokens'))
    .addOption(configOption(context))
    .addHelpText('after', `\n${examples(context, 'user remove zhangsan')}`)
    .action(async (name: string, flags: Flags) => context.finish(await remove(context, name, flags)));
  user
    .command('list')
    .description(say('help.user.listDoes'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'user list')}`)
    .action(async (flags: Flags) => context.finish(await list(context, flags)));
  user
    .command('hash')
    .description(say('help.user.hashDoes'))
    .addHelpText('after', `\n${examples(context, 'user hash < password.txt')}`)
    .action(async () => {
      const password = await askPassword(context);
      if (password === undefined) return context.finish(exitCode.cannotRun);
      context.terminal.out(await hashPassword(password));
      context.finish(exitCode.pass);
    });
};

async function add(context: CliContext, name: string, flags: Flags): Promise<number> {
  return withApi(
    context,
    flags,
    async (api) => {
      const password = await askPassword(context);
      if (password === undefined) return exitCode.cannotRun;
      const { role, service } = flags;
      const services = service === undefined ? undefined : [...service];
      const isThere = (await api.call(listUsers)).items.some((user) => user.name === name);
      if (isThere) {
        const body = { password, role, services: services ?? null };
        sayTokens(context, name, await api.call(changeUser, { params: { name }, body }));
      } else
        await api.call(createUser, {
          body: { name, password, role, services },
        });
      const { say, out } = context.terminal;
      out(`${pc.green('✓')} ${say('user.maySignIn', { name, role: say(`role.${role}`) })}`);
      return exitCode.pass;
    },
    { create: true },
  );
}

async function remove(context: CliContext, name: string, flags: Flags): Promise<number> {
  return withApi(context, flags, async (api) => {
    const keepTokens = flags.keepTokens === true ? 'true' : 'false';
    const tokens = await api.call(removeUser, { params: { name }, query: { keepTokens } });
    const { say, out } = context.terminal;
    out(`${pc.green('✓')} ${say('user.maySignInNoMore', { name })}`);
    sayTokens(context, name, tokens);
    return exitCode.pass;
  });
}

/** What has become of tokens that somebody made who has lost a right. */
function sayTokens(
  { terminal }: CliContext,
  user: string,
  { revokedTokens, keptTokens }: Pick<ChangedUser, 'revokedTokens' | 'keptTokens'>,
): void {
  const { say, out } = terminal;
  const line = ({ name, role, scopes = [] }: Token): string => `${name} (${[role, ...scopes].join(' ')})`;
  for (const token of revokedTokens) out(`  ${say('user.tokenRevoked', { token: line(token), user })}`);
  for (const token of keptTokens)
    out(`  ${say('user.tokenKept', { token: line(token), user, id: token.id })}`);
}

async function list(context: CliContext, flags: Flags): Promise<number> {
  const { say, out } = context.terminal;
  return withApi(
    context,
    flags,
    async (api) => {
      const { items } = await api.call(listUsers);
      const users = items.map(({ name, role, from }) => ({ name, role, from }));
      if (flags.json === true) printJson(context.terminal, { users });
      else if (users.length === 0) out(say('user.nobody'));
      else {
        const rows = users.map(({ name, role, from }) => [
          name,
          say(`role.${role}`),
          say(`userFrom.${from}`),
        ]);
        out(table([say('head.name'), say('head.role'), say('head.from')], rows));
      }
      return exitCode.pass;
    },
    { create: true },
  );
}

/** From the terminal without showing it, else the first line of stdin; `undefined` after saying what is wrong. */
async function askPassword({ terminal }: CliContext): Promise<string | undefined> {
  const { say } = terminal;
  if (!terminal.interactive) {
    const [line = ''] = (await readAll(process.stdin)).split(/\r?\n/);
    if (line.length >= shortestPassword) return line;
    terminal.err(say('user.shortPassword', { n: shortestPassword }), say('user.firstLine'));
    return undefined;
  }
  const password = await prompts.password({
    message: say('user.password'),
    validate: (text) =>
      (text ?? '').length < shortestPassword ? say('user.atLeast', { n: shortestPassword }) : undefined,
  });
  return prompts.isCancel(password) ? undefined : password;
}
