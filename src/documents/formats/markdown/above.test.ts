import { describe, expect, test } from 'vitest';
import { read } from './markdown.fixture.ts';

const command = (path: string): string => `\`\`\`bash\ncurl 'http://iot.internal/rest/${path}'\n\`\`\`\n`;

async function named(text: string): Promise<Readonly<Record<string, readonly (string | undefined)[]>>> {
  const { operations } = await read(text);
  return Object.fromEntries(operations.map((one) => [one.path, [one.summary, one.description]]));
}

describe('the line right above a command', () => {
  test.each([
    ['删除用户。', '删除用户'],
    ['删除用户！', '删除用户'],
    ['删除用户，谨慎使用', '删除用户，谨慎使用'],
    ['用户列表，并同步到ES', '用户列表，并同步到ES'],
    ['查询设备，离线则重启', '查询设备，离线则重启'],
    ['删除用户;不可恢复', '删除用户;不可恢复'],
    ['- 删除用户，谨慎使用', '删除用户，谨慎使用'],
    ['**删除用户。**', '删除用户'],
    ['Deletes the user, careful.', 'Deletes the user, careful'],
    ['删除用户\n\n注意：不可恢复', '删除用户'],
  ])('is its title: %s', async (line, title) => {
    const found = await named(
      `# 汇总\n\n${line}\n\n${command('a')}\n用户列表，按时间倒序\n\n${command('b')}`,
    );
    expect(found['/rest/a']?.[0]?.replace(/[。！.]\**$/, '')).toBe(title);
    expect(found['/rest/b']?.[0]).toBe('用户列表，按时间倒序');
  });

  test('is its title where no heading stands above all', async () => {
    const found = await named(`删除用户，谨慎使用\n\n${command('a')}`);
    expect(found['/rest/a']?.[0]).toBe('删除用户，谨慎使用');
  });

  test.each([
    ['注意：会清空数据', '会清空数据'],
    ['Note: this erases all data', 'this erases all data'],
    ['警告！会清空数据。', '会清空数据。'],
    ['下面的命令会把所有的用户都删除掉，包括他们的订单和评论，请一定谨慎使用。', undefined],
    ['运行它就删除用户', undefined],
  ])('is what is said of it beside the heading: %s', async (line, said) => {
    const found = await named(`# 平台\n\n${line}\n\n${command('a')}\n## 数据\n\n${line}\n\n${command('b')}`);
    expect(found['/rest/a']).toEqual(['平台', said ?? line]);
    expect(found['/rest/b']).toEqual(['数据', said ?? line]);
  });

  test('is nobody else’s, and a label of samples is none', async () => {
    const found = await named(
      `# 平台\n\n删除用户。\n\n${command('a')}\n${command('b')}\n请求示例：\n\n${command('c')}`,
    );
    expect(found).toEqual({
      '/rest/a': ['删除用户', undefined],
      '/rest/b': ['平台', undefined],
      '/rest/c': ['平台', undefined],
    });
  });
});
