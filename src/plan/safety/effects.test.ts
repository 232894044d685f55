import { describe, expect, it } from 'vitest';
import { answerTo, rows } from './judged.fixture.ts';

describe('GETs that say what they do beside what they read', () => {
  it.each(
    rows(`
/a/b1|q1|Get a new API key
/a/b1|q1|Get a fresh client secret
/a/b1|q1|Returns a one-time token; each call invalidates the previous one
/a/b1|q1|Returns a single-use ticket. The previous ticket is revoked.
/a/b1|q1|Get ticket|Returns a single-use ticket. The previous ticket is revoked.
/a/b1|q1|Obtain a single-use upload token for the file
/a/b1|q1|Get the next order number
/a/b1|q1|Get a new order id
/a/b1|q1|Fetch next free ticket number
/a/b1|q1|Returns the incremented counter
/a/b1|q1|Get ticket|Hands out the next number in line.
/a/b1|q1|Get secret|The old secret stops working.
/a/b1|q1|Get link|Every visit extends the session.
/a/b1|q1|Read mail; mails are marked as seen
/a/b1|q1|Read mail|Mails are marked as seen.
/a/b1|q1|Read mail and they are marked as read
/a/b1|q1|Returns the basket (a new one is created when there is none)
/a/b1|q1|Get basket|Returns the basket. A new one is created when there is none.
/a/b1|q1|Get cart (created if missing)
/a/b1|q1|Poll the next task (it is leased to the caller)
/a/b1|q1|Next task|The task is leased to the caller.
/a/b1|q1|Get job, which is then locked
/a/b1|q1|Get the message (deleted after reading)
/a/b1|q1|Get unread mails|It will be removed from the queue.
/a/b1|q1|Get messages|All returned messages are marked as delivered.
/a/b1|q1|Get messages|Messages are deleted from the queue.
/a/b1|q1|Get voucher|The voucher is consumed.
/a/b1|q1|Get report|An email is sent to the owner.
/a/b1|q1|Get article|The view counter is incremented by one on every call.
/a/b1|q1|Get article (views +1)
/a/b1|q1|UV+1
/a/b1|q1|查询文章 UV+1
/a/b1|q1|文章详情|UV+1
/a/b1|q1|浏览量自增
/a/b1|q1|查看文章，浏览量自增
/a/b1|q1|文章详情|浏览量自增
/a/b1|q1|阅读数累加
/a/b1|q1|计数器加一
/a/b1|q1|获取详情，计数器加一
/a/b1|q1|PV自增
/a/b1|q1|视频详情|播放量会加1
/a/b1|q1|获取一个新的会员号
/a/b1|q1|获取下一个排队号
/a/b1|q1|换取新的密钥
/a/b1|q1|返回一次性令牌
/a/b1|q1|获取密钥|旧的密钥随即失效
/a/b1|q1|获取密钥|返回新密钥，之前的密钥立即作废
/a/b1|q1|读取邮件|邮件会被标记为已读
/a/b1|q1|取消息|取出的消息会被删除
/a/b1|q1|Retrieve another access key
/a/b1|q1|Get a new verification code
/a/b1|q1|Get one-time login link
/a/b1|q1|Get the invoice. If none exists, one is created.
/a/b1|q1|Get coupon; one is assigned to the user
/a/b1|q1|Get tasks|Returned tasks are leased for 30 seconds.
/a/b1|q1|Get tasks|Fetched tasks are locked for 30 seconds.
/a/b1|q1|Get file|The file will be deleted once downloaded.
/a/b1|q1|Get cert|The old certificate is revoked when the new one is issued.
/a/b1|q1|获取一个号
/dev/kaiqi
/cnt/zizeng
/user/tixia
/dev/guanbi`),
  )('are not called: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });

  it.each(
    rows(`
/a/b1|q1|Get new orders
/a/b1|q1|Get new tickets
/a/b1|q1|List new keys
/a/b1|q1|Get new token prices
/a/b1|q1|Get the new token listings
/a/b1|q1|Get the next page token
/a/b1|q1|Returns the next page
/a/b1|q1|Get next event
/a/b1|q1|One-time password settings
/a/b1|q1|Get fresh data
/a/b1|q1|new arrivals
/a/b1|q1|latest version
/a/b1|q1|Returns orders that were created today
/a/b1|q1|list of cancelled orders
/a/b1|q1|items marked as seen
/a/b1|q1|List mails that are marked as seen
/a/b1|q1|User is locked
/a/b1|q1|Returns true if the door is locked
/a/b1|q1|Get orders|Cancelled orders are not returned.
/a/b1|q1|Get orders|Deleted users are excluded.
/a/b1|q1|Get orders|Orders are created with POST /orders.
/a/b1|q1|Get orders|Orders are cancelled after 30 minutes.
/a/b1|q1|Get orders|Tokens are revoked when the user logs out.
/a/b1|q1|Get prices|Prices are updated daily.
/a/b1|q1|Get prices|The data is refreshed every 5 minutes.
/a/b1|q1|Get list|Duplicates are removed.
/a/b1|q1|Get list|Results are cached. Empty values are removed.
/a/b1|q1|Get list|Sensitive fields are removed from the response.
/a/b1|q1|Get list|Unknown filters are ignored.
/a/b1|q1|Get state|Returns whether the account is locked.
/a/b1|q1|Get x|This feature is disabled.
/a/b1|q1|Get x|Requests are logged.
/a/b1|q1|Get x|Old API keys are no longer supported.
/a/b1|q1|Get x|A message is sent when the job ends.
/a/b1|q1|Get x|Values are stored as strings.
/a/b1|q1|Get items|If the user is deleted, 404 is returned.
/a/b1|q1|Get items|The list is returned on each call.
/a/b1|q1|Get items|The list is sent to the client.
/a/b1|q1|Get items|Reports are generated automatically.
/a/b1|q1|Get items|Old versions are deleted after a year.
/a/b1|q1|Get items|The token is revoked on logout.
/a/b1|q1|Get items|Orders are marked as paid once the payment arrives.
/a/b1|q1|Get items|Items are marked as seen with PUT /items/{id}/seen.
/a/b1|q1|Get items|Only items that are marked as seen are returned.
/a/b1|q1|被删除的文件
/a/b1|q1|Google +1 list
/a/b1|q1|UTC+1 offset
/a/b1|q1|T+1 settlement list
/a/b1|q1|Get view count
/a/b1|q1|新品列表
/a/b1|q1|最新公告
/a/b1|q1|已删除的订单
/a/b1|q1|获取新品列表
/a/b1|q1|获取新闻编号
/a/b1|q1|获取最新版本号
/a/b1|q1|获取新版本号
/a/b1|q1|获取手机号
/a/b1|q1|累加器列表
/a/b1|q1|自增主键查询
/a/b1|q1|查询自增序列的当前值
/a/b1|q1|浏览量排行
/a/b1|q1|已被删除的订单
/a/b1|q1|查询被锁定的用户
/a/b1|q1|查询用户|用户被删除后返回空
/a/b1|q1|查询旧密码失效时间
/a/b1|q1|查询订单|过期订单会被过滤
/a/b1|q1|查询是否被拉黑
/a/b1|q1|获取下一页`),
  )('that only read are called: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });
});
