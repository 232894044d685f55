import { describe, expect, it } from 'vitest';
import { inLanguage } from '../../messages/in-language.ts';
import { isLost, toPostgresError } from './failure.ts';

function failing(code: string, message = 'why'): Error {
  return Object.assign(new Error(message), { code });
}

describe('what goes wrong with a server', () => {
  it.each([
    ['53100', 'full', 'the disk is full (why)', '磁盘已满（why）'],
    ['53200', 'busy', 'is short of memory', '内存或其他资源不足'],
    ['53300', 'busy', 'takes no more connections', '连接数已用完'],
    ['42501', 'readonly', 'lacks a right', '缺少巡检所需的权限'],
    ['25006', 'readonly', 'only reads', '只读状态'],
    ['58030', 'io', 'cannot read or write its files', '无法读写自己的文件'],
    ['42P01', 'missing', 'are gone', '已不存在'],
    ['3F000', 'missing', 'are gone', '已不存在'],
    ['3D000', 'missing', 'no such database', '没有该数据库'],
    ['28P01', 'foreign', 'does not let this user in', '拒绝该用户登录'],
    ['XX001', 'corrupt', 'damaged', '已损坏'],
    ['57014', 'busy', 'did not answer in time', '未能及时应答'],
    ['40001', 'busy', 'did not answer in time', '未能及时应答'],
    ['25P03', 'busy', 'cannot be reached', '无法连接数据库服务器'],
    ['57P05', 'busy', 'cannot be reached', '无法连接数据库服务器'],
    ['ECONNRESET', 'busy', 'cannot be reached', '无法连接数据库服务器'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'foreign', 'not for the host', '主机名不符'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'foreign', 'no authority trusted here', '本机信任的 CA'],
    ['CERT_HAS_EXPIRED', 'foreign', 'has expired', '已过期'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'foreign', 'no trusted encrypted connection', '可信的加密连接'],
  ])('%s is said in the language of the reader', (code, kind, english, chinese) => {
    const error = toPostgresError(failing(code), 'postgres://u@h/d');
    expect(error.code).toBe(kind);
    expect(inLanguage(error.said, 'en')).toMatch(/^database postgres:\/\/u@h\/d: /);
    expect(inLanguage(error.said, 'en')).toContain(english);
    expect(inLanguage(error.said, 'zh')).toContain(chinese);
    expect(inLanguage(error.hint, 'zh')).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each(['08006', '25P03', '40001', '40P01', '53300', '57P01', 'ECONNREFUSED'])(
    '%s is worth another attempt at once',
    (code) => expect(isLost(failing(code))).toBe(true),
  );

  it.each(['23505', '25006', '42501', '53100', '57014', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
    '%s is not',
    (code) => expect(isLost(failing(code))).toBe(false),
  );

  it('a connection that ends while it is being encrypted is lost, and not distrusted', () => {
    const message = 'Client network socket disconnected before secure TLS connection was established';
    expect(isLost(failing('ECONNRESET', message))).toBe(true);
  });
});
