/** A parameter's place in a path: `{name}`. */
const variable = /\{([^{}]*)\}/g;

export function templateNames(path: string): readonly string[] {
  return [...new Set([...path.matchAll(variable)].map(([, name]) => name ?? ''))];
}

/** The path with `value(name)`, encoded already, for each variable; what stands around them is encoded where needed. */
export function expandTemplate(path: string, value: (name: string) => string): string {
  let result = '';
  let end = 0;
  for (const match of path.matchAll(variable)) {
    result += encodeLiteral(path.slice(end, match.index)) + value(match[1] ?? '');
    end = match.index + match[0].length;
  }
  return result + encodeLiteral(path.slice(end));
}

/** What is percent-encoded already stays as it is. */
function encodeLiteral(text: string): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURI(wellFormed).replace(/%25(?=[0-9a-f]{2})/gi, '%');
}
