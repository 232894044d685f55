/** GETs of many trades, made up before the classifier was looked at, one a line: path, operationId, title. */
export const changing = `
/waybill/dispatch|dispatchWaybill|派单
/waybill/reroute/{no}|rerouteWaybill|改派运单
/parcel/{id}/intercept||拦截快件
/driver/clockOut|clockOut|司机下班打卡
/warehouse/putaway|putAway|上架入库
/warehouse/wave/release|releaseWave|释放波次
/locker/open|openLocker|开柜
/locker/{id}/unlatch||
/truck/sealOff|sealOff|车辆施封
/container/devan|devan|拆箱
/bed/assign|assignBed|分配床位
/patient/triage|doTriage|患者分诊
/patient/admit|admitPatient|收治入院
/prescription/dispense|dispenseRx|发药
/prescription/{id}/void||作废处方
/registration/giveBack|giveBackReg|退号
/queue/callNext|callNext|叫号
/queue/passNumber|passNo|过号
/ward/roundSign|roundSign|查房签名
/lab/sample/collect|collectSample|采样登记
/vaccine/book|bookVaccine|预约接种
/course/drop|dropCourse|退选课程
/course/pick|pickCourse|选课
/exam/handIn|handIn|交卷
/exam/startExam|startExam|开始考试
/student/promote|promote|学生升级
/student/suspend|suspendStudent|休学办理
/homework/correct|correctHomework|批改作业
/dorm/swap|swapDorm|调换宿舍
/grade/recalc|recalcGrade|重算绩点
/emp/onboard|onboard|员工入职
/emp/transferDept|transferDept|调岗
/payroll/run|runPayroll|核算工资
/payroll/payout|payout|发放工资
/leave/takeBack|takeBack|撤销请假
/attendance/punch|punch|打卡
/candidate/shortlist|shortlist|
/contract/terminate|terminateContract|解除合同
/acct/freeze.do||
/acct/hang.do|hangAcct|账户挂失
/acct/unhang.do|unhang|解挂
/card/activate.action||激活卡片
/loan/drawdown|drawdown|放款
/loan/prepay|prepayLoan|提前还款
/fund/redeem|redeemFund|赎回基金
/fund/subscribe|subscribeFund|申购
/ledger/post/{id}|postLedger|记账
/ledger/reverse/{id}|reverseLedger|冲正
/bill/writeOff|writeOff|核销账单
/trade/hedge|hedge|
/fx/settle|settleFx|结汇
/device/reboot.cgi||
/device/factoryReset||恢复出厂设置
/device/ota/push|pushOta|下发升级包
/device/{sn}/blink||
/relay/{ch}/toggle||
/valve/close|closeValve|关阀
/lamp/dim|dimLamp|调光
/ac/setTemp|setTemp|设置温度
/ptz/left|ptzLeft|云台左转
/gate/liftBar|liftBar|抬杆
/siren/on|sirenOn|
/pump/off||
/curtain/half||窗帘半开
/sensor/calibrate|calibrate|校准传感器
/robot/goHome|goHome|机器人回充
/vacuum/dock||
/player/kick|kickPlayer|踢人
/player/mute|mutePlayer|禁言
/player/levelUp|levelUp|升级
/gacha/draw|drawGacha|抽卡
/gacha/tenPull|tenPull|十连抽
/item/equip|equip|穿戴装备
/item/forge|forge|打造装备
/hero/revive|revive|复活英雄
/mail/claimAll|claimAll|一键领取
/guild/disband|disband|解散公会
/guild/quit|quitGuild|退出公会
/match/surrender|surrender|投降
/room/enter|enterRoom|进入房间
/spin/wheel|spinWheel|转盘
/permit/issue|issuePermit|核发许可证
/case/register|registerCase|立案
/case/closeCase|closeCase|结案
/case/handover|handover|移交案件
/petition/accept|acceptPetition|受理信访
/doc/countersign|countersign|会签
/doc/seal|sealDoc|用印
/doc/archive|archiveDoc|归档
/license/revoke|revoke|吊销执照
/household/cancel|cancelHousehold|注销户口
/sim/barring|barSim|停机
/sim/unbar|unbarSim|复机
/number/portOut|portOut|携号转出
/package/subscribe|subPackage|订购套餐
/call/hangup|hangup|挂断
/call/dialout|dialOut|外呼
/sms/retry|retrySms|重发短信
/voicemail/wipe||
/tenant/provision|provision|开通租户
/tenant/{id}/offboard||
/user/impersonate|impersonate|
/apikey/rotate|rotateKey|轮换密钥
/apikey/regen||
/cache/flushall||
/index/reindex|reindex|
/job/trigger|triggerJob|手动触发
/job/runOnce|runOnce|执行一次
/node/drain||
/node/cordon||
/flag/flip||
/seat/evict||
/webhook/replay/{id}||
/shanchuYonghu||
/dingdan/quxiao||
/yonghu/jinyong||
/tuikuan||
/zhifu/tijiao||
/youhuiquan/lingqu||
/baocun||
/xiugaiMima||
/fabu||
/kucun/koujian||
/order/delOrd||
/usr/updPwd||
/ord/cnl||
/goods/addFav||
/msg/markRead||标记已读
/msg/readAll|readAll|全部已读
/cart/selectAll|selectAll|全选购物车
/coupon/grab|grabCoupon|抢券
/address/makeDefault|makeDefault|设为默认地址
/invoice/red|redInvoice|开具红字发票
/invoice/apply|applyInvoice|申请开票
/member/bindWx|bindWx|绑定微信
/member/unbind|unbind|
/live/pushStream|startPush|开播
/live/cut|cutStream|断流
/video/transcode|transcode|转码
/poll/cast|castVote|投票
/review/helpful|markHelpful|点有用
/x/1||将订单转为已完成
/x/2||把用户拉入黑名单
/x/3||批量打标签
/x/4||补发奖励
/x/5||手工对账
/x/6||清空回收站
/x/7||延长会议
/x/8||合并客户
/x/9||提醒发货
/x/10||置为无效
/x/11||重新派发工单
/x/12||暂停任务
/x/13||认领工单
/x/14||扣减积分
/x/15||催缴电费
/x/16||拉黑
/x/17||给员工调薪
/x/18||远程开锁
/x/19||续租
/x/20||换货
/y/1||Archives a project
/y/2||Marks the message as seen
/y/3||Turn the heater off
/y/4||Bump the version
/y/5||Hand the case over to another agent
/y/6||Clone a dashboard
/y/7||Puts the node into maintenance
/y/8||Send a reminder
/y/9||Roll back the deployment
/y/10||Snooze alert
/hawb/consolidate|consolidateHawb|并单集运
/shipment/hold|holdShipment|扣货
/pallet/unstack||
/forklift/recall||
/freezer/defrost||
/pharmacy/compound|compoundDrug|配药
/nurse/handoff|handoff|护士交接
/infusion/stop|stopInfusion|停止输液
/ward/transferBed|transferBed|转床
/surgery/postpone|postponeSurgery|推迟手术
/consult/close|closeConsult|结束问诊
/medrec/lock||锁定病历
/school/enrol|enrol|
/lesson/reschedule|reschedule|调整上课时间
/library/renewLoan|renewLoan|续借
/library/borrow|borrowBook|借书
/seat/release|releaseSeat|释放座位
/thesis/defend|submitDefense|提交答辩
/credit/waive||减免学分
/hr/fire/{id}||
/hr/demote|demote|降级处理
/hr/perf/grade|gradePerf|绩效打分
/hr/bonus/grant|grantBonus|发放奖金
/hr/intern/regularize|regularize|实习转正
/bank/wire|wireMoney|
/bank/chargeback|chargeback|拒付
/bank/cheque/stop|stopCheque|止付
/bank/limit/raise|raiseLimit|提额
/loan/restructure|restructureLoan|债务重组
/stock/buyback||
/option/exercise|exerciseOption|行权
/iot/arm|armAlarm|布防
/iot/disarm|disarm|撤防
/iot/pairing/start|startPairing|开始配对
/iot/fw/upgrade|upgradeFw|
/iot/garage/shut||
/iot/oven/preheat||预热烤箱
/iot/pet/feed|feedPet|投喂
/iot/irrigate/zone/{id}||
/iot/cam/snap|snapCam|拍照
/iot/led/color/{hex}||
/iot/beacon/ring|ringBeacon|响铃
/game/battle/start|startBattle|
/game/skin/wear|wearSkin|换装
/game/pet/hatch|hatchPet|孵化宠物
/game/energy/refill|refill|补充体力
/game/quest/accept|acceptQuest|接取任务
/game/auction/bid|placeBid|出价
/game/sign7|sign7|七日签到
/game/box/unbox|unbox|开宝箱
/gov/hukou/move|moveHukou|户籍迁移
/gov/tax/declare|declareTax|纳税申报
/gov/fine/pay|payFine|缴纳罚款
/gov/appoint/cancel||取消预约
/gov/complaint/assign||分派投诉
/gov/notice/withdraw||撤销公示
/gov/seal/destroy||销毁印章
/telecom/sim/swap|swapSim|补换卡
/telecom/roaming/on||开通国际漫游
/telecom/plan/downgrade|downgradePlan|
/telecom/number/lock||锁号
/telecom/bb/reset||宽带重置密码
/telecom/credit/topup|topup|充值话费
/saas/seat/buy||
/saas/trial/extend|extendTrial|延长试用
/saas/tenant/wipe||
/saas/user/invite|inviteUser|邀请成员
/saas/sso/enforce||
/saas/plan/upgrade|upgradePlan|
/saas/invoice/void|voidInvoice|
/saas/domain/verify|verifyDomain|重新校验域名并保存
/admin/cron/kick||
/admin/log/rotate|rotateLog|日志轮转
/admin/session/kill||
/admin/queue/purge||
/admin/mail/blast||
/admin/feature/rollout||
/admin/db/vacuum||
/admin/cert/renew|renewCert|续签证书
/admin/replica/promote||
/admin/node/evict||
/admin/lb/drain||
/admin/secret/roll|rollSecret|
/admin/snapshot/take|takeSnapshot|
/admin/image/prune||
/qingqiu/tongyi||
/huiyuan/dongjie||
/dingdan/shenhe||
/shebei/chongqi||
/renwu/zanting||
/wenzhang/zhiding||
/kehu/fenpei||
/piao/tuipiao||
/xiaoxi/chehui||
/liuyan/huifu||
/cust/asgn||
/prod/rmv||
/tkt/cxl||
/u/deact||
/acc/susp||
/ord/cfm||
/j_logout.do||
/delUser.action||
/saveOrUpdate.do||
/passApply.do||
/w/1||将设备加入分组
/w/2||解除门禁绑定
/w/3||转移客户归属
/w/4||催促商家接单
/w/5||关闭夜间模式
/w/6||重新计算佣金
/w/7||撤下广告
/w/8||置顶评论
/w/9||取消置顶
/w/10||把工单指派给我
/w/11||代客下单
/w/12||补打小票
/w/13||调高音量
/w/14||升降桌面
/w/15||给群主转账
/w/16||销毁会话
/w/17||预占库存
/w/18||回收资源
/w/19||下架违规视频
/w/20||迁出档案
/w/21||点亮屏幕
/w/22||驳斥申诉
/w/23||标记为垃圾邮件
/w/24||一键还款
/w/25||补签合同
/v/1||Marks all notifications as read
/v/2||Takes the server out of rotation
/v/3||Unlock the front door
/v/4||Re-run failed jobs
/v/5||Kick off a nightly build
/v/6||Move ticket to backlog
/v/7||Water the plants
/v/8||Assigns a technician
/v/9||Acknowledge an alarm
/v/10||Opt out of marketing mails`;

