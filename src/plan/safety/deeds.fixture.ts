/**
 * GETs of back offices, made up here, one a line: path, operationId, title, description. Those that change something have a deed
 * beside what they read, or an operationId that reads.
 */
export const changing = `
/t/1|getT1|获取报表【会删除旧数据】
/t/1|getT1|获取报表[删除旧数据]
/t/1|getT1|获取报表《删除旧数据》
/t/1|getT1|获取报表 删除旧数据
/t/1|getT1|获取列表/删除过期数据
/t/1|getT1|查询消息→标记已读
/t/1|getT1|获取告警 ~ 同时确认告警
/t/1|getT1|Get report [deletes old data]
/t/1|getT1|Get report <deletes old data>
/t/1|getT1|Get report - deletes old data
/t/1|getT1|Get report / delete old data
/t/1|getT1|Get report; deletes old data
/t/1|getT1|Get user / deletes the session
/t/1|getT1|List jobs [restarts failed ones]
/t/1|getT1|Get report (destructive)
/t/1|getT1|Get balance, not idempotent
/dev/3/erase|getDevErase3|
/u/1|getU1|Get u|1. Deletes all rows
/u/1|getU1|Get u|DANGER! Deletes all rows
/u/1|getU1|Get u|Be careful, deletes all rows
/u/1|getU1|Get u|Each call deletes all rows
/u/1|getU1|Get u|Every request deletes all rows
/u/1|getU1|Get u|Each request creates an order.
/u/1|getU1|Get u|Every GET here places a real trade.
/u/1|getU1|Get u|Calling it twice will charge the card twice.
/u/1|getU1|Get u|Warning: irreversible! The tenant is dropped.
/u/1|getU1|Get u|Returns 204 after the robot has been started.
/u/1|getU1|获取u|1. 删除所有数据；2. 返回数量
/u/1|getU1|获取u|返回前会先删除所有数据
/u/1|getU1|获取u|每次请求都会产生一笔订单
/d/1|getD1|清空历史数据
/d/1|getD1|短信轰炸
/d/1|queryD1|消息重投
/d/1|listD1|客户入海
/d/1|getD1|封IP
/d/1|getD1|关阀
/d/1|getD1|批量冻卡
/d/1|getD1|踢麦
/d/1|getD1|查封账户
/d/1|getD1|Self-destruct
/d/1|getD1|Obliterate
/d/1|getD1|Eval script
/d/1|getD1|Flash firmware
/d/1||Obliterate
/equip/scrap|getScrap|设备报废
/tool/getErase|getErase|擦除设备
/pay/loan/out|getLoanOut|放款
/fin/payout|getPayout|打款
/msg/mass|listMass|群发
/power/off|getPowerOff|断电
/furnace/fire|getFire|点火
/wallet/tx|getTx|提现
/oa/seal|getSeal|盖章
/card/loss|getLoss|挂失
/hr/leave|getLeave|办理离职
/stu/grad|listGrad|毕业
/report/d|getReportD|获取日报【同时清空缓存】
/report/e|getReportE|查询订单 - 自动取消超时订单
/report/f|getReportF|查询消息→标记已读
/report/g|getReportG|获取列表/删除过期数据
/report/h|getReportH|查询库存；扣减1
/report/i|listI|获取数据 清空历史数据
/report/j|getJ|Get orders - cancels stale ones
/report/k|getK|List jobs [restarts failed ones]
/report/l|getL|Get stock; deducts one
/report/m|getM|Get user / deletes the session
/dev/fr|getFr|Factory reset
/dev/fd|getFd|Format disk
/bank/wm|getWm|Wire money
/sys/sd|getSd|Self-destruct
/sys/ob||Obliterate
/sys/ev||Eval script
/mq/resend|getResendMsg|消息重投
/iot/fw|getFw|固件刷写
/crm/sea|getSea|客户入海
/crm/pool|getPool|线索回收
/wms/move|getMove|移库
/fin/charge|getCharge|充值
/edu/pay|getEduPay|学费缴纳
/park/gate|getGate|抬杆放行
/live/gag|getGag|直播间禁言
/data/mask|getMask|数据脱敏
/im/withdraw|getImBack|消息撤回
/sys/kick|getKick|踢人下线
/oa/car/return|getCarReturn|归还车辆
/oa/asset/borrow|listAssetBorrow|资产借出
/oa/doc/burn|getDocBurn|公文销毁
/fin/voucher/post|getVoucherPost|凭证过账
/fin/bad|getBadDebt|核销坏账
/fin/month|getMonth|结转损益
/wms/wave|getWave|波次下发
/wms/count|getCount|盘盈入账
/wms/pick|getPick|拣货完成
/tms/assign|getAssign|指派司机
/tms/unload|getUnload|卸货
/shop/price|getPrice|一键改价
/shop/clear|getClear|清购物车
/shop/pt|getPt|发起拼团
/shop/score|getScore|积分扣减
/iot/valve|getValve|关阀
/iot/water|getWater|开始浇灌
/iot/lock|getLock|锁车
/iot/ota|getOta|推送升级包
/iot/alarm|getAlarm|消音
/med/regist|getRegist|退号
/med/drug|getDrug|退药
/med/bed|getBed|换床
/edu/class|getClass|调课
/edu/score|getScoreOut|公布成绩
/edu/expel|getExpel|开除学籍
/gov/case|getCase|撤案
/gov/seal|getSeal|查封账户
/game/server|getServer|合服
/game/item|getItem|发放道具【全服】
/live/mic|getMic|踢麦
/ops/host|getHost|隔离主机
/ops/node|getNode|节点摘流
/ops/log|getLog|查看日志【查看后自动清空】
/ops/alert|getAlert|获取告警 ~ 同时确认告警
/im/group|getGroup|解散群聊
/sys/dict|getDict|Get dictionary [reloads the cache]
/sys/conf|getConf|查询配置｜刷新缓存
/sys/lic|getLic|吊销证书
/pay/cash|getCash|Cash out
/oa/notice/issue|getNoticeIssue|下达通知
/oa/attend/fix|getAttendFix|补卡申请
/oa/post/adj|getPostAdj|岗位调整
/fin/bill/pay|getBillPay|票据兑付
/fin/offset|getOffset|往来冲抵
/fin/bank/push|getBankPush|网银付款推送
/wms/lock|getStockLock|锁定库位
/wms/repl|getRepl|触发补货
/wms/split|getSplit|拆零
/tms/sign|getSign|代签收
/tms/depart|getDepart|确认发车
/shop/grp|getGrp|取消拼单
/shop/vip|getVip|会员降级
/shop/stock|getStockSub|扣减库存
/iot/fan|getFan|开风机
/iot/cur|getCur|拉窗帘
/iot/cam|getCam|抓拍
/iot/dose|getDose|加药
/iot/park|getPark|落杆
/med/inf|getInf|停止输液
/med/res|getRes|爽约登记
/med/out|getOut|办理出院
/edu/seat|getSeat|自动排座
/edu/paper|getPaper|组卷
/edu/hw|getHw|批改作业
/gov/fine|getFine|开罚单
/gov/land|getLand|征地
/game/draw|getGameDraw|十连抽
/game/ban|getGameBan|封角色
/live/end|getLiveEnd|关播
/ops/scale|getScale|缩容节点
/ops/fail|getFailover|主备倒换
/ops/dump|getDump|获取线程快照（会暂停应用）
/ops/msg|getMsg2|拉取消息：拉取即删除
/im/pull|getPull|Fetch messages / marks them as read
/im/kick|getKick|请出群聊
/sys/tok|getTok|Get token -> revokes the old one
/sys/init|getInit|初始化租户
/bi/rerun|getRerun|重跑报表
/pay/split|getPaySplit|分账回退
/oa/task/hand|getTaskHand|任务移交
/oa/room/free|getRoomFree|会议室退订
/oa/sign/agree|getSignAgree|同意会签
/fin/wo|getWo|往来核销
/fin/lock|getFinLock|锁账
/fin/dep|getDep|计提折旧
/fin/pay2|getPay2|代发工资
/wms/ship|getShip|装车发运
/wms/recv|getRecv|收货上架
/wms/mv|getMv|库位对调
/tms/cancel|getTmsCancel|运单作废
/tms/track|getTrackOn|开启跟踪
/shop/off|getOff|商品下柜
/shop/gift|getGiftSend|赠送积分
/shop/remind|getRemind|催付
/iot/heat|getHeatOn|开启加热
/iot/reset|getResetDev|设备复位
/iot/spray|getSpray|启动喷淋
/iot/siren|getSiren|拉响警报
/iot/lift|getLift|电梯召唤
/med/call|getCall|叫号
/med/sign|getMedSign|医嘱签署
/med/stop|getMedStop|停医嘱
/edu/up|getUp|升班
/edu/lock|getEduLock|锁定成绩
/gov/recv|getGovRecv|受理申请
/gov/rej|getGovRej|退回补正
/game/up|getGameUp|强化装备
/game/mail|getGameMail|全服邮件发送
/live/pin|getPin|置顶弹幕
/live/mute|getMute|全员静音
/ops/drain|getDrain|排空节点
/ops/gc|getGc|手动GC
/ops/cert|getCertNew|证书轮换
/ops/q|getQ|查询死信 => 重新投递
/im/read|getRead|获取会话「并置为已读」
/im/rec|getRec|List calls * hangs up idle ones
/sys/perm|getPerm|权限重算
/bi/cube|getCube|重建立方体
/pay/un|getUn|解约代扣
/oa/meet/cancel|getOaMeetCancel|会议改期
/oa/mail/back|getOaMailBack|邮件召回
/oa/borrow/give|getOaBorrowGive|档案归还
/hr/pay/issue|getHrPayIssue|薪资下发
/hr/staff/fix|getStaffFix|员工转岗
/fin/acct/roll|getAcctRoll|反月结
/fin/adv/off|getAdvOff|预付冲销
/wms/bin/empty|getBinEmpty|清空货位
/wms/label|getWmsLabel|补打箱唛
/wms/load|getWmsLoad|封箱
/tms/route/lock|getRouteLock|锁定线路
/tms/seal|getTmsSeal|施封
/shop/order/merge|getOrderMerge|合并支付
/shop/point/give|getPointGive|积分派发
/shop/price/drop|getPriceDrop|降价
/iot/led|getIotLed|熄灯
/iot/pump/run|getPumpRun|启泵
/iot/robot/home|getRobotHome|回充
/iot/cam/turn|getCamTurn|云台左转
/med/inj|getMedInj|注射疫苗
/med/triage|getMedTriage|分诊
/med/consult|getConsult|结束问诊
/edu/quiz/start|getQuizStart|发起随堂测
/edu/cert/issue|getCertIssue|颁发证书
/edu/room/give|getRoomGive|分配宿舍
/gov/doc/send|getDocSend|公文分发
/gov/pub|getGovPub|撤销公示
/game/pet|getGamePet|宠物放生
/game/war|getGameWar|宣战
/live/redo|getLiveRedo|重新推流
/live/warn|getLiveWarn|警告主播
/ops/rs|getOpsRs|滚动重启
/ops/ban|getOpsBan|IP拉黑
/ops/snap|getOpsSnap|打快照
/ops/img|getOpsImg|获取镜像〔并清理旧镜像〕
/im/note|getImNote|查询通知 | 全部已读
/im/out|getImOut|List members, kicks out idle ones
/sys/key|getSysKey|密钥轮转
/sys/job|getSysJob|Get job status (restarts the job if failed)
/pay/close|getPayClose|关单`;

