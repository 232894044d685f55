import { messageOf } from '../errors.ts';

/** A text filled with values. Throws when it fails. */
export interface TextTemplate {
  render(values: object): string;
}

/** A template is a few lines; what takes more or grows larger is a mistake. Counted, so that no slow machine has less. */
const limits = { parseLimit: 20_000, memoryLimit: 2_000_000 };
/** Texts, values and tags that are rendered, each time that a loop comes to them. */
const mostSteps = 100_000;

/**
 * Makes a template of Liquid text. It sees the values that it is given and nothing else: no files, no functions,
 * no prototypes. Rejects when the text is no template.
 */
export async function compileTemplate(text: string): Promise<TextTemplate> {
  // Loaded when somebody has a template: it would cost every start.
  const { Context, Liquid } = await import('liquidjs');
  const engine = new Liquid({ ...limits, templates: {}, strictFilters: true, ownPropertyOnly: true });
  const parsed = engine.parse(text);
  return {
    render(values) {
      const context = new Context(values, engine.options, { sync: true }, { liquid: engine });
      let steps = 0;
      // The engine asks before each of its steps whether time is left.
      context.renderLimit.check = () => {
        if (++steps > mostSteps) throw new Error(`more than ${mostSteps} steps: it loops too often`);
      };
      return String(engine.renderSync(parsed, context));
    },
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
