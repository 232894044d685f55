/**
 * GETs of hospitals, ports, insurers, schools, games, devices, banks, carriers, houses, factories, offices and carriers of calls,
 * labelled before any of them was judged, one a line: path, operationId, title. Of the first half 7 in 100 that change something
 * were called and 28 in 100 that read were not, of later ones 6 and 25.
 */
export const changing = `
/auth/magic||Get a magic link
/qr/new|getQr|获取新的二维码
/task/next|nextTask|获取下一个待办任务
/hosp/bed/yb|ybBed|病人移床
/hosp/order/halt|haltOrder|停嘱
/hosp/x/1||补记医嘱
/hosp/x/2||病历归档
/hosp/x/3||出院带药确认
/hosp/lab/recheckMark|recheckMark|标本退回重采
/hosp/queue/repeatCall||重复叫号
/hosp/pharm/pei|peiYao|配药
/hosp/icu/pump|bolus|给药一次
/hosp/x/4||患者转科
/hosp/x/5||取号
/hosp/x/6||登记死亡
/hosp/x/7||Discharge patient
/hosp/x/8||Page the doctor on duty
/hosp/x/9||Administer dose
/hosp/x/10||Intubate
/port/berth/ying|yingbo|引航靠泊
/port/crane/hoist|hoist|起吊
/port/x/1||放行集装箱
/port/x/2||船舶离港
/port/x/3||落箱
/port/x/4||翻箱
/port/x/5||抽检下达
/port/x/6||Moor vessel
/port/x/7||Weigh anchor
/port/x/8||Unload the hold
/port/gate/lift|liftBar|抬杆
/ins/claim/settleNow|settleNow|理赔结案
/insure/x/1||退保
/insure/x/2||保全变更
/insure/x/3||核保通过
/insure/x/4||保单复效
/insure/x/5||续期扣款
/insure/x/6||Surrender policy
/insure/x/7||Reinstate a lapsed policy
/insure/x/8||Underwrite application
/insure/x/9||报案
/school/x/1||学生退宿
/school/x/2||排课
/school/x/3||自动组卷
/school/x/4||点名
/school/x/5||收卷
/school/x/6||毕业审核
/school/x/7||分班
/school/x/8||Expel student
/school/x/9||Ring the school bell
/school/x/10||Enrol in course
/school/x/11||随机抽取一名学生并记分
/game/x/1||抽卡
/game/x/2||十连抽
/game/x/3||开宝箱
/game/x/4||一键扫荡
/game/x/5||穿戴装备
/game/x/6||Roll the dice
/game/x/7||Spin the wheel
/game/x/8||Summon hero
/game/x/9||Draw a card from the deck
/game/x/10||玩家踢下线
/game/x/11||合成宝石
/game/x/12||Kick player
/game/x/13||Level up building
/game/x/14||领奖
/iot/x/1||继电器吸合
/iot/x/2||浇花
/iot/x/3||喷淋开启
/iot/x/4||云台左转
/iot/x/5||抓拍一张
/iot/x/6||Wake device
/iot/x/7||Blink the LED
/iot/x/8||Feed the fish
/iot/x/9||Tare the scale
/iot/x/10||恢复出厂
/iot/x/11||配网
/iot/x/12||设备寻址闪灯
/iot/x/13||Arm the alarm
/iot/x/14||Brew coffee
/iot/x/15||空调调到26度
/bank/x/1||销户
/bank/x/2||挂失银行卡
/bank/x/3||解挂
/bank/x/4||冲正交易
/bank/x/5||日终轧账
/bank/x/6||Wire funds
/bank/x/7||Sweep account
/bank/x/8||Accrue interest
/bank/x/9||赎回基金
/bank/x/10||下单买入
/bank/x/11||Write off loan
/bank/x/12||代扣一笔
/bank/x/13||Draw down the facility
/log/x/1||揽收
/log/x/2||包裹签收
/log/x/3||装车
/log/x/4||甩单
/log/x/5||转运出库
/log/x/6||Hand over parcel
/log/x/7||Reroute shipment
/log/x/8||Claim next delivery
/log/x/9||Print label
/log/x/10||抢单
/log/x/11||司机到店打点
/estate/x/1||退租
/estate/x/2||房源下架
/estate/x/3||认筹
/estate/x/4||网签备案
/estate/x/5||Evict tenant
/estate/x/7||置顶楼盘
/estate/x/8||催缴物业费
/mfg/x/1||报工
/mfg/x/2||工单拆分
/mfg/x/3||投料
/mfg/x/4||首检判定
/mfg/x/5||停线
/mfg/x/6||产品返修
/mfg/x/7||Scrap part
/mfg/x/8||Start spindle
/mfg/x/9||Jog axis
/mfg/x/10||入库过账
/mfg/x/11||MRP运算
/mfg/x/12||Release work order
/gov/x/1||受理申请
/gov/x/2||不予受理
/gov/x/3||办结
/gov/x/4||盖章
/gov/x/5||行政处罚立案
/gov/x/6||Issue permit
/gov/x/7||Stamp passport
/gov/x/8||一键督办
/gov/x/9||Revoke licence
/gov/x/10||摇号
/tel/x/1||停机保号
/tel/x/2||复机
/tel/x/3||补卡
/tel/x/4||携号转网
/tel/x/6||Activate SIM
/tel/x/7||Bar calls
/tel/x/8||Dial extension
/tel/x/9||外呼一个号码
/tel/x/10||销号
/tel/x/11||Top up balance
/misc/getNewToken|getNewToken|
/misc/getOrCreateUser||
/misc/nextSeq|nextSeq|取流水号
/misc/genNo||获取订单号（自动生成）
/misc/x/1||Get a fresh invite code
/misc/x/2||Obtain a one-time password
/misc/x/3||取一个新的验证码
/misc/x/4||获取短信
/misc/x/5||Pop a message
/misc/x/6||Take a ticket
/misc/x/7||Reserve a slot
/misc/x/8||获取一个可用号码
/misc/x/9||随机分配一个客服
/misc/x/10||Allocate an id
/wf/tg|tg|审批通过
/wf/bh|bh|驳回
/wf/zf||
/order/qx||取消
/order/tk|tk|退
/sys/qk|qkHc|清缓存
/sys/cq|cq|重启
/med/surgery/qd|surgeryQd|手术签到
/med/x/1||开立医嘱
/med/x/2||床位腾空
/med/x/3||病人请假
/med/x/4||退药入库
/med/x/5||会诊应答
/med/x/6||血袋报废
/med/x/7||Triage patient
/med/x/8||Sedate patient
/med/x/9||Withdraw consent
/med/x/10||叫下一位
/sea/x/1||船舶抛锚
/sea/x/2||货柜封箱
/sea/x/3||集卡进闸
/sea/x/4||提箱放单
/sea/x/5||Cast off
/sea/x/6||Lash container
/sea/x/7||Embark passengers
/sea/pilot/assign|assignPilot|指派引航员
/risk/x/1||批改保单
/risk/x/2||预赔付
/risk/x/3||拒赔
/risk/x/4||Endorse policy
/risk/x/5||Lodge a claim
/edu/x/1||学籍注销
/edu/x/2||补考报名
/edu/x/3||撤销处分
/edu/x/4||发放录取通知书
/edu/x/5||Dismiss class
/edu/x/6||Mark attendance
/edu/x/7||Promote pupils
/play/x/1||强化装备
/play/x/2||分解道具
/play/x/3||领取七日礼包
/play/x/4||开始匹配
/play/x/5||解散公会
/play/x/6||Forge sword
/play/x/7||Claim daily bonus
/play/x/8||Heal unit
/iot2/x/1||水泵启停
/iot2/x/2||升起道闸
/iot2/x/3||风机调速
/iot2/x/4||电机正转
/iot2/x/5||Lower the blinds
/iot2/x/6||Dim lights to 30%
/iot2/x/7||Reboot gateway
/iot2/x/8||Flash firmware
/iot2/x/9||语音播报一条
/fin/x/1||账户解冻
/fin/x/2||确认放款
/fin/x/3||预授权撤销
/fin/x/4||日切
/fin/x/5||Post journal entry
/fin/x/6||Settle batch
/fin/x/7||Freeze card
/fin/x/8||Rebalance portfolio
/wl/x/1||拆托
/wl/x/2||封车
/wl/x/3||异常件上报
/wl/x/4||改地址
/wl/x/5||Consolidate parcels
/wl/x/6||Pick wave
/house/x/1||收房
/house/x/2||带看登记
/house/x/3||锁定房源
/house/x/4||Terminate lease
/fab/x/1||换模
/fab/x/2||叫料
/fab/x/3||上料
/fab/x/4||产品下线
/fab/x/5||Quarantine lot
/fab/x/6||Clear jam
/gov2/x/1||补正材料通知
/gov2/x/2||制发证照
/gov2/x/3||公文签发
/gov2/x/4||Subpoena witness
/gov2/x/5||Naturalize applicant
/net/x/1||割接执行
/net/x/2||端口倒换
/net/x/3||宽带拆机
/net/x/4||Provision line
/net/x/5||Ping and wake
/com/x/1||获取新的提货码
/com/x/2||领取下一单
/com/x/3||Get next ticket number
/com/x/4||Fetch next pending job
/com/x/5||Request a password reset link
/com/x/6||换一张验证码
/com/x/7||刷新排行榜
/com/x/8||重算积分
/com/x/9||Try my luck
/yy/zf|zfyy|作废
/yy/dy|dyMz|打印
/kc/rk|rk|入库
/kc/ck|ckdj|出库登记
/hy/tj|tjHy|添加会员
/jk/sx||
/gd/pd|pd|派单
/a/1||患者建档
/a/2||重新分诊
/a/3||开立检查单
/a/4||血样送检
/a/5||输液暂停
/a/6||靠港登记
/a/7||货物过磅
/a/8||装船确认
/a/9||核赔通过
/a/10||撤销报案
/a/11||代缴保费
/a/12||考生入场
/a/13||奖惩撤销
/a/14||宿舍调换
/a/15||装备强化
/a/16||跳过新手引导
/a/17||赠送好友体力
/a/18||关闭阀门
/a/19||下发配置
/a/20||设备解绑
/a/21||转账给好友
/a/22||提前还款
/a/23||冻结额度
/a/24||回单签收
/a/25||车辆派遣
/a/26||包裹退回
/a/27||租约续签
/a/28||预约看房
/a/29||工单关闭
/a/30||物料退库
/a/31||公示撤回
/a/32||证照吊销
/a/33||号码释放
/a/34||开通国际漫游
/a/35||Enroll student
/a/36||Ventilate patient
/a/37||Repossess vehicle
/a/38||Fumigate container
/a/39||Get a temporary password
/a/40||Get next patient
/a/41||Suspend line
/a/42||Impound cargo
/a/43||Rotate secret
/a/44||Park call
/a/45||Pay fine
/a/46||获取新的邀请码
/a/47||获取下一条短信
/a/48||Unmute participant
/a/49||Inflate tyre
/a/50||Reprint receipt`;

