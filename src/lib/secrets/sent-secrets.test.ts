import { expect, it } from 'vitest';
import { isSecretFilledIn, isSecretSent } from './sent-secrets.ts';

const letsIn = (
  'userPwd loginPwd user_pwd userPass loginpass passcode pw p pwd2 oldPwd account_pw mima mm dlmm yhmm 密码 口令 Passwd1 ' +
  'appKey code smsCode securityCode ticket credential user[password]'
).split(' ');
const says = (
  'user userName username loginName u account acct accountName phone mobile email tenant tenantId tenantCode client_id ' +
  'grant_type type scope audience redirect_uri captchaKey uuid platform device lang 用户名 手机号 yhm'
).split(' ');

it.each(letsIn)('what a sign-in sends as %s is secret', (name) => {
  for (const text of ['hunter', 'mX4vQ9tLz7Rk2Wp8', '73920184', 'admin@123', 'correct horse battery'])
    expect([text, isSecretSent(name, text)]).toEqual([text, true]);
});

it.each(says)('what a sign-in sends as %s says who or what kind', (name) => {
  for (const text of ['patrol', 'patrol2026', '13800138000', 'authorization_code'])
    expect([text, isSecretSent(name, text)]).toEqual([text, false]);
});

it('under other names all but plain words and short numbers is secret', () => {
  for (const text of ['mX4vQ9tLz7Rk2Wp8', 'admin@123', 'correct horse battery', 'ab12cd34', '73920184'])
    expect([text, isSecretSent('x1', text)]).toEqual([text, true]);
  for (const text of [
    'web',
    'cn-north-1',
    'doLogin',
    '1.0.3',
    'true',
    '20',
    '{{password | md5}}',
    'https://a.example/b',
  ])
    expect([text, isSecretSent('x1', text)]).toEqual([text, false]);
});

it('what is filled in is secret unless it says who, or reads as a setting where one stands', () => {
  for (const name of ['loginPwd', 'x1', 'tenantPass', 'region'])
    expect([name, isSecretFilledIn(name, 'mX4vQ9tLz7Rk2Wp8', false)]).toEqual([name, true]);
  expect(isSecretFilledIn('loginPwd', 'hunter', true)).toBe(true);
  for (const [name, text] of [
    ['region', 'cn-north-1'],
    ['loginName', 'patrol'],
    ['remember', 'true'],
    ['status', 'enabled'],
    ['size', '1000'],
  ] as const)
    expect([name, isSecretFilledIn(name, text, false)]).toEqual([name, false]);
});
