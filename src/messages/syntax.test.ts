import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { inEnglish, inLanguage } from './in-language.ts';
import { fileComplaint, jsonComplaint, yamlComplaint } from './syntax.ts';

function ofYaml(text: string) {
  return parseDocument(text, { prettyErrors: false }).errors.map(({ message }) => yamlComplaint(message));
}

describe('what is said of YAML', () => {
  it.each([
    ['a: b: { password: c@nary }'],
    ['password: @c@nary'],
    ['password: !c@nary x'],
    ['password: "\\c@nary"'],
    ['password: |c@nary\n  x'],
    ['key: [a, c@nary: }'],
    ['{ a: b } c@nary'],
  ])('quotes nothing of %j', (text) => {
    expect(ofYaml(text).map(inEnglish).join()).not.toContain('nary');
  });

  it('says what is wrong all the same', () => {
    expect(ofYaml('a: |x\n  b')[0]).toEqual('Block scalar header includes extra characters');
  });

  it.each([
    ['a: b: c', '同一行里不能嵌套映射'],
    ['a:\n  b: 1\n c: 2', '同一映射各项的缩进必须一致'],
    ['a: [1, 2', '缺少结尾的 ]'],
    ['a: "b', '缺少结尾的引号'],
    ['a:\n\tb: 1', '不能用制表符缩进'],
    ['a: [1, , 2]', '此处不应有 ,'],
    ['a: *b c', '值的后面有多余内容'],
    ['a: @b', '不加引号的值不能以'],
    ['a\n b: 1', '键必须写在同一行'],
    ['a: 1\na: 2', '同一映射中键重复'],
  ])('is said in Chinese of %j', (text, chinese) => {
    expect(ofYaml(text).map((said) => inLanguage(said, 'zh'))).toContainEqual(
      expect.stringContaining(chinese),
    );
  });
});

it.each([
  ['{"a":', 'Unexpected end of JSON input', '内容在中途结束'],
  ['{"a":1,}', 'Expected double-quoted property name', '应为带双引号的键'],
  ['[1, secret]', "Unexpected token 's'", '此处不应有'],
  ["{'a':1}", "Expected property name or '}'", '应为带双引号的键或'],
  ['{"a" 1}', "Expected ':' after property name", '键之后缺少冒号'],
  ['{"a":1 "b":2}', "Expected ',' or '}' after property value", '值之后缺少逗号'],
  ['[1 2]', "Expected ',' or ']' after array element", '数组元素之后缺少逗号'],
  ['"x', 'Unterminated string', '缺少结尾的引号'],
  ['"\\x"', 'Bad escaped character', '转义无效'],
  ['"a\nb"', 'Bad control character in string literal', '未转义的换行'],
  ['01', 'Unexpected number', '数字的写法有误'],
  ['{} x', 'Unexpected non-whitespace character after JSON', '还有多余字符'],
])('what is said of the JSON %j', (text, english, chinese) => {
  expect(() => JSON.parse(text) as unknown).toThrow(
    expect.toSatisfy((error: SyntaxError) => {
      const said = jsonComplaint(error);
      return inEnglish(said) === english && inLanguage(said, 'zh').includes(chinese);
    }),
  );
});

it('what is said of a file names neither its path nor a code', () => {
  const refused = Object.assign(new Error("EACCES: permission denied, open '/run/secrets/token'"), {
    code: 'EACCES',
  });
  expect(inEnglish(fileComplaint(refused))).toBe('permission denied');
  expect(inLanguage(fileComplaint(refused), 'zh')).toBe('没有读取权限');
  expect(fileComplaint(new Error('it is UTF-16'))).toBe('it is UTF-16');
});
