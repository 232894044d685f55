/** `{id}`, and the forms of other tools: `{id:[0-9]+}`, `{path*}`, `{+path}`, `{proxy...}`, `{name=projects/*}`. */
const variable = /\{([^{}]*)\}/g;
/** RFC 6570 query expansions (`{?page,limit}`): the parameters are listed as query parameters anyway. */
const queryExpansion = /\{[?&][^{}]*\}/g;

export function templateNames(path: string): readonly string[] {
  const names = [...path.replace(queryExpansion, '').matchAll(variable)].map(([, inner]) =>
    variableName(inner ?? ''),
  );
  return [...new Set(names)];
}

/**
 * The path with `value` put in for each variable; what stands around them is percent-encoded where it has to be,
 * a fragment is left out. `value` returns text that is encoded already.
 */
export function expandTemplate(path: string, value: (name: string) => string): string {
  const template = path.replace(queryExpansion, '').replace(/#.*$/s, '');
  let result = '';
  let end = 0;
  for (const match of template.matchAll(variable)) {
    result += encodeLiteral(template.slice(end, match.index)) + value(variableName(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  return result + encodeLiteral(template.slice(end));
}

function variableName(inner: string): string {
  return inner
    .replace(/[:=].*$/s, '')
    .replace(/^[+#./;]/, '')
    .replace(/(?:\*|\+|\.\.\.)$/, '')
    .trim();
}

function encodeLiteral(text: string): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURI(wellFormed).replace(/%25(?=[0-9a-f]{2})/gi, '%');
}
