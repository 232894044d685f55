import { describe, expect, it } from 'vitest';
import { answerTo, rows } from './judged.fixture.ts';

describe('what reads and writes, and deeds that sound like looking', () => {
  it.each(
    rows(`
/plc/readWrite|readWriteRegister|读写寄存器
/plc/regs|regs|读写PLC寄存器
/plc/regs|op1UsingGET|读写PLC寄存器
/x/1||读写寄存器
/x/1||读取/写入寄存器
/x/1||查改用户
/x/1||增删改查
/x/1||用户增删改查
/x/1||查询/修改配置
/x/1||查询和设置温度
/x/1|readWriteRegister|
/x/1|getAndSet|
/x/1|getSetVolume|
/x/1|rwRegister|
/x/1|readWrite|读写
/plc/read-write||
/plc/rw||
/plc/readwrite||
/x/1|getSetMode|
/counter/getAndSet||
/counter/get-and-increment||
/x/1||Read/write registers
/x/1||Read and write registers
/x/1||Get/set brightness
/x/1||Get or set brightness
/x/1||CRUD user
/door/always||常开
/x/1||常开
/x/1||常闭
/x/1||门常开
/door/always|doorAlways|常关
/auth/verify-email||Verify email address
/auth/verify-email|verifyEmail|Verify email address
/x/1||Verify account by link
/led/show/{text}||显示文字到大屏
/x/1||验证邮箱
/x/1||Confirm email address
/x/1||激活邮箱
/x/1||校验邮箱链接
/x/1||验证邮箱地址
/gate/validate||Validate ticket at gate
/x/1||Validate ticket at gate
/x/1||Check ticket at the entrance
/x/1||Count a page hit
/x/1||Count a visit
/x/1||Count an ad click
/wx/callback||微信回调地址
/pay/notify||支付通知地址
/wx/callback||回调地址
/exam/begin||
/test/mail||
/test/sms||
/quiz/begin||
/test/email||`),
  )('is not called: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });

  it.each(
    rows(`
/order/reasons|cancelReasonsUsingGET_1|取消原因列表
/order/reasons|cancelReasonsUsingGET|取消原因列表
/x/1|deleteReasonsUsingGET|删除原因列表
/x/1|closeReasonsUsingGET_2|关闭原因
/order/cancelReasons|cancelReasonsUsingGET_1|取消原因列表
/order/closeReasons|closeReasonsUsingGET|关闭原因列表
/x/1||发送渠道列表
/channel/list|channelListUsingGET_1|发送渠道列表
/x/1||发布渠道列表
/x/1||Audit trail
/audit/trail|auditTrail|Audit trail
/x/1|archive_list|
/archive/list|archive_list|
/x/1||Recent deletions
/deletions|recentDeletions|Recent deletions
/x/1||读写分离状态
/x/1||磁盘读写速率
/disk/io||磁盘读写统计
/x/1||常开门列表
/x/1||常开状态
/x/1||邮箱列表
/x/1||验证邮箱格式
/x/1||Verify email format
/x/1||Email verification status
/x/1||Count pages
/x/1||Count of page hits
/x/1||Count visits
/x/1||获取回调地址
/x/1|getCallbackUrl|回调地址
/config/callback-url||回调地址
/test/mails||
/exam/beginners||
/x/1||Read-write split status
/x/1||查询修改记录
/x/1|readWriteRatio|
/x/1|sendChannels|发送渠道列表
/channels|publishChannelsUsingGET|发布渠道列表
/x/1||archive_list
/archive/list||archive_list
/deletions/recent|recent_deletions|Recent deletions
/x/1|getSetById|
/x/1|getSetList|`),
  )('unlike what only reads: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });
});
