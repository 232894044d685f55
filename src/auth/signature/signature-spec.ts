import { z } from 'zod';
import { compileTemplate, type CredentialTemplate } from '../template/template.ts';

/** What a user writes: the steps that put a signature on a request, in their order. */
const put = z.strictObject({
  in: z.enum(['header', 'query', 'body']).describe('Where; `body` is a field of a form or of a JSON object.'),
  name: z.string().min(1).describe('Name of the header, parameter or field.'),
  value: z.string().describe('Its value, with `{{ … }}`.'),
  unlessPresent: z.boolean().default(false).describe('Leave it alone when the request has it.'),
});

const join = z.strictObject({
  as: z.string().min(1).describe('Name of the result.'),
  from: z
    .array(z.enum(['query', 'form', 'json', 'headers']))
    .min(1)
    .describe('What is collected.'),
  only: z
    .array(z.string())
    .optional()
    .describe('Names that are taken, `x-ca-*` for a beginning. Default: all.'),
  drop: z.array(z.string()).default([]).describe('Names that are left out, as under `only`.'),
  sort: z.boolean().default(true).describe('Sort by name in the order of ASCII.'),
  pair: z.string().default('{{name}}={{value}}').describe('How one of them is written.'),
  empty: z
    .enum(['keep', 'drop', 'name'])
    .default('keep')
    .describe('One without a value is kept, dropped, or stands with its name alone.'),
  by: z.string().default('&').describe('What stands between them.'),
});

const step = z
  .strictObject({
    set: z.record(z.string(), z.string()).optional().describe('Values by name, with `{{ … }}`.'),
    put: put.optional().describe('Put something on the request.'),
    join: join.optional().describe('Collect parameters or headers into one text.'),
  })
  .refine((one) => Object.values(one).filter((value) => value !== undefined).length === 1, {
    message: 'must be exactly one of `set`, `put` and `join`',
  });

export const signatureSpec = z.array(step).min(1);
export type WrittenSignatureSpec = z.input<typeof signatureSpec>;

export type SignStep =
  | { readonly kind: 'set'; readonly name: string; readonly value: CredentialTemplate }
  | {
      readonly kind: 'put';
      readonly in: 'header' | 'query' | 'body';
      readonly name: string;
      readonly value: CredentialTemplate;
      readonly unlessPresent: boolean;
    }
  | ({ readonly kind: 'join'; readonly pair: CredentialTemplate } & Omit<z.output<typeof join>, 'pair'>);

/** Values that a template may use without defining them; `header.name` and `query.name` besides. */
export const requestValues = ['now', 'uuid', 'method', 'host', 'path', 'queryString', 'url', 'body'] as const;

/** Compiles a recipe; the texts are what is wrong with it. `known` are the names of the credential's own values. */
export function compileSignatureSpec(
  written: z.output<typeof signatureSpec>,
  known: readonly string[],
): { readonly steps: readonly SignStep[]; readonly problems: readonly string[] } {
  const names = new Set<string>([...requestValues, ...known]);
  const problems: string[] = [];
  const template = (text: string, extra: readonly string[] = []): CredentialTemplate => {
    const compiled = compileTemplate(text);
    if (!compiled.ok) {
      problems.push(compiled.message);
      return { text, names: [], render: () => '' };
    }
    const unknown = compiled.template.names.filter(
      (name) => !names.has(name) && !extra.includes(name) && !/^(?:header|query)\./.test(name),
    );
    problems.push(
      ...unknown.map((name) => `there is no value "${name}"; known here are ${[...names].join(', ')}`),
    );
    return compiled.template;
  };
  const steps = written.flatMap(({ set = {}, put, join }): readonly SignStep[] => {
    if (put !== undefined) return [{ kind: 'put', ...put, value: template(put.value) }];
    if (join !== undefined) {
      const pair = template(join.pair, ['name', 'value']);
      names.add(join.as);
      return [{ kind: 'join', ...join, pair }];
    }
    return Object.entries(set).map(([name, text]) => {
      const value = template(text);
      names.add(name);
      return { kind: 'set', name, value };
    });
  });
  return { steps, problems };
}
