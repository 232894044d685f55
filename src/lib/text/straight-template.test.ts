import { describe, expect, it } from 'vitest';
import { createTemplates } from './template.ts';

const filters = {
  hash: (text: string, key: string) => `<${text}|${key}>`,
  last: (text: string) => text.slice(-1),
};
const texts = ['{{x}} & "q"', '0'];

/** Templates of `a` and `b.c`, in that order, and whether they need the engine. */
const templates: readonly (readonly [string, 'straight' | 'engine'])[] = [
  ['only a text', 'straight'],
  ['{{ a }}={{ b.c }};{{a}}', 'straight'],
  ['  {{- a -}}  \n{{ b["c"] }}', 'straight'],
  ["{{ 'a text' }}{{ 12 }}{{ 1.50 }}", 'straight'],
  ["{{ a | hash: b.c, 'k' | upcase }}", 'straight'],
  ['{{ a | last }}{{ b.c | plus: 2 }}{{ a | size }}', 'straight'],
  ["{{ a | remove: '{' | replace: 'x', b.c | slice: 0, 3 }}", 'straight'],
  ['{{ a | raw }}{{ a | escape }}{{ a | default: b.c }}', 'straight'],
  ["{{ a | split: '' | join: '-' }}", 'engine'],
  ["{{ a | split: 'x' }}", 'engine'],
  ['{% if a %}{{ b.c }}{% endif %}', 'engine'],
  ['{{ a == b.c }}{{ true }}{{ nil }}{{ empty }}', 'engine'],
  ['{{ a | default: b.c, allow_false: true }}', 'engine'],
  ['{{ b[a] }}', 'engine'],
];

describe.each([undefined, encodeURIComponent])(
  'a template of texts is filled as the engine fills it',
  (encode) => {
    const compile = createTemplates({ filters, encode });

    it.each(templates)('%s', (text, by) => {
      const template = compile(text);
      const values = template.names.map((path) => (path?.[0] === 'a' ? (texts[0] ?? '') : (texts[1] ?? '')));
      const filled = template.straight?.(values);
      const byEngine = template.render({ a: texts[0], b: { c: texts[1] } });
      expect(filled).toBe(by === 'engine' ? undefined : byEngine);
    });
  },
);

it('a template that grows without end is stopped without the engine as well', () => {
  const grown = "{{ a | append: a | append: a | append: a | append: a | replace: 'x', a }}";
  const { straight } = createTemplates({})(grown);
  expect(() => straight?.(['x'.repeat(400_000)])).toThrow('limit exceeded');
});
