/** Titles and descriptions of GETs that do something, one a line, made up here: some of them read first. */
export const changing = `
查询过期订单，自动取消
获取支付参数，创建预支付单
查询库存不足时自动下采购单
获取优惠券（领取）
获取token，如过期则重新生成
查询报表，没有则生成
检查心跳，超时则下线设备
获取用户信息，并记录登录时间
订单详情，查看后状态变为已查看
查看消息（自动已读）
统计并写入日报表
轮询任务，领取一个
读取传感器并校零
获取二维码（每次调用重新生成）
触发一次数据汇总
查询订单并标记已读
查询待发短信并发送
获取任务并置为处理中
查询余额同时扣除查询费用
查看公告，阅读数+1
获取下一条数据并锁定
获取单号（占用）
查询支付结果并更新订单
查询物流，并同步到本地
获取微信access_token并刷新缓存
列表查询（会清除红点）
下载模板并记录次数
抽取一名幸运用户
随机分配一个坐席
获取排队号码
查询并归档过期合同
扫描过期订单并关闭
检查库存并预占
校验验证码，成功后失效
校验邀请码并绑定
验证手机号并登录
计算工资并入账
比对数据并修复
获取配置并下发到设备
拉取订单并入库
加载缓存
用户列表，顺带清理无效用户
首页数据，访问量自增
获取短链（生成）
详情页埋点
心跳上报
位置上报
埋点
打点
保活
续约
续期
握手
入队
出队
弹出一条
消费一条消息
排号
叫下一位
领任务
查询空闲座位并占座
查询座位，查到后自动占座
获取核销码，获取后旧码失效
查询库存，同时将结果写回本地
消息列表（查看后置为已读）
阅读消息
消息详情，访问后未读数清零
取一个编号
领用序列号
获取分布式锁
刷新令牌
换取新令牌，旧令牌作废
使用优惠券
会员卡消费
充值
兑换
积分兑换商品
拆红包
抢红包
开门
抬杆
开灯
关灯
启泵
关阀
云台转动
抓拍
回原点
呼叫AGV
呼梯
打印小票
打印面单
传真
寄信
外呼
短信通知用户
提醒负责人
同意
驳回
退回上一步
加签
委托
挂起
激活
跳过节点
跳转到任意节点
执行计划
抵扣
商品置顶
商品沉底
调价
合并商品
拆单
并单
订单备注
标记异常
标星
订单失效
重新打开
延长收货
确认收货
评价
投诉
升级会员
会员降级
封号
解绑微信
合并账号
切换身份
切换角色
部门调整
调岗
转正
请假
加班申请
发工资
过账
月结
计提
费用分摊
销账
开票
提现
还款
放款
发药
收费
入院登记
分诊
修改日志级别
触发GC
停机
系统升级
主备切换
故障转移
立即同步
测试邮件
造测试数据
数据脱敏
模拟下单
索引别名切换
消息重投
确认消费
重置位点
配置生效
启用规则
停用规则
模型训练
模型上线
生图
AI对话
制作PDF
生成二维码
推送菜单到微信
拉取粉丝入库
拉取ERP订单
回收客户
注文を削除する
訂單作廢
凍結帳戶
启用用户
排序
批量操作
处理
查询待支付订单，超时未付的自动关闭
获取客户线索并分配给当前销售
获取会议室状态，空闲则预定
读取邮件后标为已读
查看工单，首次查看时自动受理
查询积分并兑换
查询账单；逾期的自动计息
获取快递单号（每次调用分配一个新单号）
获取上传凭证，并登记上传任务
获取抽奖机会，扣减一次次数
查询签到状态，未签到则自动签到
查询设备在线状态，离线则重启
查询缓存，未命中则回源并写入缓存
获取用户资料，不存在则自动注册
获取会话，不存在则创建
获取订单号（自增）
获取临时密码，旧密码立即失效
查看通知详情，同时清除角标
查询余额，不足时自动充值
列表查询，查询后删除临时表
导出报表并发送到邮箱
统计昨日数据，写入汇总表
检查许可证，过期自动续签
检测磁盘空间，不足时清理日志
扫描二维码后登录
扫码登录
轮询支付状态并更新订单
同步查询物流并落库
获取验证码（发送短信）
查询资格，通过后发券
校验优惠码，校验通过则锁定
校验令牌并延长有效期
验证邮箱链接，验证后激活账号
获取下一题，并记录开始时间
取出购物车商品并清空
查询审批单，自动通过
查询合同并盖章
查询用户，并踢下线
查询后归档
查询即锁定
阅后即焚
获取红包详情并领取
查看名片并加好友
查询库存并预留
取餐号
领号
派发任务
获取短信余额，余额不足时发告警
查询号源并锁号
获取试卷，获取后开始计时
获取排队序号，加入队列
查询积压消息并重投
获取待处理工单，自动认领
获取播放地址，播放次数加一
获取文章详情，阅读量+1
点击广告，跳转并计费
跳转链接（统计点击）
下载文件，下载次数加1
获取设备列表，并下发时间同步指令
读表并归零
读取寄存器并复位告警
获取告警，自动确认
巡检所有节点并上报
刷新看板
重算排名
预热首页
生成对账单
对账并平账
补单
补发优惠券
重推订单到仓库
重置序列
手动跑批
日切
轧账
催缴
发起会签
撤销发布
切流
摘除节点
拉起容器
打快照
回切
扩容
熔断
限流开关打开
灰度放量
推送给用户
短信群发
邮件提醒
钉钉通知
微信模板消息发送
电话外呼
语音播报
广播
开闸
闭锁
远程抄表并结算
关阀停水
升降杆控制
点火
消警
布防
撤防
叫车
退票
改签
选座
占位
挂失
解冻
销户
开户
续保
理赔
划拨
代扣
冲账
授信
放号
加黑
洗数据
造数
压测
埋点上报
点踩
转发
收藏
取关
拍一拍
打赏
送礼物
踢人
点名
交作业
批改
开课
换班
补卡
调休申请
入职办理
盖章
签收
拒收
揽件
改派
移库
拣货
上架
报损
调拨
Sweep expired sessions
Collect garbage
Ping all subscribers
Look up user, creating it if missing
Return report, regenerating it if stale
Fetch token, rotating the old one
Share by mail
Tip driver
Bid
Get the next job and lock it
Returns a new coupon each time
Get and increment
Read message (marks as read)
List notifications and clear badge
Peek and pop
Check out a book
Get or create cart
Find or create session
Ensure bucket exists
Load data into warehouse
Retrieve and delete the first message
Query status and refresh order
Heartbeat
Report position
Keep alive
Renew lease
Draw a card
Roll the dice for the player
Reserve and return a seat
Touch
Warm up
Notify subscribers
Deliver pending mail
Compact storage
Rebalance
Failover
Elect leader
Drain
Roll over the index
Bump version
Tag as spam
Report abuse
Mark favorite
Pin
Sign document
Approve
Decline
Check in
Check in guest
Clock in
Start trial
Join room
Leave room
Follow user
Mute user
Accept terms
Donate
Play move
Undo
Redo
Retry
Replay
Rerun
Resend
Requeue
Ack
Nack
flushdb
Claim the next task
Hold a seat
Logs the visit and returns the page
Returns the article and increments its view counter
Returns unread messages and marks them read
Send OTP
Email a magic link
Lease an IP address
Issues a certificate
Next invoice number (consumes it)
Buzz in
Print a test page
Inject a fault
Step down as leader
Take a snapshot
Arm a failpoint
Upvote
Like a photo
Snooze the alarm
Opt out
Give consent
Capture a payment
Settle a claim
Hold a booking
Exchange a code for a token
Borrar un pedido
Eliminar usuario
Benutzer löschen
Annuler la commande
Удалить заказ
Get report, emailing it to the owner
Fetch the queue head and remove it
Fetch next ticket and assign it to me
Read sensor, then reset it
List stale branches and prune them
Return the session, extending its lifetime
Return the profile; creates one when none exists
Get URL and count the click
Retrieve voucher (single use, marks as used)
Show article, bumping view count
View invoice and mark as viewed
Check availability and hold the room
Check license, renewing if expired
Validate coupon and apply it
Verify code and activate account
Verify the phone, then log in
Poll for work, claiming a job
Query inventory. Reorders when low
Query payment status and settle
Lookup customer or create
Export data and email a link
Download file and delete it afterwards
Get access token, invalidating the previous one
Obtain an upload slot
Obtain lock
Allocate a port
Assign reviewer
Issue ticket
Mint token
Provision tenant
Book appointment
Hold ticket
Charge card
Refund
Void cheque
Dispatch courier
Nudge
Poke
Wave at user
Buzz visitor in
Ring bell
Open gate
Unlock scooter
Beep
Blink LED
Reboot
Power cycle
Flash firmware
Calibrate scale
Zero the meter
Wake device
Arm alarm
Disarm
Silence alarm
Rewind tape
Eject disc
Print receipt
Fax document
Text customer
Message user
Call customer
Mail invoice
Broadcast announcement
Announce release
Invite member
Onboard employee
Fire employee
Promote user
Ban player
Kick member
Shuffle deck
Deal cards
Spin wheel
Fold
Raise
Cash out
Withdraw funds
Top up
Gift points
Redeem voucher
Claim reward
Vote
Rate movie
Star repo
Fork project
Merge branch
Tag release
Squash commits
Close issue
Assign issue
Crawl site
Reindex
Vacuum tables
Purge cache
Invalidate CDN
Expire sessions
Prune images
Rotate logs
Flush buffers
Snapshot volume
Mount disk
Swap slots
Shift traffic
Scale out
Evict pod
Taint node
Trip breaker
Simulate outage
Seed database
Anonymize users
Backfill
Recompute scores
Retrain model
Warm cache
Train model
Transcode video
Resize image
Stitch panorama
Acknowledge
Escalate incident
Snooze
Dismiss
Archive thread
Unsubscribe
Opt in
Sign in
Log out
Impersonate user
Elevate privileges
Rotates the signing key and returns it
Increments the counter
Deletes old rows
Sends a reminder
Locks the account
Triggers a rebuild
Refreshes the materialized view
查询车位，有空位就锁定
获取班次信息，同时占一个座
查询保单，过期的转为失效
查询投诉单并派给客服
列出未读邮件，并全部设为已读
获取文件，取走即删
扫码查询商品，库存减一
查询红包余额，自动转入零钱
获取推荐商品，并上报曝光
查询流水号并加一
获取报告；若没有报告则现场生成
获取考题（交卷）
获取设备密钥（重置密钥）
获取监控截图（实时抓拍）
获取邀请链接，每次调用会生成新链接
查询排队情况，轮到则叫号
检查更新，有新版本则下载安装
检查余额不足就停机
核对账目，有差额的自动补录
查看简历，扣除一次查看次数
查看联系方式，消耗积分
查询同步状态，未同步则触发同步
获取配置，首次访问时初始化
获取钱包，没有就开通
获取群信息，不在群里则自动入群
查询拼团，人满后成团
打开链接并记录来源
获取当前任务并开始
查询考勤，迟到的记一次缺勤
获取临时凭证，旧凭证作废
查询最新行情并推送给订阅者
查询告警并抑制
获取日志，读后清空
从队列取一条数据
领一张优惠券
抓取网页并保存
读取卡片余额并扣款
查询账户后销户
寄快递
盖印
订座
剪辑视频
合成语音
加水印
拼图
重新排班
续杯
调酒
出餐
划菜
结单
翻台
撤单退桌
转台
并台
清台
加菜
退菜
催菜
挂房账
换房
续住
退房
入住登记
开箱
锁箱
投柜
出柜
取消投柜
起重
落钩
喷淋
洒水
施肥
翻堆
投料
出料
拉直播流并录制
发弹幕
送花
抢沙发
打卡签名
发起投票
组队
解散队伍
开团
掷骰子
抽卡
合成装备
强化装备
分解装备
洗练
传送回城
Get the next message, removing it from the queue
Fetch the invoice and stamp it as seen
Return the seat map; reserves a seat for ten minutes
Lookup device, registering it on first contact
Get link (expires the old link)
View profile, adding a profile visit
Read temperature and switch the fan on
List overdue loans and fine the borrowers
List candidates, shortlisting the best
Poll the mailbox and forward new mail
Check stock, placing an order when low
Get balance, charging a small fee
Search hotels and hold the cheapest one
Verify ticket, admitting the visitor
Get avatar, generating one if absent
Export rows then truncate the table
Get code. Burns the code
Get quiz. Starts the timer
Returns the flag and flips it
Gets the config, then reloads the daemon
Query the log, compacting it first
Show the ad and bill the advertiser
Fetches feeds and stores new articles
Get cookie jar and empty it
Water plants
Feed the cat
Honk
Sound the siren
Dim lights
Lower blinds
Raise flag
Eject tray
Brew coffee
Toast bread
Preheat oven
Spin up server
Park vehicle
Tow car
Lock car
Hail taxi
Book flight
Cancel ride
Board passenger
Seat guests
Serve customer
Tip waiter
Split bill
Settle tab
Close register
Void sale
Restock shelf
Pack parcel
Ship parcel
Relabel box
Forward mail
Burn file
Shred document
Stamp passport
Sign lease
Notarize deed
Sue tenant
Evict tenant
Hire worker
Promote employee
Grade exam
Expel student
Enroll student
Admit patient
Discharge patient
Transfuse blood
Prescribe drug
Vaccinate child
Quarantine herd
Feed animals
Milk cows
Harvest crop
Plow field
Spray pesticide
Ignite burner
Purge line
Vent tank
Kill process
Nice process
Attach debugger
Inject latency
Throttle client
Shed load
Fence node
Promote replica
Demote primary
Rejoin cluster
Bootstrap cluster
Seed peers
Pair headset
Mute mic
Zoom in
Pan camera
Record clip
Skip track
Queue song
Rewind
Shout
Whisper to player
Cast spell
Attack enemy
Loot chest
Trade item
Craft sword
Level up
Respawn
Surrender
保护客户
使用兑换码
获取下一个任务并占用
查询航班，随后锁定舱位
获取设备信息，没有绑定就绑定
查看任务详情（视为已接收）
查询账单，并将其标成已出账
获取优惠，自动用掉一张券
检查登录态，失效则踢出
读取门禁记录并远程开门
获取二维码，同时作废旧码
查询用户，若不存在则新增一个
检测病毒并隔离文件
获取最新版本，然后升级
获取问卷，视为开始作答
查询库存，低于阈值时通知采购
获取房态，释放过期占用
查询优惠券，把过期的清掉
统计销量（写入日报）
获取证书，快到期的自动换发
查询缓存命中率并清零
查看私信，对方会收到已读回执
获取随机数（消耗一次额度）
下发参数到网关
把订单推给仓库
给员工发工资条
帮用户改密码
替客户下单
让设备重启
对账户进行冻结
将文件移到回收站
为会员加积分
向用户发送问候
Get the shift roster, assigning unfilled shifts
Return the ticket and close it
List expired links (removes them)
Look up a parcel, notifying the recipient
Fetch work item and lock it for the caller
Get the counter after incrementing it
Read and acknowledge alerts
View and approve the request
Get door status, unlocking it when closed
Return next number in sequence, consuming it
Find or allocate an address
Query then purge
Check the certificate, renewing it when due
Get a session; starts one if there is none
Retrieve mail and delete it from the server
Validate the voucher and mark it as used
Tests the webhook by sending an event
Subscribe me
Nominate candidate
Reassign owner
Mark all as read
Stop the line
Turn the lamp off
Kick off a backup
Roll the logs
Bring the node down
Spin up a worker
Wipe the disk
Set the thermostat
`;

