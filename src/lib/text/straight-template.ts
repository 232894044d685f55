import type * as liquidjs from 'liquidjs';

/** Fills texts in for names, in the order of `names`; `undefined`: only the engine can. */
export type Straight = (values: readonly string[]) => string | undefined;

type Library = Pick<typeof liquidjs, 'Context' | 'Output' | 'TypeGuards'>;
type Plain = string | number | boolean | null | undefined;
interface Steps {
  readonly values: readonly string[];
  /** For filters of the engine, when there is one. */
  context: liquidjs.Context | undefined;
}
/** `undefined` for what only the engine can work out. */
type Term = ((steps: Steps) => Plain) | undefined;

/** As the engine knows it, and what of it is ours. */
export interface Language {
  readonly library: Library;
  readonly engine: liquidjs.Liquid;
  readonly filters: Readonly<Record<string, (text: string, argument: string) => string>>;
  readonly encode: ((text: string) => string) | undefined;
}

class NotPlain extends Error {}

/**
 * The way of a template that has nothing but texts, names and filters, without the engine, which makes a step of its own
 * of each: signatures fill in a dozen of them for each request. `undefined` for every other template.
 */
export function straightened(
  parsed: readonly liquidjs.Template[],
  names: readonly (readonly string[] | undefined)[],
  language: Language,
): Straight | undefined {
  const indexes = new Map(names.map((path, index) => [path?.join('\0'), index]));
  const terms = parsed.map((part) => termOf(part, indexes, language));
  const all = terms.filter((term) => term !== undefined);
  if (all.length < terms.length) return undefined;
  return (values) => {
    const steps: Steps = { context: undefined, values };
    try {
      return all.reduce((text, term) => text + (term(steps) ?? ''), '');
    } catch (error) {
      if (error instanceof NotPlain) return undefined;
      throw error;
    }
  };
}

type Indexes = ReadonlyMap<string | undefined, number>;

function termOf(part: liquidjs.Template, indexes: Indexes, language: Language): Term {
  const { Output, TypeGuards } = language.library;
  const { token } = part;
  if (TypeGuards.isHTMLToken(token)) {
    const text = token.getContent();
    return () => text;
  }
  if (!(part instanceof Output)) return undefined;
  const { initial, filters } = part.value;
  const [first, ...others] = initial.postfix;
  if (others.length > 0) return undefined;
  const { encode } = language;
  // The engine puts it behind the others.
  const isEncoded = encode !== undefined && filters.at(-1)?.raw !== true;
  const own = isEncoded ? filters.slice(0, -1) : filters;
  const filled = own.reduce<Term>(
    (term, filter) => filteredBy(filter, term, indexes, language),
    valueOf(first, indexes, language),
  );
  if (filled === undefined || !isEncoded) return filled;
  return (steps) => encode(String(filled(steps)));
}

function valueOf(
  token: liquidjs.Token | undefined,
  indexes: Indexes,
  { library: { TypeGuards } }: Language,
): Term {
  if (TypeGuards.isQuotedToken(token) || TypeGuards.isNumberToken(token)) {
    const { content } = token;
    return () => content;
  }
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable !== undefined) return undefined;
  if (!token.props.every((one) => 'content' in one)) return undefined;
  const index = indexes.get(token.props.map(({ content }) => content).join('\0'));
  return index === undefined ? undefined : ({ values }) => values[index];
}

function filteredBy(filter: liquidjs.Filter, term: Term, indexes: Indexes, language: Language): Term {
  const given = filter.args.map((one) => (Array.isArray(one) ? undefined : valueOf(one, indexes, language)));
  const terms = given.filter((one) => one !== undefined);
  if (term === undefined || terms.length < given.length) return undefined;
  const own = language.filters[filter.name];
  if (own !== undefined)
    return (steps) => own(String(term(steps)), terms.map((one) => String(one(steps))).join(','));
  return ofEngine(filter.name, term, terms, language);
}

function ofEngine(
  name: string,
  term: NonNullable<Term>,
  given: readonly NonNullable<Term>[],
  { library: { Context }, engine }: Language,
): Term {
  const known = engine.filters[name];
  const handler = typeof known === 'function' ? known : known?.handler;
  if (handler === undefined || handler.constructor.name === 'GeneratorFunction') return undefined;
  return (steps) => {
    // What it counts is counted over all of the template.
    steps.context ??= new Context({}, engine.options, { sync: true }, { liquid: engine });
    const called = { context: steps.context, liquid: engine } as ThisParameterType<typeof handler>;
    const value: unknown = handler.apply(called, [term(steps), ...given.map((one) => one(steps))]);
    if (isPlain(value)) return value;
    throw new NotPlain();
  };
}

function isPlain(value: unknown): value is Plain {
  return value === null || value === undefined || ['string', 'number', 'boolean'].includes(typeof value);
}
