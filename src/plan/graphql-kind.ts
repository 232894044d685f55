/** Comments, texts, brackets and names of GraphQL (https://spec.graphql.org/October2021/#sec-Language.Source-Text). */
const tokens = /#[^\n\r]*|"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n\r])*"|[{}]|[\w$@.]+/g;

/** Whether a document holds an operation that changes something or never ends; one that may is one. */
export function holdsMutation(text: string): boolean {
  let depth = 0;
  let named = false;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '}') depth = Math.max(0, depth - 1);
    else if (token === '{') {
      if (depth === 0 && named) return true;
      depth++;
    } else if (depth === 0 && /^(?:mutation|subscription)$/.test(token)) named = true;
  }
  return false;
}
