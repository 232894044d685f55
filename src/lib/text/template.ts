import type * as liquidjs from 'liquidjs';
import { messageOf } from '../errors.ts';
import { lazy } from '../lazy.ts';
import { type Straight, straightened } from './straight-template.ts';

/** A text filled with values. Throws when it fails. */
export interface TextTemplate {
  /** What it asks for, as the way to it (`['header', 'x-id']`), each once; `undefined` stands for one that is computed. */
  readonly names: readonly (readonly string[] | undefined)[];
  /** Filters behind what is put out, and how many arguments each is given. */
  readonly filters: readonly { readonly name: string; readonly arguments: number }[];
  render(values: object): string;
  /** The same for values that are texts, by the order of `names`, where the template is simple enough; many times faster. */
  readonly straight: Straight | undefined;
}

export interface TemplateOptions {
  /** Beside those of Liquid: turns a text into another one; `argument` is what stands after the colon, joined by commas. */
  readonly filters?: Readonly<Record<string, (text: string, argument: string) => string>>;
  /** Of each value that is put out. */
  readonly encode?: (text: string) => string;
  /** A value that is not there is an error and no empty text. */
  readonly strict?: boolean;
}

/** A template is a few lines; what takes more or grows larger is a mistake. Counted, so that no slow machine has less. */
const limits = { parseLimit: 20_000, memoryLimit: 2_000_000 };
/** Texts, values and tags that are rendered, each time that a loop comes to them. */
const mostSteps = 100_000;

// Loaded when somebody has a template: it would cost every start.
const library = lazy((require) => require('liquidjs') as typeof liquidjs);

/**
 * The one language of templates, Liquid. A template sees the values that it is given and nothing else: no files, no
 * functions, no prototypes. The function throws when the text is no template.
 */
export function createTemplates({
  filters = {},
  encode,
  strict = false,
}: TemplateOptions): (text: string) => TextTemplate {
  const liquid = library();
  const { Context, Liquid, Output } = liquid;
  const engine = new Liquid({
    ...limits,
    templates: {},
    strictFilters: true,
    strictVariables: strict,
    ownPropertyOnly: true,
    ...(encode === undefined ? {} : { outputEscape: (value: unknown) => encode(String(value)) }),
  });
  for (const [name, filter] of Object.entries(filters))
    engine.registerFilter(name, (value: unknown, ...given: readonly unknown[]) =>
      filter(String(value), given.map(String).join(',')),
    );
  return (text) => {
    const parsed = engine.parse(text);
    const put = parsed.flatMap((part) => (part instanceof Output ? part.value.filters : []));
    const names = engine.globalVariableSegmentsSync(parsed).map(fixedName);
    return {
      names,
      straight: straightened(parsed, names, { library: liquid, engine, filters, encode }),
      filters: put.map(({ name, args }) => ({ name, arguments: args.length })),
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
  };
}

function fixedName(segments: readonly unknown[]): readonly string[] | undefined {
  return segments.every((one) => typeof one === 'string') ? segments : undefined;
}

const ofMessages = lazy(() => createTemplates({}));

/** Makes a template of a message. Throws when the text is none. */
export function compileTemplate(text: string): TextTemplate {
  return ofMessages()(text);
}

/** What is wrong with the template of a message, for whoever wrote it; `undefined` when it can be used. */
export function templateProblem(text: string): string | undefined {
  try {
    compileTemplate(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
