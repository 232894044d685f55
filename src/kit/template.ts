import { messageOf } from './errors.ts';

/** A text filled with values. Throws when it fails. */
export interface Template {
  render(values: object): string;
}

/** A template is a few lines; what takes longer or grows larger is a mistake. */
const limits = { parseLimit: 20_000, renderLimit: 100, memoryLimit: 2_000_000 };

/**
 * Makes a template of Liquid text. It sees the values that it is given and nothing else: no files, no functions,
 * no prototypes. Rejects when the text is no template.
 */
export async function compileTemplate(text: string): Promise<Template> {
  // Loaded when somebody has a template: it would cost every start.
  const { Liquid } = await import('liquidjs');
  const engine = new Liquid({ ...limits, templates: {}, strictFilters: true, ownPropertyOnly: true });
  const parsed = engine.parse(text);
  return {
    render: (values) => String(engine.renderSync(parsed, values)),
  };
}

/** What is wrong with a template, for whoever wrote it; `undefined` when it can be used. */
export async function templateProblem(text: string): Promise<string | undefined> {
  try {
    await compileTemplate(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