export const reading = `
/log/track|shipTrack|Ship Track
/log/delList|delList|删除日志列表
/mfg/material||物料
/mfg/shift||班次
/hosp/bed||床位
/hosp/ward||病区
/hosp/x/1||科室
/hosp/x/2||号源
/hosp/x/3||挂号记录
/hosp/x/4||处方明细
/hosp/x/5||检验报告
/hosp/x/6||入院登记列表
/hosp/x/7||出院小结
/hosp/x/8||排班表
/hosp/x/9||医生排班
/hosp/x/10||手术安排
/hosp/x/11||药品目录
/hosp/x/12||住院费用清单
/hosp/x/13||体征曲线
/hosp/x/14||Ward occupancy
/hosp/x/15||Dose history
/hosp/x/16||Waiting list
/hosp/x/17||Discharge summary
/hosp/x/18||Vaccination record
/hosp/x/19||On-call roster
/hosp/x/20||叫号屏数据
/hosp/x/21||血型字典
/hosp/zygh||住院工号
/port/berth||泊位
/port/x/1||船期
/port/x/2||堆场
/port/x/3||集装箱动态
/port/x/4||作业计划
/port/x/5||吊机状态
/port/x/6||离港船舶
/port/x/7||提单
/port/x/8||放行记录
/port/x/9||Vessel schedule
/port/x/10||Berth plan
/port/x/11||Container moves
/port/x/12||Tide tables
/port/x/13||Anchor positions
/port/x/14||舱单
/port/x/15||进出闸记录
/insure/x/1||险种
/insure/x/2||保单
/insure/x/3||保费试算结果
/insure/x/4||理赔进度
/insure/x/5||退保金额
/insure/x/6||被保人
/insure/x/7||核保结论
/insure/x/8||Premium table
/insure/x/9||Claims history
/insure/x/10||Policy holder
/insure/x/11||Surrender value
/insure/x/12||现金价值表
/insure/x/13||免赔额
/insure/x/14||代理人
/insure/x/15||缴费计划
/school/x/1||课表
/school/x/2||班级
/school/x/3||学籍
/school/x/4||考勤
/school/x/5||成绩单
/school/x/6||选课结果
/school/x/7||排课结果
/school/x/8||教职工
/school/x/9||作业
/school/x/10||校历
/school/x/11||宿舍楼
/school/x/12||家长
/school/x/13||学分
/school/x/14||Report card
/school/x/15||Class roster
/school/x/16||Term dates
/school/x/17||Homework
/school/x/18||点名册
/school/x/19||奖惩记录
/school/x/20||毕业生名单
/game/x/1||背包
/game/x/2||排行榜
/game/x/3||英雄图鉴
/game/x/4||战报
/game/x/5||公会
/game/x/6||Drop rates
/game/x/7||Match history
/game/x/8||Leaderboard
/game/x/9||Draw history
/game/x/10||抽卡概率
/game/x/11||抽卡记录
/game/x/12||装备
/game/x/13||成就
/game/x/14||副本
/game/x/15||Spawn points
/game/x/16||赛季信息
/game/x/17||签到日历
/game/x/18||礼包内容
/iot/x/1||网关
/iot/x/2||传感器
/iot/x/3||设备影子
/iot/x/4||遥测
/iot/x/5||开关状态
/iot/x/6||告警阈值
/iot/x/7||固件版本
/iot/x/8||电量
/iot/x/9||Relay status
/iot/x/10||Alarm history
/iot/x/11||Switch states
/iot/x/12||Firmware
/iot/x/13||Humidity
/iot/x/14||控制记录
/iot/x/15||指令下发记录
/iot/x/16||灯光场景列表
/iot/x/17||Wake-up schedule
/iot/x/18||温湿度
/bank/x/1||账户余额
/bank/x/2||流水
/bank/x/3||网点
/bank/x/4||汇率
/bank/x/5||利率
/bank/x/6||卡种
/bank/x/7||限额
/bank/x/8||转账记录
/bank/x/9||还款计划
/bank/x/10||逾期账单
/bank/x/11||Exchange rates
/bank/x/12||Standing orders
/bank/x/13||Transfer limits
/bank/x/14||Loan terms
/bank/x/15||Holdings
/bank/x/16||冻结金额
/bank/x/17||销户原因
/bank/x/18||受益人
/bank/x/19||持仓
/bank/x/20||Pending payments
/log/x/1||运单
/log/x/2||网点
/log/x/3||车辆
/log/x/4||司机
/log/x/5||物流轨迹
/log/x/6||签收单
/log/x/7||装车清单
/log/x/8||运费模板
/log/x/9||配送范围
/log/x/10||库位
/log/x/11||Tracking
/log/x/12||Route plan
/log/x/13||Delivery slots
/log/x/14||Drop-off points
/log/x/15||Freight quote
/log/x/16||异常件
/log/x/17||退件原因
/log/x/18||揽收时效
/log/x/19||波次
/estate/x/1||楼盘
/estate/x/2||户型
/estate/x/3||房源
/estate/x/4||租约
/estate/x/5||房贷计算结果
/estate/x/6||看房记录
/estate/x/7||物业费账单
/estate/x/8||小区
/estate/x/9||Floor plans
/estate/x/10||Open houses
/estate/x/11||Rent roll
/estate/x/12||Listings
/estate/x/13||业主
/estate/x/14||车位
/mfg/x/1||工序
/mfg/x/2||工艺路线
/mfg/x/3||BOM
/mfg/x/4||产线
/mfg/x/5||模具
/mfg/x/6||质检项
/mfg/x/7||不良品
/mfg/x/8||报工记录
/mfg/x/9||设备台账
/mfg/x/10||停机原因
/mfg/x/11||生产计划
/mfg/x/12||Work centers
/mfg/x/13||Bill of materials
/mfg/x/14||Scrap rate
/mfg/x/15||Setup times
/mfg/x/16||仓库
/mfg/x/17||供应商
/mfg/x/18||批次
/mfg/x/19||产能
/mfg/x/20||在制品
/gov/x/1||行政区划
/gov/x/2||办事指南
/gov/x/3||证照
/gov/x/4||政策法规
/gov/x/5||受理条件
/gov/x/6||办件进度
/gov/x/7||公示公告
/gov/x/8||法人信息
/gov/x/9||Permit fees
/gov/x/10||Court dates
/gov/x/11||Land register
/gov/x/12||处罚决定书
/gov/x/13||信用代码
/gov/x/14||摇号结果
/gov/x/15||机构
/tel/x/1||套餐
/tel/x/2||号段
/tel/x/3||基站
/tel/x/4||话单
/tel/x/5||流量用量
/tel/x/6||Call records
/tel/x/7||Data usage
/tel/x/8||Dial plan
/tel/x/9||SIM cards
/tel/x/10||Port status
/tel/x/11||停机记录
/tel/x/12||余量
/tel/x/13||外呼任务列表
/tel/x/14||坐席
/misc/x/1||首页
/misc/x/2||导航菜单
/misc/x/3||字典
/misc/x/4||版本
/misc/x/5||轮播图
/misc/x/6||Latest release
/misc/x/7||New arrivals
/misc/x/8||最新公告
/misc/x/9||下一页
/misc/x/10||新用户统计
/misc/x/11||Next departure
/misc/x/12||Next holidays
/misc/x/13||二维码列表
/misc/x/14||获取二维码内容
/misc/x/15||Magic numbers
/misc/x/16||Fresh produce
/misc/x/17||Links
/misc/x/18||我的
/misc/x/19||个人中心
/misc/x/20||待办
/misc/x/21||待办任务
/misc/x/22||获取待办任务
/misc/x/23||抄送我的
/misc/x/24||我发起的
/misc/x/25||已办
/misc/getKc|getKc|库存
/misc/queryYh|queryYh|用户
/misc/listDd|listDd|订单
/misc/x/26||获取新品列表
/misc/x/27||获取新闻
/misc/x/28||创建时间
/misc/x/29||修改记录
/misc/x/30||更新内容
/misc/x/31||部门树
/misc/x/32||组织架构
/misc/x/33||岗位
/misc/x/34||角色
/misc/x/35||权限标识
/misc/x/36||审批流
/misc/x/37||审批人
/misc/x/38||Recent logins
/misc/x/39||Sign-in methods
/misc/x/40||Approval flow
/med/x/1||麻醉方式
/med/x/2||药房
/med/x/3||护理等级
/med/x/4||待诊患者
/med/x/5||手术室排期
/med/x/6||诊断编码
/med/x/7||药品批次效期
/med/x/8||Bed availability
/med/x/9||Lab results
/med/x/10||Referral letters
/med/x/11||Vital signs
/med/x/12||医保目录
/med/x/13||就诊卡
/med/x/14||病案首页
/med/x/15||传染病种类
/sea/x/1||航线
/sea/x/2||箱位图
/sea/x/3||潮位
/sea/x/4||引航计划
/sea/x/5||锚地容量
/sea/x/6||海图
/sea/x/7||Port calls
/sea/x/8||Cargo manifest
/sea/x/9||Draft survey
/sea/x/10||Crew list
/sea/x/11||滞箱费标准
/risk/x/1||投保人
/risk/x/2||费率表
/risk/x/3||出险记录
/risk/x/4||保单现价
/risk/x/5||责任范围
/risk/x/6||Loss ratio
/risk/x/7||Renewal notices
/risk/x/8||Coverage limits
/edu/x/1||教室
/edu/x/2||学年学期
/edu/x/3||考场安排表
/edu/x/4||录取名单
/edu/x/5||教材版本
/edu/x/6||培养方案
/edu/x/7||Exam timetable
/edu/x/8||Syllabus
/edu/x/9||Enrolment numbers
/edu/x/10||家校通知
/edu/x/11||辅导员
/edu/x/12||奖学金等级
/play/x/1||赛季
/play/x/2||好友
/play/x/3||关卡地图
/play/x/4||英雄属性
/play/x/5||商店货架
/play/x/6||战力榜
/play/x/7||Loot table
/play/x/8||Server list
/play/x/9||Guild members
/play/x/10||皮肤图鉴
/play/x/11||充值档位
/iot2/x/1||水浸传感器
/iot2/x/2||设备在线率
/iot2/x/3||阀门开度
/iot2/x/4||能耗曲线
/iot2/x/5||告警级别
/iot2/x/6||Battery level
/iot2/x/7||Door state
/iot2/x/8||Valve positions
/iot2/x/9||设备拓扑
/iot2/x/10||报警联系人
/fin/x/1||币种
/fin/x/2||手续费率
/fin/x/3||网银限额
/fin/x/4||理财产品
/fin/x/5||净值
/fin/x/6||征信报告
/fin/x/7||开户行
/fin/x/8||Trial balance
/fin/x/9||Interest rates
/fin/x/10||Cash flow
/fin/x/11||持卡人
/fin/x/12||贷款用途
/wl/x/1||分拨中心
/wl/x/2||运力池
/wl/x/3||面单模板
/wl/x/4||时效承诺
/wl/x/5||库龄
/wl/x/6||Transit times
/wl/x/7||Pick list
/wl/x/8||Shipping zones
/wl/x/9||装载率
/wl/x/10||电子围栏
/house/x/1||楼栋
/house/x/2||产权证
/house/x/3||租金行情
/house/x/4||房屋朝向
/house/x/5||Amenities
/house/x/6||Tenancy agreements
/fab/x/1||物料清单
/fab/x/2||工装夹具
/fab/x/3||不良率
/fab/x/4||缺陷代码
/fab/x/5||齐套率
/fab/x/6||换模时间
/fab/x/7||Takt time
/fab/x/8||Routing steps
/fab/x/9||Yield
/fab/x/10||安灯记录
/gov2/x/1||权力清单
/gov2/x/2||办事大厅
/gov2/x/3||公积金账户
/gov2/x/4||信访件
/gov2/x/5||婚姻状况
/gov2/x/6||Tax codes
/gov2/x/7||Zoning map
/gov2/x/8||Tender notices
/gov2/x/9||户口簿
/net/x/1||机房
/net/x/2||光缆段
/net/x/3||靓号
/net/x/4||漫游资费
/net/x/5||信号强度
/net/x/6||Coverage map
/net/x/7||Number ranges
/net/x/8||携转资格
/com/x/1||门店
/com/x/2||今日待办
/com/x/3||我创建的
/com/x/4||下一场比赛
/com/x/5||获取最新版本号
/com/x/6||Next match
/com/x/7||Release notes
/com/x/8||登录方式
/com/x/9||是否开启验证码
/com/x/10||获取是否开启验证码
/kc/cx|cxKc|库存
/yy/cx|cxYy|预约查询
/hy/xq|xqHy|会员详情
/zd/lb|lbZd|字典列表
/b/1||体温单
/b/2||用药提醒设置列表
/b/3||医生简介
/b/4||候诊人数
/b/5||疫苗种类
/b/6||护理记录单
/b/7||码头
/b/8||船公司
/b/9||货柜尺寸
/b/10||进港申报记录
/b/11||理赔材料清单
/b/12||保险条款
/b/13||受益人信息
/b/14||教学大纲
/b/15||班主任
/b/16||食堂菜单
/b/17||校车路线
/b/18||游戏公告
/b/19||角色面板
/b/20||装备品质
/b/21||体力恢复时间
/b/22||网关型号
/b/23||信号质量
/b/24||固件列表
/b/25||设备分组
/b/26||交易对手
/b/27||活期利率
/b/28||账户类型
/b/29||信用额度
/b/30||派送员
/b/31||中转站
/b/32||包裹重量
/b/33||签收凭证
/b/34||学区房
/b/35||建筑面积
/b/36||中介
/b/37||水电费
/b/38||生产线
/b/39||设备稼动率
/b/40||质检标准
/b/41||库存周转
/b/42||身份证号
/b/43||社保缴纳基数
/b/44||政务大厅
/b/45||投诉类别
/b/46||流量包
/b/47||短信模板
/b/48||宽带套餐
/b/49||归属地
/b/50||Ward list
/b/51||Allergies
/b/52||Gate schedule
/b/53||Cargo types
/b/54||Deductible
/b/55||Lesson plan
/b/56||Attendance sheet
/b/57||Hero stats
/b/58||Sensor data
/b/59||Account statement
/b/60||Parcel locker sizes
/b/61||Mortgage calculator
/b/62||Shift pattern
/b/63||Postal codes
/b/64||Roaming rates
/b/65||Call log
/b/66||Next bus`;

