import { sentence } from '../../messages/sentence.ts';
import { SaidError } from '../../messages/said-error.ts';
import { messageOf } from '../../lib/errors.ts';
import { lazy } from '../../lib/lazy.ts';
import { createTemplates, type TextTemplate } from '../../lib/text/template.ts';
import { nearest } from '../../lib/text/text.ts';
import { type Filter, filters, needsArgument } from './filters.ts';

/** A text of a sign-in or a signature with Liquid in it: `{{ password | md5 }}`. */
export interface CredentialTemplate {
  /** As written. */
  readonly text: string;
  /** Names that it asks for, in the order in which they appear; inner ones with dots: `header.x-id`. */
  readonly names: readonly string[];
  /** Throws a `SaidError` when a value is missing or a filter cannot work with it. */
  render(values: Values): string;
}

/** By a name of `names`. */
export type Values = (name: string) => string | undefined;

export type Compiled =
  | { readonly ok: true; readonly template: CredentialTemplate }
  | { readonly ok: false; readonly message: string };

const forText = lazy(() => createTemplates({ filters: guarded(), strict: true }));
const forUrl = lazy(() => createTemplates({ filters: guarded(), strict: true, encode: encodeURIComponent }));

/** Whether anything is to be filled in: passwords have single braces and halves of them in them. */
const marked = /\{\{.*?\}\}|\{%.*?%\}/s;
/** `{{ password md5 }}`: Liquid passes over what it does not expect, and the password would go out as it is. */
const withoutPipe = /\{\{-?\s*(?:'[^']*'|"[^"]*"|[^\s'"|{}]+)\s+(?!\||-?\}\}).*?\}\}/s;

/** @param place Where the text stands: each value that is filled into an address is encoded. */
export function compileTemplate(text: string, place: 'text' | 'url' = 'text'): Compiled {
  if (!marked.test(text)) return { ok: true, template: { text, names: [], render: () => text } };
  const message = problemIn(text);
  if (message !== undefined) return { ok: false, message };
  const template = (place === 'url' ? forUrl() : forText())(text);
  const paths = template.names.filter((path) => path !== undefined);
  return {
    ok: true,
    template: { text, names: paths.map(nameOf), render: (values) => render(template, paths, values) },
  };
}

/** Quotes what stands between braces and nothing else: around it may be a secret. */
function problemIn(text: string): string | undefined {
  for (const [one] of text.matchAll(/\{\{.*?\}\}/gs)) {
    const problem = problemOf(one);
    if (problem !== undefined) return `${one}: ${problem}`;
  }
  return problemOf(text) === undefined
    ? undefined
    : 'has a tag {% … %} that is not one of Liquid, or is not closed';
}

function problemOf(text: string): string | undefined {
  if (withoutPipe.test(text)) return 'expected a | behind the name, as in {{ password | md5 }}';
  try {
    const { filters: used, names } = forText()(text);
    const bare = used.find((one) => one.arguments === 0 && needsArgument.has(one.name));
    if (bare !== undefined) return `${bare.name} needs a value, as in ${bare.name}: key`;
    return names.includes(undefined) ? 'what stands in brackets must be a text' : undefined;
  } catch (error) {
    return complaint(messageOf(error));
  }
}

function nameOf(path: readonly string[]): string {
  return path.join('.');
}

function complaint(message: string): string {
  const filter = /^undefined filter: ([\w-]+)/.exec(message)?.[1];
  if (filter === undefined) return message;
  const near = nearest(filter, Object.keys(filters));
  return near === undefined
    ? `there is no filter "${filter}"; there are those of Liquid and ${Object.keys(filters).join(', ')}`
    : `there is no filter "${filter}"; did you mean ${near}?`;
}

function render(template: TextTemplate, names: readonly (readonly string[])[], values: Values): string {
  try {
    return template.render(scopeOf(names, values));
  } catch (error) {
    if (error instanceof SaidError) throw error;
    const { originalError } = error as { readonly originalError?: unknown };
    if (originalError instanceof SaidError) throw originalError;
    // The library's own message may quote a value.
    throw new SaidError(sentence('templateUnfit'));
  }
}

interface Scope {
  [name: string]: string | Scope;
}

function scopeOf(names: readonly (readonly string[])[], values: Values): Scope {
  const scope: Scope = {};
  for (const path of names) {
    const value = values(nameOf(path));
    if (value === undefined) throw new SaidError(sentence('valueUnknown', { name: nameOf(path) }));
    let inner = scope;
    for (const name of path.slice(0, -1)) {
      const next = inner[name];
      inner = typeof next === 'object' ? next : (inner[name] = {});
    }
    inner[path.at(-1) ?? ''] = value;
  }
  return scope;
}

/** The same filters; what they throw never says what they were given. */
function guarded(): Readonly<Record<string, Filter>> {
  const entries = Object.entries(filters).map(([name, filter]): [string, Filter] => [
    name,
    (text, argument) => {
      try {
        return filter(text, argument);
      } catch {
        // The library's own message may quote the key.
        throw new SaidError(sentence('filterUnfit', { filter: name }));
      }
    },
  ]);
  return Object.fromEntries(entries);
}
