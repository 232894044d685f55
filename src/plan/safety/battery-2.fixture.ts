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
/rider/arrive||骑手到店
/member/{id}/points/plus||加积分
/period/closing||关账
/user/heartbeat/online||在线心跳
/sort/up||上移
/return||还书
/salary/calc||计算工资
/feature/toggle||Toggle feature flag
/queue/poll||拉取并确认
/user/points/minus||扣积分
/stock/{sku}/minus||减库存
/award/get||领奖
/getRedPacket||领红包
/log/report||上报日志
/status/report||上报状态
/progress/report||上报进度
/getOrCreate||获取或创建
/plan/choose||选择套餐
/list/dedupe||名单去重
/detail/fill||补录明细
/quality/check||质检录入
/commission/calculate||计算佣金
/car/return||还车
/driver/arrive||
/category/{id}/up||
/seat/online||坐席置闲
/vehicles/{vin}/wakeup||
/counter/next||
/seckill/{id}/do||
/instance/online||
/pod/online||
/voucher/post||
/coupon/verify||
/coupon/verify||核销
/verify||核销
/getReward||
/getCode||
/takeNumber||
/benefit/obtain||
/mrp/calculate||
/month/closing||
/comment/report||
/cart/checked||
/config/default/{id}||
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
/courier/arrive||快递员到店
/account/points/add||加积分
/account/score/plus||
/inventory/{sku}/plus||加库存
/wallet/balance/minus||扣余额
/book/closing||封账
/day/closing||日终轧账
/sort/down||下移
/menu/{id}/down||下移
/menu/{id}/up||上移菜单
/library/return||归还图书
/umbrella/return||还伞
/bike/return||还车
/goods/return||退货
/payroll/calculate||核算薪资
/wage/calc||计算员工工资
/bonus/calculate||计算奖金
/depreciation/calculate||计算折旧
/award/receive||领取奖励
/getAward||
/getPrize||
/getGift||领礼包
/getBonus||
/gift/obtain||
/redPacket/open||拆红包
/coupon/obtain||
/data/report||上报数据
/location/report||上报位置
/error/report||上报错误日志
/device/report||上报设备信息
/play/report||上报播放进度
/findOrCreate||查询或新建
/cart/getOrCreate||获取或者创建购物车
/getAndDelete||查询并删除
/queryAndConfirm||查询并确认
/package/choose||选择套餐
/seat/choose||选座
/data/dedup||数据去重
/contacts/deduplicate||联系人去重
/score/input||成绩录入
/score/enter||录入成绩
/form/fill||补录数据
/agent/busy||坐席置忙
/agent/online||
/server/online||
/sku/online||
/product/offline||
/hosts/{id}/wakeup||
/machine/poweron||
/machine/poweroff||
/cluster/scaleup||
/cluster/scaledown||
/light/turnon||
/light/turnoff||
/device/switchon||
/fan/speedup||
/sequence/next||
/lottery/{id}/do||
/vote/{id}/do||
/journal/post||
/entry/post||
/voucher/verify||
/ticket/verify||
/coupons/check||
/wx/getCode||
/takeTicket||
/take/number||
/post/report||
/abuse/report||
/shopping/cart/checked||
/cart/unchecked||
/address/default/{id}||
/card/default/{cardId}||
/mq/poll||
/client/heartbeat||设备心跳
/session/keep||保持心跳
/index/optimize||优化索引
/goods/sort/top||
/user/gold/minus||扣金币
/user/exp/add||加经验
/rank/refresh|refreshRank|刷新排行榜
/stats/recalc|recalcStats|重算统计
/board/clear|clearBoard|清空看板数据
/leaderboard/reset||Reset leaderboard
/counter/reset||Reset counter
/statistics/reset||Reset statistics
/statistics/clear||Clear statistics
/logs/purge||Purge logs
/logs/rotate||Rotate logs
/log/level/set||设置日志级别
/queue/drain||Drain queue
/queue/resume||Resume queue
/queue/flush||Flush queue
/jobs/queue/clear||Clear job queue
/messages/queue/purge||Purge message queue
/report/email||Send report by email
/report/approve||Approve report
/report/submit|submitReport|提交日报
/report/recall|recallReport|撤回周报
/report/lock|lockReport|锁定报表
/result/confirm|confirmResult|确认结果
/result/publish|publishResult|公布成绩
/result/save|saveResult|保存结果
/detail/save|saveDetail|保存明细
/detail/delete|deleteDetail|删除明细
/list/import|importList|导入名单
/list/merge|mergeList|合并列表
/list/copy|copyList|复制清单
/list/share|shareList|分享清单
/history/delete|deleteHistory|删除浏览历史
/history/clear|clearHistory|清除播放历史
/search/history/clear||清空搜索历史
/view/record/clear||清空浏览记录
/chat/record/delete||删除聊天记录
/order/status/change||变更订单状态
/order/status/sync|syncOrderStatus|同步订单状态
/order/info/update|updateOrderInfo|更新订单信息
/stock/summary/rebuild||重建库存汇总
/stock/detail/sync|syncStockDetail|同步库存明细
/sales/summary/generate|generateSalesSummary|生成销售汇总
/bill/list/generate|generateBillList|生成账单列表
/bill/detail/push|pushBillDetail|推送账单明细
/sms/template/submit|submitSmsTemplate|提交短信模板
/template/copy||Copy template
/template/publish||Publish template
/version/rollback|rollbackVersion|回滚版本
/version/publish|publishVersion|发布版本
/status/toggle||Toggle status
/flag/toggle||Toggle flag
/summary/refresh||Refresh summary
/trend/refresh||刷新趋势
/tree/refresh||刷新树
/tree/rebuild||Rebuild tree
/option/save|saveOption|保存选项
/option/reset||重置选项
/progress/reset||重置进度
/count/reset||重置次数
/quantity/adjust||调整数量
/time/adjust||调整时间
/permission/revoke||Revoke permission
/query/cancel||Cancel query
/query/stop||停止查询
/search/save||Save search
/preview/publish||发布预览
/x/1||清空待处理列表
/x/2||移除黑名单列表
/x/3||重置全部统计
/x/4||清理过期报表
/x/5||销毁历史明细
/x/6||终止慢查询
/x/7||Reset all statistics
/x/8||Clear the queue
/x/9||Pause message queue
/x/10||Remove list
/x/11||Purge the dead letter queue
/x/12||清零排行榜
/x/13||上报心跳
/x/14||还书登记
/x/15||用户领红包
/x/16||批量去重
/x/17||订单批量上移
/x/18||批量录入
/list/remove|removeList|移除列表
/record/remove|removeRecord|移除记录
/queue/remove|removeQueue|移除队列
/report/clear|clearReport|清空报表
/list/clear|clearList|清空列表
/record/clear|clearRecord|清空记录
/queue/clear|clearQueue|清空队列
/report/reset|resetReport|重置报表
/list/reset|resetList|重置列表
/record/reset|resetRecord|重置记录
/queue/reset|resetQueue|重置队列
/report/publish|publishReport|发布报表
/list/publish|publishList|发布列表
/record/publish|publishRecord|发布记录
/queue/publish|publishQueue|发布队列
/list/push|pushList|推送列表
/record/push|pushRecord|推送记录
/queue/push|pushQueue|推送队列
/list/send|sendList|发送列表
/record/send|sendRecord|发送记录
/queue/send|sendQueue|发送队列
/report/approve|approveReport|审批报表
/list/approve|approveList|审批列表
/queue/approve|approveQueue|审批队列
/report/audit|auditReport|审核报表
/list/audit|auditList|审核列表
/record/audit|auditRecord|审核记录
/queue/audit|auditQueue|审核队列
/report/sync|syncReport|同步报表
/list/sync|syncList|同步列表
/record/sync|syncRecord|同步记录
/queue/sync|syncQueue|同步队列
/report/upload|uploadReport|上传报表
/list/upload|uploadList|上传列表
/record/upload|uploadRecord|上传记录
/queue/upload|uploadQueue|上传队列
/report/save|saveReport|保存报表
/list/save|saveList|保存列表
/record/save|saveRecord|保存记录
/queue/save|saveQueue|保存队列
/report/stop|stopReport|停止报表
/list/stop|stopList|停止列表
/record/stop|stopRecord|停止记录
/queue/stop|stopQueue|停止队列
/report/cancel|cancelReport|取消报表
/list/cancel|cancelList|取消列表
/record/cancel|cancelRecord|取消记录
/queue/cancel|cancelQueue|取消队列
/report/submit|submitReport|提交报表
/list/submit|submitList|提交列表
/record/submit|submitRecord|提交记录
/queue/submit|submitQueue|提交队列
/report/refresh|refreshReport|刷新报表
/list/refresh|refreshList|刷新列表
/record/refresh|refreshRecord|刷新记录
/queue/refresh|refreshQueue|刷新队列
/report/delete|deleteReport|删除报表
/list/delete|deleteList|删除列表
/queue/delete|deleteQueue|删除队列
/report/import|importReport|导入报表
/list/import|importList|导入列表
/record/import|importRecord|导入记录
/queue/import|importQueue|导入队列
/report/archive|archiveReport|归档报表
/list/archive|archiveList|归档列表
/record/archive|archiveRecord|归档记录
/queue/archive|archiveQueue|归档队列
/report/update|updateReport|更新报表
/list/update|updateList|更新列表
/record/update|updateRecord|更新记录
/queue/update|updateQueue|更新队列
/report/restore|restoreReport|恢复报表
/list/restore|restoreList|恢复列表
/record/restore|restoreRecord|恢复记录
/queue/restore|restoreQueue|恢复队列
/list/lock|lockList|锁定列表
/record/lock|lockRecord|锁定记录
/queue/lock|lockQueue|锁定队列
/report/pause|pauseReport|暂停报表
/list/pause|pauseList|暂停列表
/record/pause|pauseRecord|暂停记录
/queue/pause|pauseQueue|暂停队列
/report/start|startReport|启动报表
/list/start|startList|启动列表
/record/start|startRecord|启动记录
/queue/start|startQueue|启动队列
/report/kill|killReport|终止报表
/list/kill|killList|终止列表
/record/kill|killRecord|终止记录
/queue/kill|killQueue|终止队列
/report/close|closeReport|关闭报表
/list/close|closeList|关闭列表
/record/close|closeRecord|关闭记录
/queue/close|closeQueue|关闭队列
/list/generate|generateList|生成列表
/record/generate|generateRecord|生成记录
/queue/generate|generateQueue|生成队列
/report/purge|purgeReport|清理报表
/list/purge|purgeList|清理列表
/record/purge|purgeRecord|清理记录
/queue/purge|purgeQueue|清理队列
/report/share|shareReport|分享报表
/list/share|shareList|分享列表
/record/share|shareRecord|分享记录
/queue/share|shareQueue|分享队列
/report/print|printReport|打印报表
/list/print|printList|打印列表
/record/print|printRecord|打印记录
/queue/print|printQueue|打印队列
/report/execute|executeReport|执行报表
/list/execute|executeList|执行列表
/record/execute|executeRecord|执行记录
/queue/execute|executeQueue|执行队列
/report/disable|disableReport|禁用报表
/list/disable|disableList|禁用列表
/record/disable|disableRecord|禁用记录
/queue/disable|disableQueue|禁用队列
/report/enable|enableReport|启用报表
/list/enable|enableList|启用列表
/record/enable|enableRecord|启用记录
/queue/enable|enableQueue|启用队列
/report/rebuild|rebuildReport|重建报表
/list/rebuild|rebuildList|重建列表
/record/rebuild|rebuildRecord|重建记录
/queue/rebuild|rebuildQueue|重建队列
/report/recall|recallReport|撤回报表
/list/recall|recallList|撤回列表
/record/recall|recallRecord|撤回记录
/queue/recall|recallQueue|撤回队列
/a/b||开启监控
/a/b||提交日报
/a/b||修改生日
/a/b||发送工资条
/a/b||增加点赞数
/a/b||生成销售月报
/a/b||清空轨迹
/a/b||上报轨迹
/refunds||申请退款
/votes||发起投票
/comments||发布评论
/comments||写评论
/notifications||发送通知
/car/return||
/bike/return||
/his/rx/{id}/return|returnDrug|退药
/blood/issue|issueBlood|发血
/eod/switchDate||日切
/fx/deal/book|bookDeal|Book deal
/gl/rollover|yearRollover|年结
/cheque/issue||Issue cheque
/cheques/{id}/issue||Issue cheque
/erp/price/effect||价格生效
/api/gateway/{id}/permitJoin||允许入网
/api/thermostat/{id}/mode/cool|coolMode|制冷
/edu/homework/{id}/return|returnHomework|打回作业
/edu/student/{id}/graduate||毕业
/edu/timetable/arrange||自动排课
/hr/shift/arrange||排班
/integration/sap/pull||从SAP拉取物料
/edu/course/select|selectCourse|选课
/bank/acct/{id}/garnish||扣划
/bank/interest/capitalize||结息
/his/fee/{id}/supplement||补费
/his/patient/{id}/triage||分诊
/his/drip/{id}/hang||挂瓶
/edu/exam/{id}/grade||阅卷
/oa/form/{id}/return||打回
/iot/curtain/{id}/half||半开
/api/ac/{id}/heat||制热
/api/fan/{id}/speed/3||三档风速
/mall/sign/makeup||补签
/integration/fetchOrders||抓单
/integration/fetchOrders|fetchOrders|抓单
/mall/cart/empty||
/gl/post||
/vault/in||
/vault/out||
/his/appointment/book||
/api/client/{id}/wol||
/mall/seckill/{id}/go||
/mall/address/{id}/default||
/print/waybill/{id}||
/drug/stock/inbound||
/erp/order/{id}/unhold||
/erp/purchase/unaudit||
/edu/card/{id}/lost||
/erp/invoice/issue||
/erp/invoice/redflush||
/seal/use||
/api/fan/{id}/speed/3||
/api/ac/{id}/heat||
/edu/timetable/arrange||
/hr/shift/arrange||
/blood/issue||
/his/rx/{id}/return||
/gl/rollover||
/api/gateway/{id}/permitJoin||
/bank/interest/capitalize||
/edu/exam/{id}/grade||
/his/x|x|退药
/his/x|x|发血
/his/x|x|日切
/his/x|x|年结
/his/x|x|价格生效
/his/x|x|允许入网
/his/x|x|制冷
/his/x|x|打回作业
/his/x|x|自动排课
/his/x|x|选课
/his/x|x|扣划
/his/x|x|结息
/his/x|x|补费
/his/x|x|分诊
/his/x|x|挂瓶
/his/x|x|阅卷
/his/x|x|打回
/his/x|x|半开
/his/x|x|制热
/his/x|x|三档风速
/his/x|x|补签
/his/x|x|抓单
/his/x|x|发药
/his/x|x|退费
/his/x|x|退号
/his/x|x|退课
/his/x|x|退库
/his/x|x|退料
/his/x|x|领料
/his/x|x|发料
/his/x|x|除湿
/his/x|x|送风
/his/x|x|全开
/his/x|x|全关
/his/x|x|半关
/his/x|x|日终
/his/x|x|批改作业
/his/x|x|休学
/his/x|x|复学
/his/x|x|退学
/his/x|x|转学
/his/x|x|抓取订单
/his/x|x|从ERP同步
/his/x|x|从WMS抓取订单
/his/x|x|生效
/his/x|x|失效
/his/x|x|合同生效
/his/x|x|允许加入
/his/x|x|冻结额度
/order/x||未支付订单关闭
/order/x||未付款订单自动取消
/order/delete||已删除订单
/order/approve||待审核订单
/user/login||已登录用户
/log/push||推送日志
/rule/cancel||取消规则
/plan/stocktake||盘点计划
/x/x||生成绩效
/x/x||分配结果
/x/x||取消付款单
/x/x||交接班
/user/locked||锁定用户
/users/{id}/locked||锁定用户
/users/deleted||删除用户
/users/locked||Lock users
`;

export const harmless = `
/monitor/cpu||CPU监控
/employee/birthday||本月生日
/salary/slip||工资条
/logistics/trace||物流轨迹
/report/sales/daily||销售日报
/report/top10||
/kpi/score||绩效得分
/queue/depth||
/mq/lag||
/device/{sn}/latest||
/lock/{id}/battery||
/area/children||
/attendance/month||
/releases/latest||
/map/geocode||
/freight/estimate||
/currency/convert||
/video/playUrl||
/goods/page||商品分页查询
/ins/orders||
/ins/user/list||
/ins/policy/{id}||
/ins/product/list||
/ins/claim/list||
/goods/fresh||新品
/comments||文章评论
/article/{id}/comments||文章评论
/goods/comments||商品评论
/db/connection||数据库连接
/db/connections||数据库连接
/metrics||指标抓取
/article/likes||点赞数
/article/{id}/likeCount||点赞数
/convert||
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
/monitor/memory||内存监控
/monitor/jvm||JVM监控
/member/birthday||会员生日
/salary/slip/{id}||工资条
/express/trace||快递轨迹
/vehicle/track||车辆轨迹
/report/month||月报
/report/weekly||周报
/report/daily||日报表
/report/top5||
/kpi/score/{id}||绩效得分
/exam/score||考试得分
/mq/depth||
/topic/lag||
/order/latest||
/version/latest||
/car/{id}/battery||
/dept/children||
/attendance/week||
/map/geocode||地理编码
/shipping/estimate||
/tax/calculate||
/price/calculate||计算价格
/freight/calculate||计算运费
/interest/calculate||计算利息
/distance/calculate||计算距离
/unit/convert||
/coordinate/convert||坐标转换
/live/playUrl||
/stream/pushUrl||
/ins/products||
/ins/policies||
/ins/claim/detail||
/product/fresh||
/posts/{id}/comments||帖子评论
/videos/{id}/comments||视频评论
/shop/reviews||店铺评价
/mysql/connections||数据库连接
/post/likes||点赞
/user/{id}/favorites||我的收藏
/user/subscriptions||用户订阅
/user/notifications||系统通知
/metrics||Prometheus 指标抓取
/user/likeCount||点赞数
/user/registerCount||注册数
/order/completed/count||完成数
/approval/records||审批记录
/audit/records|listAuditRecords|审核记录
/push/list|listPush|推送列表
/sync/logs|querySyncLogs|同步日志
/upload/records|getUploadRecords|上传记录
/publish/history|getPublishHistory|发布历史
/refund/records|queryRefundRecords|退款记录
/recharge/list|getRechargeList|充值记录
/withdraw/page|pageWithdraw|提现记录
/operation/logs|listOperationLogs|操作日志
/login/log/list||登录日志
/login/history||Login history
/deploy/records||部署记录
/release/notes||发布说明
/import/progress|getImportProgress|导入进度
/sync/status|getSyncStatus|同步状态
/sync/progress||同步进度
/backup/list||备份列表
/share/list||分享列表
/like/list||点赞列表
/follow/list||关注列表
/collect/page||收藏列表
/sign/calendar||签到日历
/audit/detail||审核详情
/audit/list|auditList|审核列表
/approve/detail|approveDetail|审批详情
/task/executeLog|executeLog|执行日志
/job/log/list||调度日志
/order/cancel/reason||取消原因
/order/refund/reason||退款原因
/pay/type/list||支付方式
/pay/channel||支付渠道
/exchange/records||兑换记录
/draw/records||抽奖记录
/visit/stat||访问统计
/register/stat||注册统计
/order/trend||下单趋势
/user/active/trend||活跃趋势
/rank/list||排行榜
/rank/top||排行
/todo/list||待办列表
/todo/count||待办数量
/message/unread/count||未读数
/message/unread||未读消息
/queue/list||队列列表
/queue/length||队列长度
/queue/status||Queue status
/queue/info||Queue info
/queues||List queues
/report/list||报表列表
/report/detail||报表详情
/report/{id}||报表
/result/list||结果列表
/result/{id}||结果
/record/{id}||记录
/record/page||记录分页
/detail/{id}||详情
/log/{id}||日志
/stat/day||日统计
/stat/overview||概览
/summary/day||日汇总
/stock/summary||库存汇总
/stock/detail||库存明细
/stock/flow||库存流水
/order/list||订单列表
/order/{id}/logs||订单日志
/order/{id}/trace||订单轨迹
/order/{id}/history||Order history
/approvals||Approval list
/approvals/{id}/history||Approval history
/deployments/{id}/status||Deployment status
/releases/{id}/notes||Release notes
/builds/{id}/logs||Build logs
/builds/latest||Latest build
/uploads/{id}||Upload details
/uploads/{id}/status||Upload status
/imports/{id}/progress||Import progress
/imports||Import history
/exports/count||
/sessions/active||Active sessions
/subscriptions/{id}||Subscription details
/transfers||Transfer list
/transfers/{id}||Transfer details
/refunds/{id}||Refund details
/refunds/statistics||Refund statistics
/payments/methods||Payment methods
/shares/{id}||Share details
/backups||Backup list
/backups/{id}/status||Backup status
/sync/history||Sync history
/locks||Lock list
/locks/{id}/status||Lock status
/block/{height}||Block details
/blocks/latest||Latest block
/feature/flags||Feature flags
/feature/flag/{key}||
/seat/list||座位列表
/seat/status||座位状态
/agent/status||坐席状态
/agent/list||坐席列表
/user/online/list||在线用户列表
/user/online/count||在线人数
/monitor/online||在线用户
/server/list||服务器列表
/instance/list||实例列表
/instance/{id}/status||
/pod/{id}/logs||
/coupon/list||优惠券列表
/coupon/{id}||
/coupon/available||可用优惠券
/coupon/count||
/ticket/{id}||
/ticket/list||工单列表
/reward/list||奖励列表
/reward/rules||奖励规则
/benefit/list||权益列表
/points/detail||积分明细
/points/balance||积分余额
/points/rule||积分规则
/balance||余额
/wallet/balance||钱包余额
/period/list||账期列表
/period/current||当前账期
/month/report||月度报表
/year/summary||年度汇总
/config/default||默认配置
/address/default||默认地址
/category/tree||分类树
/category/{id}/children||
/region/children||下级区域
/dict/items||字典项
/plan/list||套餐列表
/plan/{id}||套餐详情
/package/detail||套餐详情
/salary/list||工资列表
/salary/detail||工资明细
/commission/list||佣金列表
/commission/detail||佣金明细
/mrp/result||MRP结果
/driver/location||司机位置
/driver/list||司机列表
/rider/orders||骑手订单
/vehicles/{vin}/status||
/vehicles/{vin}/location||
/device/{id}/data/latest||最新数据
/device/power/status||电源状态
/device/{id}/info||
/alarm/list||告警列表
/alarm/latest||最新告警
/alarm/count||告警数量
/weather/now||实时天气
/weather/daily||天气日报
/exchange/rate||汇率
/currency/rates||
/video/{id}/url||
/live/list||直播列表
/goods/new||新品
/goods/hot||热销商品
/goods/recommend||推荐商品
/news/latest||最新资讯
/notice/list||通知列表
/notice/latest||最新公告
/article/hot||热门文章
/article/{id}/likes||
/search/hot||热搜
/search/history||搜索历史
/search/suggest||搜索建议
/history/list||历史列表
/view/history||浏览历史
/template/list||模板列表
/version/list||版本列表
/version/current||当前版本
/status||状态
/health||健康检查
/permission/tree||权限树
/menu/list||菜单列表
/menu/routes||路由
/dept/tree||部门树
/employee/entry/trend||入职趋势
/leave/balance||假期余额
/leave/records||请假记录
/attendance/records||考勤记录
/attendance/summary||考勤汇总
/exam/rank||成绩排名
/class/schedule||课程表
/course/list||课程列表
/course/selected||已选课程
/selected/list||已选列表
/choose/list||选择列表
/user/select||选择用户列表
/return/list||退货列表
/return/reason/list||退货原因
/return/{id}||退货单详情
/video/monitor||视频监控
/a/b||行驶轨迹
/a/c||用户注册数
/refunds||退款
/count/plans||盘点计划
/transfer/{id}/lines||调拨明细
/so/open||未清订单
/pushLog||
/pushLog||推送日志
/writeOffs||核销明细
/pay/orders||付款单
/pay/terms||付款条件
/payment/terms||付款条件
/risk/blacklist||黑名单
/blacklist||黑名单
/cancel/rules||取消规则
/cancelRules|cancelRules|取消规则
/discharged||出院患者
/his/patients/discharged||出院患者
/dispenseRecords||发药记录
/handover/latest||最近交班
/consents/signed||已签知情同意
/consents||知情同意
/pushed||已推送通知
/rebootRecords||重启记录
/device/{id}/reboots||重启记录
/switch/state||开关状态
/unlockRecords||开锁记录
/lock/{id}/unlocks||开锁记录
/dialLogs||拨号日志
/confirm/stat||确认统计
/meter/readings||抄表读数
/goods/offShelf||已下架商品
/products/delisted||已下架商品
/dorm/assignments||宿舍分配结果
/allocateResult||宿舍分配结果
/comments/hidden||已隐藏评论
/refreshLogs||刷新日志
/cdn/refreshLog||刷新日志
/openProducts|openProducts|可开户产品
/openValves|openValves|开启的阀门
/valves/open||开启的阀门
/his/fees/supplement||补费记录
/his/rx/returns||退药记录
/shifts||排班表
/timetable||课表
/course/schedule||排课结果
/graduates||毕业生列表
/homework/returned||打回记录
/interest/list||结息记录
/mall/address/default||默认地址
/fan/speed||风速
/heat||热力图
/grade/list||年级列表
/edu/grade||年级
/students/{id}/grade||学生成绩
/shift/list||排班列表
/shift/arrange/list||排班列表
/effect/date||生效日期
/print/templates||打印模板
/seal/list||印章列表
/his/triage/levels||分诊级别
/lis/samples/rejected||拒收标本
/emr/records/locked||锁定病历
/hr/shifts||排班
/hr/shift/week||护士排班
/hr/shift/today||今日排班
/x/x||已生效合同
/x/x||合同生效日期
/x/x||是否生效
/x/x||空调制冷模式
/x/x||批改情况
/x/x||学生成绩单
/x/x||可预约时段
/x/x||领料单
/wms/inbound/{id}||入库单详情
/quiz/level/3||
/print/templates/{id}||
`;
