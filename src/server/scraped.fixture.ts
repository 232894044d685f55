/** Of what was scraped. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Of the text format: `name{label="value"} 1`. */
export function samplesOf(text: string): readonly Sample[] {
  const lines = text.split('\n').filter((line) => /^[a-z]/.test(line));
  return lines.map((line) => ({
    name: /^\w+/.exec(line)?.[0] ?? '',
    labels: Object.fromEntries(
      [...line.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value]),
    ),
  }));
}

/** The metrics that PromQL asks for, with their matchers on labels of ours. */
export function selectorsIn(text: string) {
  return [...text.matchAll(/\b((?:apipatrol|process)_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, name = '', inside = '']) => ({
      name,
      matchers: [...inside.matchAll(/(\w+)(=~|!=|=)"([^"]*)"/g)].filter(
        ([, label, , value]) => label !== 'job' && value?.startsWith('$') !== true && label !== 'instance',
      ),
    }),
  );
}

export function isSelected(
  { name, labels }: Sample,
  selector: ReturnType<typeof selectorsIn>[number],
): boolean {
  if (name !== selector.name) return false;
  return selector.matchers.every(([, label = '', operator, value = '']) => {
    const has = labels[label] ?? '';
    if (operator === '=~') return new RegExp(`^(?:${value})$`).test(has);
    return operator === '=' ? has === value : has !== value && label in labels;
  });
}
