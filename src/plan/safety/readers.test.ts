import { describe, expect, it } from 'vitest';
import { answerTo, rows } from './judged.fixture.ts';

describe('GETs whose titles hold a verb, or a noun that is like one', () => {
  it.each(
    rows(`
/a/b1|q1|删除日志列表
/deleteLog/list|deleteLogList|删除日志列表
/log/delete/list|listDeleteLogs|删除日志列表
/track/playback|playback|轨迹回放
/track/replay||轨迹回放
/a/b1|q1|历史轨迹回放
/reset/records||重置记录查询
/a/b1|q1|重置密码记录查询
/rank/week||周榜
/a/b1|q1|热榜
/holiday||节假日
/workbench||工作台
/about||关于我们
/asset/ledger||资产台账
/a/b1|q1|行业
/a/b1|q1|行业分类
/a/b1|q1|被删除的文件
/geo/reverse||Reverse geocoding
/reverse-geocode|reverseGeocode|Reverse geocoding
/gps/v1||Vehicle Track
/a/b1|q1|第二节 查询`),
  )('are called: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });

  it.each(
    rows(`
/log/list|deleteLogList|批量删除日志列表
/log/list|q1|清空日志列表
/log/delete|deleteLogs|删除日志列表
/video/playback||视频回放
/a/b1|q1|设备回放
/a/b1|q1|执行回放
/a/b1|q1|重置查询
/tx/reverse||Reverse transaction
/order/reverse||Reverse order
/a/b1|q1|第3章 删除订单
/a/b1|q1|节点下线
/a/b1|q1|Steal track`),
  )('are not called where they are orders: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });
});
