/**
 * As `battery.fixture.ts`: verbs with a noun that is looked at behind them, of which path and operationId tell whether they are
 * done, words that are a verb in one place and a noun in another, and nouns that are easily taken for verbs.
 */
export const changing = `
/report/remove|removeReport|移除报表
/rank/clear|clearRank|清除排行榜
/todo/clear|clearTodo|清空待办列表
/stat/reset|resetStat|重置统计
/stat/clear|clearStat|清零统计
/detail/reset|resetDetail|重置详情
/record/approve|approveRecord|审批记录
/result/audit|auditResult|审核结果
/rank/publish|publishRank|发布排行榜
/query/kill|killQuery|终止查询
/query/save|saveQuery|保存查询
/report/send|sendReport|发送报表
/report/push|pushReport|推送报表
/record/sync|syncRecords|同步记录
/log/upload|uploadLog|上传日志
/order/list/push|pushOrderList|推送订单列表
/wms/order/push|pushOrderDetail|推送订单明细
/erp/stock/push|pushStockSummary|推送库存汇总
/mq/purge|purgeQueue|Purge queue
/queue/reset||Reset queue
/queue/pause||Pause queue
/list/reset||Reset list
/rank/reset||Reset ranking
/summary/send||Send summary
/logs/upload||Upload logs
/report/x|fooReport|移除报表
/report/x|rep|清空待办列表
/report/x|rep|清零统计
/report/x|rep|重置详情
/report/x|rep|终止查询
/rank/x||清除排行榜
/queue/x||Purge queue
/queue/x||Reset queue
/queue/x||Pause queue
/list/x||Reset list
/rank/x||Reset ranking
/x/y||Send summary
/x/y||Toggle feature flag
/x/y||Clear statistics
/x/y||Remove report
/x/y||Reset user statistics
/x/y||Pause job queue
/reset/queue||Reset queue
/clear/rank||清除排行榜
/remove/report||移除报表
/send/report||发送报表
/resetQueue||
/purgeQueue||
/pauseQueue||
/resetList||
/sendSummary||
/clearStat||
/x/resetQueue||Reset queue
/x/y|resetQueue|Reset queue
/x/y|purgeQueue|
/x/pushOrderList|pushOrderList|推送订单列表
/x/sendReport||发送报表
/x/publishRank|publishRank|发布排行榜
/x/uploadLogs||上传日志
/x/pushStockSummary||推送库存汇总
/x/saveQuery||保存查询
/x/toggleFeatureFlag||Toggle feature flag
/x/uploadLog||Upload logs
/cart/clear|clearCart|清空购物车列表
/message/send|sendMessage|发送消息记录
/stock/sync|syncStock|同步库存明细
/order/cancel|cancelOrder|取消订单详情
/task/stop|stopTask|停止任务统计
/log/clean|cleanLog|清理日志
/log/delete|deleteLog|删除日志
/record/delete|deleteRecord|删除记录
/history/clear|clearHistory|清空历史
/history/clear||清空搜索历史
/search/clear||清除搜索
/template/publish|publishTemplate|发布模板
/config/refresh|refreshConfig|刷新配置
/rule/enable||启用规则
/rule/disable|disableRule|禁用规则
/approval/submit|submitApproval|提交审批
/result/publish||Publish results
/records/archive||Archive records
/status/update||Update status
/status/update|updateStatus|更新状态
/progress/update|updateProgress|更新进度
/user/stat/refresh||刷新统计
/report/generate|generateReport|生成报表
/report/rebuild||重新生成报表
/index/sync||Sync status
/logs/delete|deleteLogs|删除记录列表
`;

export const harmless = `
/approvals/records||审批记录
/approval/list|listApprovalRecords|审批记录
/push/records|listPushRecords|推送记录
/refund/records||退款记录
/operlog/list||操作日志
/operlog||操作日志
/approval/history||Approval history
/approval/list||审批记录
/audit/list||审核列表
/order/refund/list||退款列表
/order/pay/type||支付方式
/sync/log||同步记录
/order/pushList||推送列表
/user/stats/new||新增用户统计
/user/disabled||禁用列表
/order/statistics||充值统计
/queue/stats||Queue statistics
/uploads||Upload history
/reset/history||Reset history
/release/list||发布列表
/sms/list||短信发送记录
/task/list||执行记录
/task/log|taskLog|任务执行日志
/approve/history||Approval history
/refunds||Refund records
/refund/records||Refund records
/update/history||Update history
/block/list||Block list
/order/cancelled||取消订单列表
/order/list||删除订单列表
/recycle/list||已删除列表
/import/records||导入记录
/export/tasks||导出任务列表
/merge/queue||Merge queue
/login/logs||登录日志
/deploy/history||Deploy history
/builds||Build list
/published/list||已发布列表
`;
