import { describe, expect, it } from 'vitest';
import { answerTo, rows } from './judged.fixture.ts';

describe('titles that are built of a verb', () => {
  it.each(
    rows(`
/a7|a7|剩余假期
/a12|a12|删除原因字典
/a15|a15|SKU库存
/a17|a17|预约时段
/restarts/count|rc_get|Restarts count
/logs/login|ll_get|Login logs
/zz/11|zz11|课程回放
/zz/12|zz12|打赏档位
/zz/13|zz13|我的回收站
/zz/14|zz14|导入进度
/zz/15|zz15|待办审批
/zz/16|zz16|取消预约记录
/zz/17|listLockLogs|锁定日志
/zz/18|queryMergeRecord|合并记录
/zz/19|zz19|转码进度
/a1|a1|取消订单记录
/a8|a8|直播回放
/a9|a9|充值档位
/recycle/list|hsz|回收站
/recycleBin|recycleBin|回收站
/a1|a1|生成进度
/lock/records|listLockRecords|锁定记录
/order/cancelRecords|getCancelRecords|取消订单记录
/leaves/{leave_id}|leave_leaves__leave_id__get|Leave
/refunds/{id}|refund_get|Refund
/locks/{id}|lock_get|Lock
/updates/latest|latest_updates_latest_get|Latest update
/{camera_name}/{label}/best.jpg|label_thumbnail__camera_name___label__best_jpg_get|Label Thumbnail`),
  )('name what there is: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });

  it.each(
    rows(`
/restarts/now|restarts_now|Restarts now
/users/login|login|Login
/x/1|x1|删除字典
/x/1|x1|预约
/zz/1|zz1|给房间换锁
/zz/2|zz2|帮用户改绑手机
/zz/3|zz3|移入回收站
/zz/4|zz4|放入回收站
/zz/5|zz5|更新进度
/zz/6|zz6|同步学习进度
/zz/7|zz7|调整档位
/article/recycle|recycle|回收站
/approve/{id}|approve|待办审批
/a1|a1|删除记录
/a1|a1|合并记录
/a1|a1|锁定记录
/todo/approve|todoApprove|待办审批
/x/refund/{id}|refund|Refund
/doors/{id}/lock|lock|Lock
/deletes/{id}|delete|Delete`),
  )('are orders where path, operationId or words say so: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });
});
