import { defineFormat } from '../format.ts';
import { isMarkup } from '../shared/text.ts';
import { introspectionIn } from './graphql-introspection.ts';

/**
 * GraphQL, as SDL or as the answer of an introspection. Each query field becomes an operation `POST /graphql` whose
 * body is a query for its scalars; mutations and subscriptions change or stream and are left out.
 */
export const graphql = defineFormat({
  kind: 'graphql',
  version: 2,
  detect: (raw) => (introspectionIn(raw.data) === undefined ? sdlCertainty(raw.text) : 0.95),
  // Loaded with the first schema: few have one, and the library is large.
  read: async (raw) => (await import('./graphql-read.ts')).readGraphql(raw),
});

function sdlCertainty(text: string): number {
  const head = text.slice(0, 2_000_000);
  if (isMarkup(text) || /^(?:```|~~~)/m.test(head.slice(0, 2000))) return 0;
  const roots = /^(?:extend\s+)?(?:type\s+(?:Query|RootQuery\w*|Root)\b|schema\b[^{}]{0,500}\{)/m.test(head);
  const types = /^(?:type|interface|input|enum|union|scalar|directive)\s+@?\w+/m.test(head);
  return roots && /\{[^{}]*:/.test(head) ? 0.8 : types && /^type\s+\w+[^{}\n]*\{\s*$/m.test(head) ? 0.4 : 0;
}
