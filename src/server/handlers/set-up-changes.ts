import { stringify } from 'yaml';
import type { ConfigEdit, ConfigEdits, RefusedEdit } from '../../config/edit/config-edits.ts';
import { lineDiff } from '../../config/edit/line-diff.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { SetUpGroup, SetUpItem } from '../../model/set-up.ts';
import { blank, operationLines } from '../../plan/config-snippets.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { configChange } from '../api/set-up.ts';
import { type HandlerContext, type Handlers, notFound } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { setUpsNow } from './set-up.ts';

type Change = DataOf<typeof configChange>;

/** Lines of the set-up list are written as they stand there: nobody sends configuration of his own. */
export const setUpChangeHandlers: Handlers<'changeSetUp' | 'undoSetUp'> = {
  async changeSetUp({ context, caller, language, body: { checkId, all, skip, values, variables, apply } }) {
    const edits = editsOf(context);
    const { group, item } = await found(checkId, context);
    const lines = skip ? skipLines(all ? group.items : [item]) : linesFor(group, item, all);
    if (lines === undefined) throw new HttpProblem(422, sentence('noLinesForThat'));
    const services = context.patrol.config.settings.services.map(({ name }) => name);
    const written = withGiven(filled(inLanguage(lines, language), values), variables);
    const edit = good(await edits.with(written, item.service, services));
    const at = context.clock.now();
    if (apply) {
      refuse(await edits.make(edit));
      await takeOver(edit, context);
      const subject = `${item.service} ${item.operation}`;
      await context.patrol.store.desk.note({ at, by: caller.name, action: 'configure', subject });
    }
    const secrets = Object.values(variables);
    const open = apply && secrets.length > 0 ? await edits.openness() : undefined;
    return { ...changeOf(edit, apply, at, context, secrets), ...(open === undefined ? {} : { open }) };
  },

  async undoSetUp({ context, caller }) {
    const at = context.clock.now();
    const edit = good(await editsOf(context).undo());
    await takeOver(edit, context);
    const entry = {
      at,
      by: caller.name,
      action: 'configure',
      subject: 'configuration',
      note: 'undo',
    } as const;
    await context.patrol.store.desk.note(entry);
    return changeOf(edit, true, at, context);
  },
};

/** Whoever has written something wants to see what comes of it. */
async function takeOver({ service }: ConfigEdit, { patrol }: HandlerContext): Promise<void> {
  await patrol.reload();
  patrol.runNow(service);
}

function editsOf({ patrol }: HandlerContext): ConfigEdits {
  const { edits, role } = patrol;
  if (edits !== undefined) return edits;
  if (role !== undefined)
    throw new HttpProblem(409, sentence('editedByLeaderAlone', { leader: role.leader ?? '—' }));
  throw new HttpProblem(409, sentence('editedByDaemonAlone'));
}

function good(edit: ConfigEdit | RefusedEdit): ConfigEdit {
  if ('refused' in edit) throw refusal(edit);
  return edit;
}

function refuse(refused: RefusedEdit | undefined): void {
  if (refused !== undefined) throw refusal(refused);
}

function refusal({ refused, hint }: RefusedEdit): HttpProblem {
  return new HttpProblem(409, refused, { hint });
}

function changeOf(
  { before, after }: ConfigEdit,
  applied: boolean,
  at: number,
  { configFile, redactor: wider }: HandlerContext,
  secrets: readonly string[] = [],
): Change {
  // What is only tried is known to nobody else.
  const redactor = new Redactor(wider);
  for (const secret of secrets) redactor.add(secret);
  const diff = lineDiff(before, after).map((line) => ({ ...line, text: redactor.scrub(line.text) }));
  return { file: configFile, diff, applied, at };
}

async function found(
  checkId: string,
  context: HandlerContext,
): Promise<{ readonly group: SetUpGroup; readonly item: SetUpItem }> {
  for (const { groups } of await setUpsNow(context)) {
    for (const group of groups) {
      const item = group.items.find((one) => one.checkId === checkId);
      if (item !== undefined) return { group, item };
    }
  }
  throw notFound(sentence('notInSetUp', { id: checkId }));
}

function linesFor(group: SetUpGroup, item: SetUpItem, all: boolean): Sentence | undefined {
  return all ? group.lines : (item.lines[0] ?? group.lines);
}

function skipLines(items: readonly SetUpItem[]): string | undefined {
  const [first] = items;
  if (first === undefined) return undefined;
  const [head, ...others] = items.map((item) => skipLine(item).split('\n'));
  // Under one head: `services: - name: … operations:`.
  return [...(head ?? []), ...others.flatMap((lines) => lines.slice(3))].join('\n');
}

function skipLine({ service, operation, lines }: SetUpItem): string {
  const match = lines
    .map((one) => /^ *- match: (.+)$/m.exec(inEnglish(one))?.[1])
    .find((one) => one !== undefined);
  const [method = '', path = ''] = operation.split(' ');
  const own = operationLines(service, { key: operation, method, path }, { skip: true });
  return match === undefined ? own : own.replace(/- match: .*/, () => `- match: ${match}`);
}

/** Each `…` is replaced by a value, as text or number; a reference would read what the server knows. */
function filled(lines: string, values: readonly string[]): string {
  const left = [...values];
  const done = lines.replaceAll(
    new RegExp(`(: )"?([^\\s"]*)${blank}([^\\s"]*)"?$`, 'gm'),
    (_, colon: string, before: string, after: string) => {
      const value = left.shift();
      if (value === undefined) throw new HttpProblem(422, sentence('valueMissing'));
      refuseReferences(value);
      const whole = value.startsWith(before) ? value : `${before}${value}`;
      return `${colon}${scalar(`${whole}${after}`)}`;
    },
  );
  if (done.includes(blank)) throw new HttpProblem(422, sentence('valueMissing'));
  return done;
}

/** What was given stands in place of the variables, as text whatever it looks like. */
function withGiven(lines: string, variables: Readonly<Record<string, string>>): string {
  return lines.replaceAll(
    /(: )"?([^\s"]*)\$\{env:(\w+)\}([^\s"]*)"?$/gm,
    (whole, colon: string, before: string, name: string, after: string) => {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value === undefined) return whole;
      refuseReferences(value);
      return `${colon}${text(`${before}${value}${after}`)}`;
    },
  );
}

function refuseReferences(value: string): void {
  if (value.includes('${') || value.includes('{{')) throw new HttpProblem(422, sentence('referencesByHand'));
}

function scalar(value: string): string {
  return /^-?(?:0|[1-9]\d{0,14})$/.test(value) ? value : text(value);
}

function text(value: string): string {
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(value)
    ? JSON.stringify(value)
    : stringify(value, { lineWidth: 0 }).trimEnd();
}