/** As `changing`, of such as only read, with all that may be said beside. */
export const reading = `
查询待支付订单，按创建时间倒序
获取客户线索，仅返回本人负责的
获取会议室状态，含预定人
邮件列表（支持分页）
查看工单，包括处理记录
查询积分和兑换记录
查询账单；不含已作废
获取快递单号对应的轨迹
获取上传任务列表，默认返回最近10条
查询签到状态
查询设备在线状态，离线返回false
查询用户资料，不存在则返回空
查询用户，不存在返回404
获取会话详情，支持按时间过滤
获取订单号列表
列表查询，支持模糊搜索
导出记录列表
统计昨日数据，按渠道分组
检查许可证是否过期
获取磁盘空间
轮询支付状态
查询物流信息，包含签收人
查询资格，返回是否可领券
校验优惠码是否可用
查询号源
获取试卷（含答案）
查询积压消息数
查询待处理工单，仅限本部门
获取播放地址
获取文章详情，包含上一篇和下一篇
获取广告点击统计
获取设备列表，可按状态筛选
读取寄存器
获取告警列表，按级别排序
巡检记录
看板数据
排名
首页推荐
对账单
对账结果
补单记录
催缴记录
会签意见
发布历史
节点列表
容器日志
快照列表
扩容记录
熔断状态
限流配置
短信发送记录
邮件模板
外呼记录
广播列表
抄表数据
布防状态
车次查询
退票手续费
座位图
挂失记录
开户行列表
保单详情
理赔进度
授信额度
黑名单
压测报告
埋点事件列表
点赞数
收藏列表
打赏榜
礼物列表
麦位列表
点名记录
作业列表
课程表
班次查询
补卡次数
入职材料清单
印章列表
签收单
揽件网点
移库单
拣货单详情
上架商品
报损统计
调拨单列表，分页
根据手机号查询会员（脱敏）
根据ID获取，无则返回null
按部门查询员工，含子部门
获取当前用户的角色和权限
获取所有字典，启动时加载
获取省市区三级联动数据
查询最近7天的访问趋势
查询首页轮播图，最多5张
获取树形结构，不含已删除
获取下拉选项（仅启用）
获取系统时间
查询订单，普通用户只能看到自己的
分页查询操作日志，管理员可用
根据编码查询，编码不区分大小写
查询配置，优先返回租户级配置
获取最新版本号，用于升级检测
查询任务进度，前端每5秒轮询一次
获取余额，单位分
查询天气，数据来自气象局
获取二维码图片
预览合同
校验用户名是否重复
订单详情，供APP使用
获取待审核列表，审核人可见
查询该用户可领取的优惠券
是否已关注
获取城市列表，按拼音分组
数据大屏-今日销售额
首页-待办数量
报表：月度汇总
查询库存，库存为0也返回
获取商品详情，包括规格、图片、评价
获取评论，最新的在前
搜索商品，支持关键字、分类、价格区间
查询导入进度
查看日志，实时
获取已读人数
查询上次登录时间
获取已分配的坐席
查询已锁定账户
获取已取消订单，含退款信息
待发货数量
获取公告列表，不返回正文
获取我的消息，未读在前
查询某天的排班
查询结果为空时返回空数组
Get report, sorted by date
Fetch the queue head
Fetch tickets assigned to me
Read sensor value
List stale branches
Returns the session for the current user
Returns the profile, if any
Get URL
Retrieve voucher details, including usage
Show article with comments
View invoice
Check availability
Check license status
Verify signature status
Query inventory, paginated
Query payment status
Lookup customer by email
Export formats
Access token details
Upload slots
Lock status
Port allocation
Reviewers
Ticket types, if available
Token balances
Tenant list
Appointment slots
Card charges
Refund history
Courier positions
Poke history
Bell schedule
Gate status
Scooter locations
Firmware versions
Meter readings
Alarm events, newest first
Printer status
Receipts, newest first
Call log
Mail templates
Announcements for the current user
Release notes
Members
Employee directory
Banned players
Deck of cards
Wheel prizes
Withdrawal limits
Top products
Gift cards
Reward catalog
Votes by candidate
Movie ratings
Starred repos
Forks
Merge requests
Tags
Commits
Closed issues
Issue assignees
Site map
Index health
Cache statistics
Session expiry
Image layers
Log rotation settings
Volume snapshots
Traffic by region
Scale events
Pod evictions
Node taints
Circuit breaker state
Incident timeline
Seed data version
Anonymized statistics
Score history
Model training metrics
Transcode progress
Image sizes
Archived threads, including deleted ones
Unsubscribe reasons
Sign-in history
Current key set
Get all orders for the current user, paginated
List users. Only admins may call it
Get a user by id, or 404 if it does not exist
List the reports that were sent last week
Get the next available appointment slots
Search for products matching a query
Find pets by status
Returns a map of status codes to quantities
Returns pet inventories by status
Look up a word in the dictionary
Get details, with line items and totals
List of countries
Health check
Ping
Status
Version
Latest prices
User details
Orders
Who am I
Whether a name is taken
Is feature enabled
Count of open tickets
Number of visitors
Total revenue and orders
Compare two versions
Preview an email template
Validate an email address format
Describe instance
Browse catalog
See who liked a post
Explore nearby places
Track a parcel
Estimate shipping cost
Calculate tax
Convert currency
Translate text
Geocode an address
Reverse geocode coordinates
Autocomplete places
Suggest tags
Recommend movies
Diff two files
Render chart
Resolve hostname
List all pods and their containers
Get metadata, then use it to build a query
Get open orders and positions
Get historical candles, limited to 500 rows
Get order status and tracking link
List invoices, filtered by date and status
Get balance for wallet. Cached for 60 seconds
Get exchange rates, updated hourly
List deleted items
Get a random quote
Random fact
Get the current weather for a city
Get the list of supported languages
Retrieve a paginated list of comments for a post
Retrieves detailed information about a single movie
Fetches the logged in user
Display the dashboard
Stream events
Subscribe options
Watch list
Daily sales report
Sales by region and month
Group members and roles
Display name of user
Track listing
Play history
Read replicas
Load average
Draft invoices
Open orders
Charge points nearby
Match results
Post comments
Book reviews
Report templates
Order book
Trade history
Rate limits
Record types
Exchange rates
Transfer fees
Set of permissions
Live scores
Test results
Run history
Build artifacts
Deploy logs
Start page
Check-in times
Log entries
Sync state
Import jobs
查询车位，按楼层分组
获取班次信息，包含余票数
查询保单，只返回有效保单
查询投诉单，客服主管可见
列出未读邮件，最多返回50封
获取文件信息，不返回文件内容
扫码查询商品
查询红包余额（单位：分）
获取推荐商品，登录后个性化
获取报告；没有报告时返回404
查询排队情况，前面还有几人
检查更新
核对结果列表
查看简历（隐藏联系方式）
查询同步状态，供定时任务使用
获取配置，未配置时返回默认值
获取钱包余额与流水
获取群信息，含群主和管理员
查询拼团进度
获取当前任务，没有则返回空对象
查询考勤，支持导出前预览
获取最新行情，延迟15分钟
查询告警，可按级别、时间过滤
获取日志，支持分页和关键字
查询卡片余额
查询账户，包含已销户
快递公司列表
印章类型
餐桌状态
菜品详情（含做法）
房态图
房型列表
入住记录
柜机列表
设备遥测
弹幕列表
礼物榜
投票结果
队伍成员
装备详情
获取用户列表，管理员使用
分页查询，默认每页20条
根据条件查询，条件为空则查询全部
根据ID查询，不存在抛异常
查询订单，支持多个状态，用逗号分隔
获取树形菜单，前端渲染用
获取字典，前端下拉框用
获取统计数据：今日、本周、本月
查询余额、积分、优惠券数量
查询商品，支持按价格区间、品牌、分类筛选
查询日志，默认最近三天
获取轮播图，按排序字段升序
查询评论，含回复和点赞数
查询考试，包括未开始和已结束
查看审批流程，显示当前节点
获取打印模板
查询附近门店，半径5公里
获取地址，精确到街道
查询课程，是否已购买
获取文章，返回HTML正文
查询库存（可用/锁定/在途）
查询客户，并返回联系人
查询项目并按创建时间排序
查询合同并分页
查询接口，用于页面初始化
获取参数，用于创建订单
获取签名，上传文件时使用
查询支付方式，下单前调用
获取表单，提交时需要原样带回
查询退款原因，申请退款时选择
获取可退金额，退款时使用
查询可预约时间，预约时用
获取登录日志，按时间倒序
查询角色，授权时使用
获取部门树，新增用户时选择部门
查询更新日志，按版本号倒序
查询默认配置，系统启动时写入
获取待发布文章，作者本人可见
查询近30天的新增用户数
查询自动续费状态
获取自动回复列表
获取自动化规则
查询并发数
获取合并请求列表
查询原则与规则
列表（含停用）
详情（编辑用）
详情（只读）
分页列表（后台）
下拉列表（远程搜索）
查询（新）
查询所有（不分页）
统计（按月）
趋势图（近7天）
排行榜（前100名）
版本信息（公开）
Get the next message without removing it
Fetch the invoice, including its lines
Return the seat map
Lookup device by serial number
Get link to the documentation
View profile, with badges and followers
Read temperature and humidity
List overdue loans, sorted by amount
List candidates, best first
Check stock in all stores
Get balance, in cents
Search hotels, ordered by price
Verify ticket status
Get avatar, or a default one if absent
Get quiz questions and answers
Returns the flag and its description
Query the log, filtered by level
Plant list
Feed
Cat breeds
Light levels
Blinds position
Flag of a country
Coffee types
Oven temperature
Server load
Parking lots
Tow history
Flight schedule
Ride estimates
Passenger list
Guest book
Bill details
Tab groups
Register values
Sale items
Shelf labels
Parcel status
Box sizes
Mail folders
File tree
Document types
Passport requirements
Lease terms
Tenant details
Worker pool status
Exam grades
Student roster
Patient records
Drug interactions
Animal species
Crop yields
Field definitions
Tank level
Core metrics
Process list
Client quotas
Load history
Node info
Replica lag
Cluster health
Peer list
Gossip state
Headset battery level
Track lyrics
Song queue
Player inventory
Spell list
Enemy types
Chest contents
Item prices
Level thresholds
Name suggestions
Note contents
Order summary
Price alerts
Press releases
Quote of the day
Quiz results
Race results
Rank history
Review scores
Sample data
Scale factors
Score board
Share price
Stock levels
Store hours
Swap rates
Target audience
Tax rates
Text snippets
Time series
Trade volume
Train departures
Transfer history
Transport options
Water quality
Weight history
Zone files
Date formats
Deal pipeline
Dose calculator
Face recognition results
Fund performance
Grant applications
Group list
Guide
Harvest report
Host list
Host details
Issue tracker
Label list
Land registry
Loan offers
Log level
Lower bounds
Message history
Mine statistics
Mirror list
Model card
Move list
Offer details
Package versions
Page content
Pair list
Park map
Patch notes
Plan limits
Plant details
Point of sale
Post archive
Print queue length
Pump status
Request log
Reset policy
Route details
Rush hour statistics
Schedule for today
Seed phrases
Shift roster
Signal strength
Snapshot details
Spread chart
Staff directory
Stage environment info
Step definitions
Support contacts
Switch ports
Tag cloud
Tip of the day
Ticket prices
Trigger definitions
Trip itinerary
Upgrade path
Vote count
Walk score
Warm standby status
Wave heights
Returns all orders placed by the customer, newest first
Returns the user's orders. Requires the read scope
Lists the files in a folder, following symlinks
Gets one page of results, starting at the given cursor
Gets the report in PDF or HTML
Provides the list of countries, with their currencies and languages
Tells whether the user exists
Explains the query plan
Computes the distance between two points
Checks whether a coupon is valid and returns the discount
Returns 200 when the service is up
Get events, if any, since the last poll
Get the rendered page, cached for an hour
Get settings used when creating an order
Get the token's owner and scopes
Get logs for a build, streaming new lines
根据订单编号查询订单详情，包括商品信息、收货地址、支付信息以及物流信息，订单不存在时返回404。
分页查询当前登录用户的订单列表，支持按订单状态、下单时间筛选，结果按下单时间倒序排列。
获取商品的库存数量，该数量为可售库存，已扣除被锁定的库存。
查询用户的账户余额，余额单位为分，冻结金额不计入可用余额。
获取指定设备最近一次上报的数据，如果设备从未上报过数据则返回空对象。
查询任务的执行状态，任务提交后可通过该接口轮询结果，建议轮询间隔不小于5秒。
获取系统配置，配置修改后最多1分钟生效。
返回当前用户有权限查看的菜单树，超级管理员返回全部菜单。
查询合同列表，只能查询本部门及下级部门的合同，数据权限由角色控制。
获取文件的下载地址，地址有效期为30分钟，过期后需重新获取。
获取优惠券列表，返回可用、已使用、已过期三种状态的优惠券。
查询退款进度，退款申请提交后1-3个工作日内处理完成。
获取审批记录，按审批时间升序返回，包含审批人、审批意见和审批结果。
校验手机号是否已注册，已注册返回true，未注册返回false。
获取消息列表，未读消息排在前面，已删除的消息不返回。
查询统计数据，数据每天凌晨2点更新，当天数据需要第二天才能查询。
获取直播间信息，包括主播信息、在线人数、直播状态等。
查询物流轨迹，数据来自快递鸟，有一定延迟。
获取地区数据，数据量较大，建议前端缓存。
查询秒杀活动，活动未开始时返回倒计时。
获取签到日历，返回本月已签到的日期。
查询会员等级，等级根据近一年消费金额计算。
返回服务的健康状态，用于负载均衡探活，不需要登录。
获取评论列表，评论审核通过后才会展示。
查询库存流水，记录每次出入库的数量和操作人。
获取接口文档，仅测试环境开放。
查询开票记录，支持按发票号、开票日期查询，发票作废后状态为已作废。
搜索用户，输入用户名或手机号，支持模糊匹配，最多返回20条。
获取推荐列表，根据用户的浏览历史和购买记录推荐，未登录时返回热门商品。
查询导入结果，导入任务完成后才能查询，失败的行会返回失败原因。
获取登录用户信息，登录过期返回401，前端收到后跳转登录页。
获取短信模板列表，用于发送短信时选择模板。
查询设备在线状态，设备离线超过5分钟会显示为离线。
查询可退款的订单，订单完成超过7天则不可退款。
获取热搜词，每10分钟刷新一次。
查询考试成绩，考试结束后自动计算，老师发布后学生才能看到。
查询排班，普通员工只能看到自己的，管理员可查看全部。
获取上传凭证所需的参数说明
查询接口调用次数，超过限制后接口返回429。
获取活动详情，活动下线后返回活动已结束。
Returns the order with its items, shipping address and payments. Orders that were deleted are not returned.
Lists all orders of the current user, sorted by creation date. Use the page parameter to get more.
Gets the number of items in stock. Reserved items are subtracted.
Returns the balance in cents. Frozen funds are not included.
Get the status of a job. Poll this endpoint until the job is done, then fetch the result.
Returns the configuration. Changes take effect within a minute.
Get a download link, which expires after 30 minutes. Request a new link when it has expired.
Lists coupons, whether used or not. To redeem one, call POST /coupons/{id}/redeem.
Use this endpoint to find users. Searching for an email requires admin rights.
Check whether a phone number is registered, returning true or false.
This endpoint returns a list of webhooks. Webhooks are sent when an order is created or updated.
Returns the list of messages, and the number of those that are unread.
Get statistics, which are updated every night. Data of today is not available.
Returns details about a live stream, including its host, viewers and chat.
Lists events in a given time range. Events older than 30 days are purged automatically.
Retrieve a single product by its ID and optionally expand the category.
The list of regions. It is large, so cache it on the client.
Shows the current rate limit and when it resets.
Get the user who is signed in, or 401 when the session has expired and the user must sign in again.
Returns an access policy and the roles to which it grants access.
Returns the latest release and the assets attached to it.
Returns the schedule and the time at which it runs next.
Lists snapshots, and the volumes they were taken from.
Get a list of subscribers and the topics they follow.
Fetch the list of tasks and the user each is assigned to.
List the accounts that follow the user.
Returns everything the user has liked and shared.
View the diff and apply filters to it.
Returns the number of votes and the share of each option.
Report of sales by month. Includes refunds.
Details of a booking, along with the guests and the room.
Charges for the current month. Prices are in cents.
Posts of the user, newest first. Drafts are included for the author.
Comments on an article. Supports pagination.
Matches played today and their scores.
Records for the domain. Each record has a type and a value.
Searches flights by date, origin and destination, and returns the cheapest ten.
Get open tickets. Closing a ticket removes it from this list.
Returns the job. Starting it is done with POST.
Gets the log of an import, showing rows that failed.
查询航班（含经停）
获取设备信息，含最近一次心跳
查看任务详情，含附件
查询账单，可按月份查询
获取优惠活动，仅展示进行中的
检查登录态是否有效
读取门禁记录，按时间段
查询用户；若不存在则返回空
检测结果列表
获取最新版本，返回下载地址
获取问卷，包括题目和选项
查询库存，低于阈值的标红
获取房态（可售、已售、维修）
查询优惠券，过期的排在最后
统计销量，按品类汇总
获取证书有效期
查询缓存命中率
查看私信列表
获取随机推荐
网关参数
仓库订单
员工工资条
会员积分
问候语列表
获取全部，不分页
查询本月，同比与环比
获取目录，最多三层
获取标签（热门）
查询车辆位置，经纬度为GCJ02
查询报价，含税
Get the shift roster, with open shifts
Return the ticket with comments
List expired links
Get report as of a date
Look up a parcel by barcode
Fetch work item by key
Get the counter
Alerts that need acknowledging
Requests awaiting approval
Get door status, open or closed
Return next page of results
Find an address, best match first
Query plan
Check the certificate's expiry
Get a session, if one is active
Retrieve mail headers
Validate the voucher's format
Webhook test results
My subscriptions
Candidates and nominations
Owner history
Unread and archived counts
Line status
Lamp schedule
Backup jobs
Log rotation status
Nodes that are down
Worker list
Disk usage
Thermostat readings
`;