export const reading = `
/waybill/track/{no}|trackWaybill|运单轨迹
/waybill/dispatchList|dispatchList|派单列表
/parcel/intercept/records||拦截记录
/driver/clockRecords|clockRecords|打卡记录
/warehouse/putawayRules|putawayRules|上架规则
/warehouse/stock|stock|库存查询
/locker/openLogs||开柜日志
/locker/{id}|lockerDetail|柜机详情
/truck/route|truckRoute|车辆路线
/container/list|containerPage|
/freight/estimate|estimateFreight|运费估算
/dispatch/center|dispatchCenter|调度中心
/returns/reasons|returnReasons|退货原因
/bed/free|freeBeds|空闲床位
/patient/admissions|admissions|入院记录
/patient/{id}/vitals||生命体征
/prescription/history|rxHistory|历史处方
/prescription/templates||处方模板
/registration/fee|regFee|挂号费
/queue/current|currentNo|当前叫号
/queue/waiting|waiting|候诊人数
/ward/roundNotes|roundNotes|查房记录
/lab/report/{id}|labReport|检验报告
/vaccine/slots|vaccineSlots|可预约时段
/department/schedule|deptSchedule|科室排班
/course/picked|pickedCourses|已选课程
/course/catalog|catalog|课程目录
/exam/paper/{id}|paper|试卷
/exam/score|score|成绩查询
/student/promotionRules||升级规则
/homework/submitted|submittedHomework|已交作业
/dorm/map|dormMap|宿舍分布
/grade/gpa|gpa|绩点
/grade/rank|rank|排名
/emp/onboardings|onboardingList|待入职员工
/emp/org|orgTree|组织架构
/payroll/slip|paySlip|工资条
/payroll/runs|payrollRuns|核算批次
/leave/balance|leaveBalance|假期余额
/leave/types|leaveTypes|请假类型
/attendance/calendar|attCalendar|考勤日历
/attendance/exceptions||考勤异常
/candidate/pipeline||
/contract/expiring|expiring|即将到期合同
/acct/query.do|queryAcct|账户查询
/acct/bal.do||
/card/info.action||
/loan/plan|repayPlan|还款计划
/loan/quota|loanQuota|授信额度
/loan/trial|trialCalc|贷款试算
/fund/nav|fundNav|基金净值
/fund/holdings|holdings|持仓
/ledger/entries|entries|分录
/ledger/postings|postings|过账明细
/bill/writeOffs|writeOffPage|核销明细
/trade/blotter|blotter|
/fx/rates|fxRates|汇率
/fx/settlements|settlements|结汇记录
/device/status.cgi||
/device/info|devInfo|设备信息
/device/ota/progress|otaProgress|升级进度
/device/{sn}/telemetry||
/device/resetCount||重启次数
/relay/{ch}/state||
/valve/positions||阀门开度
/lamp/modes|lampModes|灯光模式
/ac/temp|acTemp|当前温度
/ptz/presets|ptzPresets|预置位
/gate/events|gateEvents|过车记录
/siren/state|sirenState|
/sensor/latest|latest|最新读数
/sensor/calibrations|calibrations|校准记录
/robot/battery|robotBattery|机器人电量
/vacuum/map||
/player/profile|profile|玩家资料
/player/bans|bans|封禁记录
/player/inventory|inventory|背包
/gacha/pool|gachaPool|卡池
/gacha/rates|dropRates|掉落概率
/item/forgeList|forgeList|可打造装备
/hero/skills|heroSkills|英雄技能
/mail/unreadCount|unread|未读邮件数
/guild/members|guildMembers|公会成员
/guild/top|guildTop|公会排行
/match/replays|replays|录像列表
/match/result|matchResult|比赛结果
/room/online|roomOnline|在线房间
/spin/prizes|prizes|转盘奖品
/permit/status|permitStatus|许可证办理进度
/permit/types||许可事项
/case/stats|caseStats|案件统计
/case/handovers|handovers|移交记录
/petition/progress|petitionProgress|信访进度
/doc/countersigners|countersigners|会签人
/doc/sealLogs|sealLogs|用印记录
/doc/archives|archives|归档文件
/license/revoked|revokedLicenses|已吊销执照
/household/members|household|户籍成员
/sim/usage|simUsage|流量用量
/sim/status|simStatus|停复机状态
/number/available|availNumbers|可选号码
/package/subscribed|subscribed|已订套餐
/call/records|callRecords|通话记录
/call/recording/{id}||通话录音
/sms/templates|smsTemplates|短信模板
/sms/sent|sentSms|已发短信
/voicemail/list||
/tenant/quota|tenantQuota|租户配额
/tenant/features||
/user/me|me|
/user/permissions|perms|权限列表
/apikey/scopes||
/apikey/rotations||
/cache/stats||
/cache/keys||
/index/health|indexHealth|
/job/history|jobHistory|执行历史
/job/triggers|jobTriggers|触发器列表
/job/nextRuns|nextRuns|下次执行时间
/node/taints||
/node/pods||
/flag/all||
/flag/defaults||
/seat/usage||
/webhook/deliveries/{id}||
/chaxunYonghu||
/dingdan/liebiao||
/yonghu/xiangqing||
/tuikuan/jilu||
/zhifu/zhuangtai||
/youhuiquan/liebiao||
/kucun/shuliang||
/huoqu/shuju||
/order/ordLst||
/usr/qryUsr||
/ord/cnt||
/goods/favs||
/msg/inbox||收件箱
/msg/readReceipts|readReceipts|已读回执
/cart/total|cartTotal|购物车总价
/coupon/usable|usable|可用优惠券
/address/default|defaultAddress|默认地址
/invoice/titles|invoiceTitles|发票抬头
/invoice/{id}|invoice|发票详情
/member/bound|boundAccounts|绑定账号列表
/member/growth|growth|成长值
/live/streams|streams|直播流
/live/pushUrl|pushUrl|推流地址
/video/qualities|qualities|清晰度
/video/playUrl|playUrl|播放地址
/poll/options|pollOptions|投票选项
/poll/results|pollResults|投票结果
/review/summary|reviewSummary|评价汇总
/s/1||已完成订单
/s/2||黑名单用户
/s/3||标签云
/s/4||奖励发放记录
/s/5||对账差异
/s/6||回收站列表
/s/7||会议纪要
/s/8||客户画像
/s/9||发货提醒设置详情
/s/10||失效原因
/s/11||工单派发规则
/s/12||暂停中的任务
/s/13||待认领工单
/s/14||积分明细
/s/15||催缴记录
/s/16||黑名单
/s/17||调薪历史
/s/18||开锁记录
/s/19||续租价格
/s/20||换货政策
/s/21||根据手机号查用户
/s/22||按部门统计人数
/s/23||判断用户名是否存在
/s/24||导航菜单
/s/25||首页轮播图
/s/26||省市区三级联动
/s/27||字典项
/s/28||附近门店
/s/29||热搜词
/s/30||报警阈值
/s/31||启用状态的角色
/s/32||审批流程图
/s/33||签约客户数
/s/34||充值档位
/s/35||发布会日程
/s/36||上传凭证
/s/37||更新时间
/s/38||注册人数趋势
/s/39||关注的人
/s/40||收藏夹
/t/1||Archived projects
/t/2||Seen messages
/t/3||Heater state
/t/4||Version bump policy
/t/5||Handover protocol of a case
/t/6||Dashboard clones
/t/7||Maintenance windows
/t/8||Reminder schedule
/t/9||Deployment rollback history
/t/10||Snoozed alerts
/t/11||Look up a postcode
/t/12||Who am I
/t/13||Is the shop open
/t/14||Top sellers of the week
/t/15||Compare two plans
/t/16||Preview of an invoice
/t/17||Closing price
/t/18||Opening hours
/t/19||Shipping costs
/t/20||Next bus departures
/hawb/status|hawbStatus|分单状态
/shipment/milestones||运输节点
/pallet/labels||托盘标签
/forklift/fleet||叉车列表
/freezer/temps||冷柜温度
/pharmacy/catalogue|drugCatalogue|药品目录
/nurse/shifts|shifts|护士班次
/infusion/rate|infusionRate|输液速度
/ward/occupancy|occupancy|床位占用率
/surgery/calendar|surgeryCalendar|手术日历
/consult/doctors|doctors|问诊医生
/medrec/pages||病历页
/school/timetable|timetable|课程表
/lesson/notes|notes|课堂笔记
/library/loans|loans|在借图书
/library/overdue|overdueBooks|逾期图书
/seat/map|seatMap|座位图
/thesis/topics|topics|论文选题
/credit/required||应修学分
/hr/headcount|headcount|人员编制
/hr/turnover|turnover|离职率
/hr/perf/levels|perfLevels|绩效等级
/hr/bonus/rules|bonusRules|奖金规则
/hr/holidays|holidays|节假日
/bank/branches|branches|网点查询
/bank/statement|statement|对账单
/bank/cheque/image/{id}||支票影像
/bank/limit|limit|限额查询
/loan/products|loanProducts|贷款产品
/stock/quotes||行情
/option/chain|optionChain|期权链
/iot/alarms|alarms|告警列表
/iot/zones|zones|防区
/iot/pairing/state|pairingState|配对状态
/iot/fw/versions|fwVersions|固件版本
/iot/garage/position||
/iot/oven/temp||烤箱温度
/iot/pet/feedings|feedings|投喂记录
/iot/soil/moisture||土壤湿度
/iot/cam/frames|frames|
/iot/led/colors||灯带颜色
/iot/beacon/battery|battery|信标电量
/game/battle/history|battleHistory|战斗记录
/game/skins|skins|皮肤列表
/game/pet/attributes|petAttrs|宠物属性
/game/energy|energy|体力值
/game/quest/daily|dailyQuests|每日任务
/game/auction/lots|lots|拍卖品
/game/season|season|赛季信息
/game/box/odds|odds|开箱概率
/gov/hukou/policy|hukouPolicy|落户政策
/gov/tax/rates|taxRates|税率表
/gov/fine/list|fines|罚款查询
/gov/appoint/times||可约时间
/gov/complaint/stats||投诉统计
/gov/notice/detail||公示详情
/gov/seal/registry||印章登记簿
/telecom/sim/puk||PUK码查询
/telecom/roaming/countries||漫游国家
/telecom/plan/compare|comparePlans|套餐对比
/telecom/number/segments||号段
/telecom/bb/speed||宽带速率
/telecom/credit/balance|balance|话费余额
/saas/seats||
/saas/trial/remaining|trialRemaining|试用剩余天数
/saas/tenant/usage||
/saas/user/invites|invites|邀请列表
/saas/sso/metadata||
/saas/plan/current|currentPlan|
/saas/invoice/lines|invoiceLines|
/saas/domain/dns|domainDns|域名解析记录
/admin/cron/expressions||
/admin/log/levels|logLevels|日志级别
/admin/session/count||
/admin/queue/depth||
/admin/mail/bounces||
/admin/feature/matrix||
/admin/db/slowlog||
/admin/cert/expiry|certExpiry|证书到期时间
/admin/replica/lag||
/admin/node/capacity||
/admin/lb/backends||
/admin/secret/names|secretNames|
/admin/snapshot/sizes|snapshotSizes|
/admin/image/tags||
/huiyuan/liebiao||
/dingdan/tongji||
/shebei/zhuangtai||
/renwu/jindu||
/wenzhang/fenye||
/kehu/xinxi||
/piao/yupiao||
/xiaoxi/weidu||
/cust/lst||
/prod/dtl||
/tkt/hist||
/u/prof||
/acc/bal||
/ord/sts||
/doc/idx||
/listUser.action||
/getOne.do||
/findByPage.do||
/e/1||设备分组树
/e/2||门禁授权人员
/e/3||客户归属地
/e/4||商家接单率
/e/5||夜间模式时段
/e/6||佣金比例
/e/7||广告位
/e/8||置顶评论列表
/e/9||热门评论
/e/10||我的工单
/e/11||代客下单记录
/e/12||小票样式
/e/13||音量等级
/e/14||桌面高度
/e/15||群主信息
/e/16||会话列表
/e/17||库存预占明细
/e/18||资源回收策略详情
/e/19||违规视频数量
/e/20||档案目录
/e/21||屏幕分辨率
/e/22||申诉进度
/e/23||垃圾邮件比例
/e/24||还款日
/e/25||合同补签记录
/e/26||各地区门店数
/e/27||今日到院人数
/e/28||近七天活跃
/e/29||新人专享价
/e/30||猜你想搜
/e/31||车位余量
/e/32||票种与票价
/e/33||检验项目参考值
/e/34||学费标准
/e/35||社保缴纳基数
/e/36||电子围栏
/e/37||碳排放曲线
/e/38||航线图
/e/39||常用联系人
/e/40||操作指南
/e/41||理赔材料清单
/e/42||保单现金价值
/e/43||医保目录
/e/44||护理等级
/e/45||能耗看板
/e/46||抄表读数
/e/47||巡更点位
/e/48||消防栓压力
/e/49||井盖状态
/e/50||路灯亮灯率
/e/51||公交到站
/e/52||停车场空位
/e/53||景区客流
/e/54||酒店房态
/e/55||会员等级权益
/e/56||积分商城首页
/e/57||直播间在线人数
/e/58||主播排行
/e/59||弹幕历史
/e/60||视频封面
/f/1||Unread notifications
/f/2||Rotation of servers on call
/f/3||Door lock states
/f/4||Failed jobs
/f/5||Nightly build report
/f/6||Backlog tickets
/f/7||Plants in the greenhouse
/f/8||Technicians nearby
/f/9||Alarm acknowledgements
/f/10||Opt-out reasons
/f/11||What changed last week
/f/12||Where the parcel is
/f/13||Allergies of a patient
/f/14||Interest due
/f/15||Team standings
/f/16||Tide table
/f/17||Air quality nearby
/f/18||Loyalty points
/f/19||Elevation of a place
/f/20||Sunrise and sunset
/f/21||Outstanding balance
/f/22||Room availability
/f/23||List open positions
/f/24||Gets closing entries
/f/25||Number of moves left
/f/26||Leaderboard
/f/27||Recent transfers
/f/28||Currency pairs
/f/29||Vehicle mileage
/f/30||Return policy`;
