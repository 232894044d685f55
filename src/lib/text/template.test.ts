import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { compileTemplate, templateProblem } from './template.ts';

describe('a template', () => {
  it('is filled with the values it is given', () => {
    const template = compileTemplate('{{ a.b | upcase }}{% for x in list %} {{ x }}{% endfor %}');
    expect(template.render({ a: { b: 'hi' }, list: [1, 2] })).toBe('HI 1 2');
  });

  it('sees no files, no prototypes and no functions', () => {
    const values = { a: { own: 1 }, run: () => 'called' };
    expect(compileTemplate('[{{ a.constructor }}{{ a.__proto__ }}{{ a.toString }}]').render(values)).toBe(
      '[]',
    );
    expect(() => compileTemplate("{% include '/etc/passwd' %}")).toThrow('ENOENT');
  });

  it('has as much on a machine that is busy', () => {
    const now = vi.spyOn(performance, 'now');
    onTestFinished(() => now.mockRestore());
    let seconds = 0;
    now.mockImplementation(() => ++seconds * 1000);
    const template = compileTemplate('{% for x in list %}{{ x }}{% endfor %}');
    expect(template.render({ list: [1, 2, 3] })).toBe('123');
  });

  it.each([
    ['takes too much memory', '{% for i in (1..100000000) %}x{% endfor %}', 'memory alloc limit exceeded'],
    [
      'grows without end',
      '{% assign s = "x" %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}',
      'limit exceeded',
    ],
    [
      'loops in loops',
      '{% for a in list %}{% for b in list %}{% for c in list %}{% endfor %}{% endfor %}{% endfor %}',
      'more than 100000 steps',
    ],
  ])('that %s is stopped', (_, text, problem) => {
    const template = compileTemplate(text);
    expect(() => template.render({ list: Array.from({ length: 100 }, String) })).toThrow(problem);
  });
});

describe('what is wrong with a template', () => {
  it.each([
    ['{{ headline }}', undefined],
    ['{% if %}', 'invalid value expression: "", line:1, col:6'],
    ['{{ a | nofilter }}', 'undefined filter: nofilter, line:1, col:1'],
    ['{% for x in y %}', 'tag {% for x in y %} not closed, line:1, col:1'],
    ['x'.repeat(20_001), 'parse length limit exceeded'],
  ])('is said with its place: %#', (text, problem) => {
    expect(templateProblem(text)).toBe(problem);
  });
});