/** What two of such systems (an ERP and a hospital) read by GET, with the names of their methods and their titles. */
export const inUse = `
/account/info|getList|根据id获取信息
/account/list|getList|获取信息列表
/account/checkIsNameExist|checkIsNameExist|检查名称是否存在
/account/findBySelect|findBySelect|查找结算账户信息-下拉框
/account/getAccount|getAccount|获取所有结算账户
/account/findAccountInOutList|findAccountInOutList|账户流水信息
/account/listWithBalance|listWithBalance|获取带余额的报表
/account/getStatistics|getStatistics|结算账户的统计
/accountHead/info|getList|根据id获取信息
/accountHead/list|getList|获取信息列表
/accountHead/getDetailByNumber|getDetailByNumber|根据编号查询单据信息
/accountHead/getFinancialBillNoByBillId|getFinancialBillNoByBillId|根据编号查询单据信息
/accountItem/getDetailList|getDetailList|明细列表
/depot/info|getList|根据id获取信息
/depot/list|getList|获取信息列表
/depot/checkIsNameExist|checkIsNameExist|检查名称是否存在
/depot/getAllList|getAllList|仓库列表
/depot/findUserDepot|findUserDepot|用户对应仓库显示
/depot/findDepotByCurrentUser|findDepotByCurrentUser|获取当前用户拥有权限的仓库列表
/depot/getAllListWithStock|getAllList|仓库列表-带库存
/depotHead/info|getList|根据id获取信息
/depotHead/list|getList|获取信息列表
/depotHead/findInOutDetail|findInOutDetail|入库出库明细接口
/depotHead/findInOutMaterialCount|findInOutMaterialCount|入库出库汇总接口
/depotHead/findAllocationDetail|findallocationDetail|调拨明细统计
/depotHead/getStatementAccount|getStatementAccount|对账单接口
/depotHead/getNeedCount|getNeedCount|获取待收款或付款的条数
/depotHead/getDetailByNumber|getDetailByNumber|根据编号查询单据信息
/depotHead/getBillListByLinkNumber|getBillListByLinkNumber|根据原单号查询关联的单据列表
/depotHead/getCreatorByCurrentUser|getCreatorByCurrentUser|根据当前用户获取操作员数组
/depotHead/debtList|debtList|查询存在欠款的单据
/depotHead/waitBillList|waitBillList|查询等待入库或出库的单据
/depotHead/waitBillCount|waitBillCount|查询等待入库或出库的单据数量
/depotItem/findDetailByDepotIdsAndMaterialId|findDetailByDepotIdsAndMaterialId|根据仓库和商品查询单据列表
/depotItem/findStockByDepotAndBarCode|findStockByDepotAndBarCode|根据商品条码和仓库id查询库存数量
/depotItem/getDetailList|getDetailList|单据明细列表
/depotItem/getInOutStock|getInOutStock|进销存统计查询
/depotItem/getInOutStockCountMoney|getInOutStockCountMoney|进销存统计总计金额
/depotItem/getMaterialDepotStockByParam|getMaterialDepotStockByParam|根据仓库和商品查询库存分布情况-带时间段参数
/depotItem/buyIn|buyIn|采购统计
/depotItem/retailOut|retailOut|零售统计
/depotItem/saleOut|saleOut|销售统计
/depotItem/findStockWarningCount|findStockWarningCount|库存预警报表
/depotItem/buyOrSalePrice|buyOrSalePrice|统计采购、销售、零售的总金额
/depotItem/getBatchNumberList|getBatchNumberList|获取批次商品列表信息
/function/info|getList|根据id获取信息
/function/list|getList|获取信息列表
/function/checkIsNameExist|checkIsNameExist|检查名称是否存在
/function/checkIsNumberExist|checkIsNumberExist|检查编号是否存在
/function/findRoleFunction|findRoleFunction|角色对应功能显示
/function/findRoleFunctionsById|findByIds|根据id列表查找功能信息
/inOutItem/info|getList|根据id获取信息
/inOutItem/list|getList|获取信息列表
/inOutItem/checkIsNameExist|checkIsNameExist|检查名称是否存在-后续废弃
/inOutItem/findBySelect|findBySelect|查找收支项目信息
/log/info|getList|根据id获取信息
/log/list|getList|获取信息列表
/materialAttribute/info|getList|根据id获取信息
/materialAttribute/list|getList|获取信息列表
/materialAttribute/checkIsNameExist|checkIsNameExist|检查名称是否存在
/materialAttribute/getNameList|getNameList|获取商品属性的名称列表
/materialAttribute/getValueListById|getValueListById|获取id查询属性的值列表
/materialCategory/info|getList|根据id获取信息
/materialCategory/list|getList|获取信息列表
/materialCategory/checkIsNameExist|checkIsNameExist|检查名称是否存在
/materialCategory/getAllList|getAllList|获取全部商品类别
/materialCategory/findById|findById|根据id来查询商品名称
/material/info|getList|根据id获取信息
/material/list|getList|获取信息列表
/material/checkIsNameExist|checkIsNameExist|检查名称是否存在
/material/checkIsExist|checkIsExist|检查商品是否存在
/material/findById|findById|根据id来查询商品名称
/material/findByIdWithBarCode|findByIdWithBarCode|根据meId来查询商品名称
/material/getMaterialByParam|getMaterialByParam|根据关键词查找商品信息
/material/findBySelect|findBySelect|查找商品信息
/material/getMaterialByMeId|getMaterialByMeId|根据商品id查找商品信息
/material/getMaterialEnableSerialNumberList|getMaterialEnableSerialNumberList|获取商品序列号
/material/getMaxBarCode|getMaxBarCode|获取最大条码
/material/getMaterialNameList|getMaterialNameList|商品名称模糊匹配
/material/getMaterialByBarCode|getMaterialByBarCode|根据条码查询商品信息
/material/getListWithStock|getListWithStock|商品库存查询
/material/getMaterialDepotStock|getMaterialDepotStock|根据仓库和商品查询库存分布情况
/materialsExtend/info|getList|根据id获取信息
/materialsExtend/getDetailList|getDetailList|价格信息列表
/materialsExtend/getInfoByBarCode|getInfoByBarCode|根据条码查询商品信息
/materialsExtend/checkIsBarCodeExist|checkIsBarCodeExist|校验条码是否存在
/materialProperty/info|getList|根据id获取信息
/materialProperty/list|getList|获取信息列表
/materialProperty/checkIsNameExist|checkIsNameExist|检查名称是否存在
/materialProperty/getAllList|getAllList|查询全部商品扩展字段信息
/msg/info|getList|根据id获取信息
/msg/list|getList|获取信息列表
/msg/checkIsNameExist|checkIsNameExist|检查名称是否存在
/msg/getMsgByStatus|getMsgByStatus|根据状态查询消息
/msg/getMsgCountByStatus|getMsgCountByStatus|根据状态查询数量
/msg/getMsgCountByType|getMsgCountByType|根据类型查询数量
/organization/info|getList|根据id获取信息
/organization/checkIsNameExist|checkIsNameExist|检查名称是否存在
/organization/findById|findById|根据id来查询部门信息
/organization/getOrganizationTree|getOrganizationTree|获取部门树数据
/organization/getAllOrganizationTreeByUser|getAllOrganizationTreeByUser|根据用户获取全部部门树
/person/info|getList|根据id获取信息
/person/list|getList|获取信息列表
/person/checkIsNameExist|checkIsNameExist|检查名称是否存在
/person/getAllList|getAllList|全部数据列表
/person/getPersonByIds|getPersonByIds|根据Id获取经手人信息
/person/getPersonByType|getPersonByType|根据类型获取经手人信息
/person/getPersonByNumType|getPersonByNumType|根据类型获取经手人信息1-销售员，2-仓管员，3-财务员
/platformConfig/info|getList|根据id获取信息
/platformConfig/list|getList|获取信息列表
/platformConfig/getPlatform/name|getPlatformName|获取平台名称
/platformConfig/getPlatform/url|getPlatformUrl|获取官方网站地址
/platformConfig/getPlatform/registerFlag|getPlatformRegisterFlag|获取是否开启注册
/platformConfig/getPlatform/checkcodeFlag|getPlatformCheckcodeFlag|获取是否开启验证码
/platformConfig/getPlatform/appVersion|getPlatformAppVersion|获取APP版本
/platformConfig/getInfoByKey|getInfoByKey|根据platformKey查询信息
/plugin/list|getPluginInfo|获取插件信息
/plugin/files|getPluginFilePaths|获取插件jar文件名
/plugin/getMacWithSecret|getMacWithSecret|获取加密后的mac
/plugin/checkByPluginId|checkByTag|根据插件标识判断是否存在
/role/info|getList|根据id获取信息
/role/list|getList|获取信息列表
/role/checkIsNameExist|checkIsNameExist|检查名称是否存在
/role/findUserRole|findUserRole|查询用户的角色
/role/allList|allList|查询全部角色列表
/role/tenantRoleList|tenantRoleList|查询租户角色列表
/supplier/info|getList|根据id获取信息
/supplier/list|getList|获取信息列表
/supplier/checkIsNameExist|checkIsNameExist|检查名称是否存在
/supplier/checkIsNameAndTypeExist|checkIsNameAndTypeExist|检查名称和类型是否存在
/supplier/getAllCustomer|getAllCustomer|获取全部客户信息
/supplier/getUserCustomerValue|getUserCustomerValue|获取用户对应客户的关系数组
/supplier/getBeginNeedByOrganId|getBeginNeedByOrganId|根据客户或供应商查询期初、期初已收等信息
/supplier/getInfoByName|getInfoByName|根据名称获取信息
/dict/data/list|list|查询列表
/dict/data/{dictCode}|getInfo|查询字典数据详细
/dict/data/type/{dictType}|dictType|根据字典类型查询字典数据信息
/dict/type/list|list|获取字典分页列表
/dict/type/{dictId}|getInfo|查询字典类型详细
/dict/type/optionselect|optionselect|获取字典选择框列表
/systemConfig/info|getList|根据id获取信息
/systemConfig/list|getList|获取信息列表
/systemConfig/checkIsNameExist|checkIsNameExist|检查名称是否存在
/systemConfig/getCurrentInfo|getCurrentInfo|获取当前租户的配置信息
/systemConfig/fileSizeLimit|fileSizeLimit|获取文件大小限制
/tenant/info|getList|根据id获取信息
/tenant/list|getList|获取信息列表
/tenant/checkIsNameExist|checkIsNameExist|检查名称是否存在
/unit/info|getList|根据id获取信息
/unit/list|getList|获取信息列表
/unit/checkIsNameExist|checkIsNameExist|检查名称是否存在
/unit/getAllList|getAllList|单位列表
/userBusiness/info|getList|根据id获取信息
/userBusiness/checkIsNameExist|checkIsNameExist|检查名称是否存在
/userBusiness/getBasicData|getBasicData|获取信息
/userBusiness/checkIsValueExist|checkIsValueExist|校验存在
/user/info|getList|根据id获取信息
/user/list|getList|获取信息列表
/user/checkIsNameExist|checkIsNameExist|检查名称是否存在
/user/getUserSession|getSessionUser|获取用户信息
/user/getUserList|getUserList|用户列表
/user/getCurrentPriceLimit|getCurrentPriceLimit|查询当前用户的价格屏蔽
/user/getRoleTypeByCurrentUser|getRoleTypeByCurrentUser|获取当前用户的角色类型
/user/getUserBtnByCurrentUser|getUserBtnByCurrentUser|获取当前用户的按钮权限
/user/getUserWithChecked|getUserWithChecked|获取对应的用户显示
/user/infoWithTenant|infoWithTenant|获取当前用户的用户数量和租户信息
/appRegistration/listAllDept|listAllDept|查询所有科室
/dailySettlement/queryRecentEndDatetime|queryRecentEndDatetime|根据收费员Id在日结记录表中查询最近的end_datetime
/dailySettlement/statisticDailySettlement|statisticDailySettlement|根据起始、结束时间和收费员Id日结信息
/dailySettlement/listDailySettleListRecord|listDailySettleListRecord|根据起始、结束时间和收费员Id列出日结历史
/dailySettlement/querySettleDetailById|querySettleDetailById|根据日结记录id查询日结详细信息
/fee/listRegisteredPatient|listRegisteredPatient|查询挂号人
/fee/listRefundByRegistrationId|listRefundByRegistrationId|根据挂号id查询未缴费项目
/fee/listChargeByRegistrationId|listChargeByRegistrationId|根据挂号Id查询所有未交费项目
/invoice/queryInvoiceInfo|queryInvoiceInfo|根据时间和收费员Id查询发票信息
/invoice/queryInvoiceInfoBySettleId|queryInvoiceInfoBySettleId|根据日结记录Id查询发票信息
/settleCat/selectAll|listAll|查询所有结算类别
/caseHistory/selectNotEndCaseHistoryByReg/{registrationId}|selectNotEndCaseHistoryByReg|根据挂号Id查询未结束就诊的历史病历（只含有初诊信息）
/caseHistory/selectEndCaseHistoryByReg/{registrationId}|selectEndCaseHistoryByReg|根据挂号id查询已结束就诊的历史病历（病历首页显示各种串）
/DmsCaseModel/getModelDetail/{id}|getModelDetail|根据模板id查询模板详细信息
/DmsCaseModel/getAllStaffModel|getAllStaffModel|根据staffId获取所有病历模板
/DmsDiseCatalog/list|list|模糊查询诊断目录、且分页
/DmsDise/list|list|模糊查询诊断、且分页
/drug/selectAllDrug|listAllDrug|查询所有药品
/drug/selectAllDosage|listAllDrugDosage|查询所有药品剂型
/drug/selectById|selectById|根据id查询药品
/drugModel/listModel|list|模糊查询药品模版、且分页
/DmsNonDrug/list|list|模糊查询非药品、且分页
/NonDrugModel/listModel|list|模糊查询非药品模版、且分页
/esDise/search/simple|search|简单搜索
/esDise/search/fuzzy|searchFuzzy|模糊搜索
/esDrug/search/simple|search|简单搜索
/esDrug/search/fuzzy|searchFuzzy|模糊搜索
/dept/selectAll|listAll|查询所有科室
/charts/staffPatients|staffPatients|统计个人每日接待患者人数（近7日）
/charts/staffClassifyStatistics|staffClassifyStatistics|统计个人每日分类收费信息（近7日）
/charts/deptPatients|deptPatients|统计各科室每日接待患者人数（近7日）
/charts/deptClassifyStatistics|deptClassifyStatistics|统计各科室每日分类收费信息（近7日）
/charts/totalClassifyStatistics|totalClassifyStatistics|统计全院每日接待患者人数（近7日）
/charts/totalPatients|totalPatients|统计全院每日分类收费信息（近7日）
/registerRank/selectAll|listAll|查询所有挂号级别
/staff/selectAll|listAll|查询所有用户
/staff/info|getAdminInfo|获取当前登录用户信息
/fee/listRefundByRegistrationId|listRefundByRegistrationId|根据挂号id列出未缴费项目
/fee/listChargeByRegistrationId|listChargeByRegistrationId|根据门诊号查询所有未交费项目
/invoice/queryInvoiceInfo|queryInvoiceInfo|传入新的start_datetime和end_datetime和收费员id，查询发票信息
/invoice/queryInvoiceInfoBySettleId|queryInvoiceInfoBySettleId|根据日结记录id查询发票详细信息
/caseHistory/selectNotEndCaseHistoryByReg/{registrationId}|selectNotEndCaseHistoryByReg|根据挂号id查询未结束就诊的历史病历（只含有初诊信息）
/DmsCaseModel/getModelDetail/{id}|getModelDetail|根据模板id获取模板详细信息
/DmsDiseCatalog/list|list|模糊查询诊断目录、且分页？？？
/skd/selectDept|selectDept|科室查询测试
/drugModel/listModel|listModel|模糊查询药品模版、且分页
/chat/hrs|getAllHrs|
/hr/info|getCurrentHr|
/system/config/menu|getMenusByHrId|
/employee/basic|getEmployeeByPage|
/employee/basic/nations|getAllNations|
/employee/basic/politicsstatus|getAllPoliticsstatus|
/employee/basic/joblevels|getAllJobLevels|
/employee/basic/positions|getAllPositions|
/employee/basic/maxWorkID|maxWorkID|
/employee/basic/deps|getAllDepartments|
/salary/sob|getAllSalaries|
/salary/sobcfg|getEmployeeByPageWithSalary|
/salary/sobcfg/salaries|getAllSalaries|
/system/hr|getAllHrs|
/system/hr/roles|getAllRoles|
/system/basic/department|getAllDepartments|
/system/basic/joblevel|getAllJobLevels|
/system/basic/permiss|getAllRoles|
/system/basic/permiss/menus|getAllMenus|
/system/basic/permiss/mids/{rid}|getMidsByRid|
/system/basic/pos|getAllPositions|
/doc/api/page|pages|
/doc/api/{resource}|resourcePages|
/doc/api/pageContent|pageContent|
/doc/api/{resource}/{serviceCode}|api|
/app/activiti/editor/stencilset|stencilset|
/app/ext/{serviceCode}/{appId}|extGet|`;
