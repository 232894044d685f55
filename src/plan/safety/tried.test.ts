import { describe, expect, it } from 'vitest';
import { answerTo, rows } from './judged.fixture.ts';

describe('deeds with the verb of a read', () => {
  it.each(
    rows(`
/parcel/return|doReturn|退件
/book/return|doReturn|
/parcel/return|return|退件
/door/ring|ring|
/camera/shoot|shoot|
/bot/say|say|
/device/selftest|selfTest|
/device/self-test|self_test|
/otp/verify2|verifyOtp2|code
/otp/verify|verifyOtp|
/otp/verify||
/mfa/verify|verify|
/pin/check|checkPin|
/password/check|checkPassword|校验密码
/user/checkPwd|checkPwd|
/user/checkOldPassword|checkOldPassword|校验旧密码
/hr/employee/resign|resign|员工离职办理
/hr/employee/resign|resign|
/x/1|q|签证办理
`),
  )('is not called: %s', (row) => {
    expect(answerTo(row)).toBe('changes');
  });

  it.each(
    rows(`
/return/policy|returnPolicy|
/return/list|returnList|
/x/returns|listReturns|
/fund/return|getFundReturn|基金收益率
/user/password/policy|getPasswordPolicy|校验密码规则
/dict/checkCode|checkCodeUnique|校验编码是否唯一
/a/x|doQuery|
/device/selftest/result|selfTestResult|
/x/1|q|办理指南
/x/1|q|业务办理进度
`),
  )('a read is called: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });
});