export const reading = `
/mq/backlog|getBacklog|消息积压
/hr/attend/month|getMonthAttend|月度考勤
/d/1|getD1|提现记录
/d/1|getD1|放款列表
/d/1|getD1|Factory reset status
/d/1|getD1|投标供应商
/d/1|getD1|揽件网点
/d/1|getD1|限流配置
/d/1|getD1|退房政策
/d/1|getD1|停车费
/d/1|getD1|开销
/d/1|getD1|转化率
/d/1|getD1|收割机
/d/1|getD1|我的投标
/d/1|getD1|今日入住
/d/1|getD1|扣押车辆
/t/1|getT1|获取用户列表【新增】
/t/1|getT1|获取《用户协议》内容
/t/1|getT1|查看缺陷(详情&&编辑&&复制)
/t/1|getT1|Get counts (inserts, updates, deletes)
/t/1|getT1|Get read/write status
/t/1|getT1|Get report (non-destructive)
/u/1|getU1|Get u|Each call counts towards the rate limit.
/u/1|getU1|Get u|Note: each request consumes one unit of the quota.
/u/1|getU1|Get u|1. Returns all rows\\n2. Sorted by time
/u/1|getU1|获取u|1. 返回所有数据；2. 按时间倒序
/mq/backlog|getBacklog|消息积压
/hr/attend/month|getMonthAttend|月度考勤
/wallet/withdraw/record|getWithdrawRecord|提现记录
/loan/list|listLoan|放款列表
/device/reset/status|getResetStatus|Factory reset status
/fin/receivable|getReceivable|应收账款
/fin/aging|getAging|账龄
/hr/headcount|getHeadcount|人员编制
/wms/safe|getSafeStock|安全库存
/wms/turn|listTurnover|库存周转
/crm/funnel|getFunnel|商机阶段
/oa/meeting/mine|listMine|我的会议
/oa/todo|getTodo|待办事项
/ops/slow|listSlow|慢查询
/ops/slowsql|listSlowSql|慢SQL
/ops/thread|getThread|线程池
/ops/gcinfo|getJvm|虚拟机内存
/edu/homework|listHomework|家庭作业
/edu/wrong|listWrong|错题本
/med/allergy|getAllergy|过敏史
/med/vital|getVital|生命体征
/hotel/ari|getAri|房态
/car/viol|listViol|交通违章
/park/free|getFree|剩余车位
/iot/alarm/level|getAlarmLevel|告警阈值
/iot/onoff|getOnlineRate|设备在线率
/iot/topo|getTopo|网络拓扑
/shop/hot|listHot|爆款单品
/shop/flash|listFlash|限时秒杀场次
/shop/fare|getFare|运费模板
/order/after|listAfter|售后单
/logi/trace|getTrace|物流轨迹
/pay/bill|getBill|对账单
/risk/score|getRisk|风险评分
/bi/gmv|getGmv|成交总额
/bi/uv|getUv|访客数
/bi/retain|getRetain|次日留存
/proj/gantt|getGantt|甘特图
/proj/burn|getBurn|燃尽图
/prop/fee|listFee|物业欠费
/oa/car|getCar|车辆档案
/oa/vote|listVote|投票结果
/oa/dept/dyn|getDyn|部门动态
/fin/cost|getCost|成本构成
/fin/cash|getCashflow|现金流
/fin/budget|listBudget|预算执行情况
/fin/tax|getTax|税负率
/wms/age|getAge|库龄
/wms/loc|listLoc|库位占用
/wms/diff|listDiff|盘点差异
/tms/route|getRoute|行车路线
/tms/load|getLoad|装载率
/tms/late|listLate|晚点班次
/shop/act|listAct|活动专场
/shop/refund/reason|listReason|退款原因
/shop/sku|getSku|规格参数
/shop/uv|getUv|浏览深度
/iot/batt|getBatt|剩余电量
/iot/sig|getSig|信号强度
/iot/fault|listFault|故障码
/iot/run|getRun|运行时长
/med/queue|getQueue|候诊人数
/med/fee|getFee|住院费用
/med/report|getReport|检验报告
/edu/rank|listRank|年级排名
/edu/room|listRoom|空教室
/edu/book|listBook|在借图书
/gov/law|listLaw|法律法规
/gov/progress|getProgress|办件进度
/game/rank|listRank2|段位榜
/game/bag|getBag|背包物品
/live/heat|getHeat|直播热度
/ops/pod|listPod|容器实例
/ops/err|getErr|错误堆栈
/ops/sla|getSla|可用性
/im/unread|getUnread|未读会话
/crm/visit|listVisit|拜访足迹
/crm/dup|listDup|疑似重复客户
/energy/day|getDay|日用电量
/oa/plan|listPlan|工作计划
/oa/contact|getContact|内部通讯录
/oa/sched|getSched|值班表
/fin/asset|getAsset|固定资产原值
/fin/profit|getProfit|毛利
/fin/arrear|listArrear|欠款客户
/fin/voucher|listVoucher|记账凭证
/wms/batch|listBatch|临期批次
/wms/heat|getHeatMap|库区热力
/wms/staff|getStaff|拣货员绩效
/tms/fuel|getFuel|百公里油耗
/tms/driver|listDriver|空闲司机
/tms/eta|getEta|预计到达
/shop/cart|getCart|购物车
/shop/cate|listCate|类目树
/shop/comment|listComment|买家秀
/shop/gift|listGift|赠品
/iot/env|getEnv|环境温湿度
/iot/dev|getDev|设备台账
/iot/ver|getVer|固件版本
/iot/open|getOpenCount|开门次数
/med/doc|listDoc|专家门诊
/med/drug|listDrug|药品目录
/med/ops|listOps|手术排期
/edu/credit|getCredit|已修学分
/edu/stu|listStu|转学生
/edu/teach|getTeach|教学大纲
/gov/item|listItem|办事指南
/gov/credit|getCreditG|信用等级
/game/hero|listHero|英雄图鉴
/game/pass|getPass|通关率
/live/room|getRoom|直播间公告
/ops/cpu|getCpu|负载均值
/ops/conn|getConn|活跃连接
/ops/cert|listCert|证书有效期
/im/sticker|listSticker|表情包
/crm/src|getSrc|获客渠道
/crm/lost|listLost|流失客户
/energy/peak|getPeak|峰谷电价
/pay/rate|getRate|支付成功率
/oa/holiday|listHoliday|节假日
/oa/expense|listExp|报销单
/oa/travel|listTravel|差旅标准
/oa/seal|listSeal|印章台账
/fin/cashier|getCashier|出纳日记账
/fin/liab|getLiab|负债结构
/fin/plan|listFinPlan|还款计划
/fin/rate|getFx|汇率中间价
/wms/zone|listZone|库区
/wms/lot|listLot|批号
/wms/out|listOut|待出库明细
/wms/cap|getCap|库容利用率
/tms/fleet|listFleet|自有车队
/tms/cost|getTmsCost|运费构成
/shop/spu|listSpu|在售商品
/shop/coupon|listCoupon|我的券包
/shop/inv|getInvoice|开票信息
/shop/rank|listTop|热卖榜
/iot/gw|listGw|边缘网关
/iot/curve|getCurve|负荷曲线
/iot/geo|listGeo|电子围栏
/iot/life|getLife|剩余寿命
/med/ward|listWard|病区床位
/med/fee2|getFee2|欠费患者
/med/inf2|listInf|感染监测
/edu/att|getAtt|到课率
/edu/grad|listGradS|毕业生
/edu/exam|listExam|考场安排
/gov/dept|listGdept|委办局
/gov/sat|getSat|群众满意度
/game/ach|listAch|成就徽章
/game/season|getSeason|当前赛季
/live/fans|listFans|粉丝团
/ops/alarm|listAl|活动告警
/ops/job|listJob|失败作业
/ops/iops|getIops|磁盘吞吐
/im/member|listMem|群成员名片
/crm/stage|listStage|销售阶段
/energy/carbon|getCarbon|碳排放量
/oa/rule|getOaRule|规章制度
/oa/duty|getOaDuty|岗位职责
/oa/late|getOaLate|迟到早退
/hr/org|getHrOrg|组织架构
/hr/edu|getHrEdu|学历构成
/fin/ratio|getFinRatio|偿债能力
/fin/wallet|getFinWallet|资金池
/fin/interest|getFinInterest|应计利息
/wms/temp|getWmsTemp|冷库温度
/wms/dead|getWmsDead|呆滞料
/wms/sup|getWmsSup|供应商来料
/tms/plate|getTmsPlate|车牌识别
/tms/insur|getTmsInsur|车险保单
/tms/road|getTmsRoad|路况
/shop/new|getShopNew|新人专享
/shop/ad|getShopAd|广告位
/shop/brand|getShopBrand|品牌故事
/iot/wave|getIotWave|振动波形
/iot/press|getIotPress|管网压力
/iot/leak|getIotLeak|漏水点位
/med/diag|getMedDiag|诊断编码
/med/hist|getMedHist|既往病史
/med/vac|getMedVac|疫苗库存
/edu/term|getEduTerm|学期校历
/edu/club|getEduClub|社团活动
/edu/canteen|getEduCanteen|食堂菜谱
/gov/map|getGovMap|网格划分
/game/skin|getGameSkin|限定皮肤
/game/level|getGameLevel|等级经验
/live/tag|getLiveTag|主播标签
/live/sched|getLiveSched|直播预告
/ops/log|getOpsLog|错误日志
/ops/net|getOpsNet|丢包率
/ops/rel|getOpsRel|服务依赖
/im/faq|getImFaq|常用语
/crm/team|getCrmTeam|销售战区
/crm/goal|getCrmGoal|业绩目标
/energy/pv|getEnergyPv|光伏出力
/pay/chan|getPayChan|渠道费率`;
