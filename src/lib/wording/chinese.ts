import { isOfNouns } from './chinese-nouns.ts';
import { moreThings, namesWhatItIs, nounEnd, papersBehind, setOutForTrade } from './chinese-things.ts';
import { isJapaneseOrKorean, looksAt, senseOfTitleAbroad } from './languages.ts';
import { isHarm, nothing, type Sense, sense } from './sense.ts';

/** What Chinese titles say: `批量删除`, `用户注销`, `删除记录列表`. */

/** Verbs whatever stands around them. */
const hard =
  '(?:离职|转正|调岗|签证|业务|退休|过户|挂失|贷款|转学|休学|退学|复学|开户|销户|[入出转住]院)办理$|删除|移除|剔除|顶一下|踩一下|一键删|软删|硬删|批删|物理删|逻辑删|抢红包|开具发票|顺延|摘牌|熔断|喂食|投喂|浇水|格式化(?!方式|模板)|切断|预占|消警|割接|调光|(?<!已)扣费|并(?:修复|扣费|扣减|删除|清空|锁定|更新|保存|标记|发送|下单|重启|关闭)|则自动(?:下单|创建|删除|补货|发送)|读取后即焚|阅后即焚|获取(?:分布式)?锁$|清空|清除|清理|销毁|卸载|取消|撤销|撤回|撤单|禁用|停用|启用|启动|停止|停播|终止|中止|暂停|恢复|重启|重置|重新|关闭|关断|关机|开机|开启|打开|断开|开(?=盲盒|宝箱|福袋|箱(?!型)|台(?!词)|标(?!时间|日)|庭|局)|新增|新建|添加|增加|追加|插入|创建|修改|更新|编辑|更改|变更|调整|保存|设置|设定|置为|设为|标为|标记|发送|重发|补发|下发|发放|广播|执行|运行(?!时)|触发|同步|初始化|导入|(?<!学)生成|生成(?!绩)|领取|点赞|拉黑|封禁|冻结|解冻|锁定|解锁|绑定|解绑|解除|付款|驳回|拒绝|(?<!知情)同意|提交|上传|安装|部署|发布|上架|下架|上线|下线|回滚|还原|迁移|分配|指派|切换|刷新|重载|踢出|踢人|强退|强制|加入|退出|登出|报名|参加|下单|开门|开锁|置顶|复制|拷贝|移动(?!端)|合并|替换|核销(?!码)|抓图|抓拍|录制|点播|拖动|喊话|点到|归档(?!目录|文件)|作废|转让|移交|退订|入队|出队|排序|关断|开关|启禁|启停|签收|签退|完成|结束|开始|继续|激活|续期|(?<!手)续费|催办|催单|转办|委派|挂载|扣减|扣款|赠送|打赏|派单|抢单|接单|拉取代理|退货|退件|换货|清洗|重建|重试|重跑|回收|投递|保活|消毒|缩放|拉框|反馈|购买|注册|退回|转发|入库|出库|盘点|清零|打印|升级|降级|开通|开户|销户|注入|替换|归还|借出|预订|签到|签署|搬移|转存|续约|取关|踩|移入|移至|放入|转入(?!的)|转为|变为|改为|设成|改成|自增(?!主键|id|ID|列|键|字段|长|序列的)|递增(?!的|序)|踢下线|改(?:密码|昵称|头像|状态|手机号)|打回|批改(?!情况|率)|抓单|允许(?:入网|加入|配对)(?!状态|时间|设备|列表|标志)';

/** Verbs that are nouns as well: they count first and last in a title. */
const soft =
  '支付|退款|充值|提现|转账|兑换|发货|收货|审核|审批|推送|通知|收藏|关注|分享|评论|授权|操作(?!指南|手册|指引|视频|教程)|处理|控制|备份|预约|订阅|通过|注销|登录|登陆|投票|抽奖|回调|聚焦|回放|播放|对讲|呼叫|变倍|验收|确认|加密|解密|推广|评价|举报|邀请|下载|导出|录音|录像|接受|退还|结算|缴费|提款|派送|配送|调拨|划转|扫码|认证|接入|连接(?!数)|切流|回拨|截图|采集|授予|触达|唤醒|休眠|' +
  // Trade and tickets.
  '抢购|抢红包|拆红包|开红包|抢票|下定|改价|拆单|合单|补单|挂单|出票|退票|改签|选座|占座|占位|锁座|开奖|派奖|兑奖|' +
  // Stocks and things lent.
  '领用|借用|报废|报损|移库|补货|理货|上报|补录|' +
  // Workflows.
  '加签|减签|会签|转签|签批|转交|交办|交接(?!班)|传阅|办结|结案|派发|派工|报工|完工|挂起|呈报|报送|' +
  // Devices.
  '抬杆|落杆|布防|撤防|复位|校准|校时|对时|配网|上电|断电|合闸|分闸|拉闸|遥控|开灯|关灯|点火|熄火|返航|起飞|开播|下播|' +
  // Messages, groups and schools.
  '群发|禁言|解禁|解散|拉群|建群|退群|入群|交卷|收卷|点名|选课|退课|' +
  // Queues, staff and attendance.
  '叫号|过号|取号|退号|打卡|补卡|销假|入职|离职|转正|辞退|调岗|' +
  // Money.
  '红冲|冲红|冲正|冲销|开票|(?<!日)记账|过账|结账|反结账|月结|日结|放款|还款|代扣|代付|划扣|平仓|开仓|' +
  // Systems.
  'AI(?:缩写|扩写|润色|续写|改写|生成)|智能(?:缩写|扩写|润色|续写|改写)|预热|重算|转码|压缩|解压|爬取|抓取|扩容|缩容|拦截|补偿|埋点|抹除|粉碎|擦除|移出|急停|解封|释放|挂失|解挂|赎回|申购|续租|拒收|转派|跑批|补数|重推|外呼|挂断|' +
  // Accounts, claims and contracts.
  '打款|汇款|扣费|扣分|罚款|退费|补缴|缴纳|代缴|催缴|催收|分账|入账|出账|调账|平账|销账|挂账|冲账|对账(?!单)|归集|结转|计提|抵扣|核减|清分|出金|入金|垫付|代发|绑卡|换绑|改绑|解约|续签|签约(?!的)|过户|变现|出价|竞价|举牌|' +
  // Lines, meters, gates, wards and visits.
  '停机(?!坪)|复机|停复机|销号|换卡|销卡|抄表|归零|去皮|放行|升杆|起杆|降杆|布控|撤控|挂号|停诊|登记|入院|出院|转院|转科|检票|验票|盖章|用印|调班|换班|计票|唱票|' +
  // Posts, marks and choices.
  '封号|锁单|拒单|刷卡|补打|扣除|抽取(?=中奖|获奖|幸运)|复核|抢券|抢课|抢座|抢号|投诉|加精|顶帖|发帖|回帖|跟帖|删帖|置底|沉底|加急|打标签?|贴标签|勾选|全选|反选|取消全选|认领|改密|发消息|发红包|' +
  // Data.
  '落库|置空|置零|脱敏|灌数|刷库|刷数|回写|回填|刷写|消费(?=(?:一条|单条|指定)?(?:消息|队列))|' +
  '构建|编译|寻车|闪灯|上移|下移|前移|后移|关账|封账|轧账|去重(?!后)|录入|置闲|置忙|示闲|示忙|到店|到场|离店|离场|还(?:书|车|伞|桶|箱|卡)|领(?:奖|红包|积分|金币|福利|礼包|工资)|[加减扣](?:积分|库存|余额|金币|经验)|(?:在线|用户|设备|客户端|播放|学习|会话|坐席|维持|保持)心跳|' +
  '开闸|落锁|通电|喂料|投币|鸣笛|提权|撤权|赋权|发短信|领券|摇号|发号';

/** What is looked at when a title ends in it. */
const views =
  '列表|详情|明细|查询|检索|搜索|统计|历史|次数|数量|总数|人数|时间|原因|理由|进度|分页|一览|趋势|分析|概览|概况|汇总|报表|排行|排行榜|清单|选项|下拉框|树|详细信息|数目|预览|集合|获取|查看|展示|比例|占比|下拉|校验';
/** What is looked at when a verb that is a noun stands before it. */
const nouns = `${views}|记录|日志|信息|状态|方式|类型|配置|规则|结果|地址|人|人员|页|页面|图|用户|账户|账号|宝|套餐|渠道|通道|公告|模板|夹|单|方案|金额|流水(?!线)|标识|权限|额度|资格|说明|须知|协议|首页|数据(?!库)|流(?!转|出|回)|机关|科室|日历|差异|费|手续费|名单|限额|客户|证|电话|小结|口(?!令)|数(?!据)|策略|设备|周期|凭证|者|码|码列表|期|情况|任务|计划|节点|对象|内容|库(?!存)|能力|项(?!目)|率|行(?=$|名|号)|中心|点|榜|价格|费用|范围|时效|条件|结论|依据|期限|口径|册|簿|屏|台账`;

/** Of those that no verb is done to. */
const firm =
  '记录|日志|状态|方式|类型|配置|规则|结果|原因|说明|协议|模板|套餐|渠道|额度|流水|凭证|人|者|页|页面';

const already =
  '(?:已|已经|未|待|可|可以|被|不|不可|是否|最近|最后|上次|下次|最新|正在|尚未|允许|能否|代|需|需要|所|能|无法|有没有|当前|(?<=.)自动)';

const startsReading =
  /^(?:(?:手动|异步|分页|批量|条件|模糊|全量|增量|单个|单条|详细|高级|快速|多条件|多|不|通用|综合|动态|我的|用户|系统|后台|前台|全文|接口|获得|移动端|客户端|管理端|GET方式|由|当前|直接|首页|导航|根据|通过|按照?|用|使用|依据|基于|以|从)[^。；]{0,30}?)?(?:查询|查找|查看|查出|查|搜索|检索|获取|获得|得到|取得|取出|读取|列出|列举|加载|拉取|统计|判断|校验|检查|检测|验证|是否|返回|显示|展示|预览|浏览|计算|对比|比较|监控|轮询|识别|解析|翻译|健康检查|心跳检测|选择|展开)/;

const codesSent = /(?:验证码|校验码|动态码|短信码|随机码|极验|滑块|极光验证)/;
const tokens =
  /(?:(?:获取|申请|刷新|生成|换取|交换|签发|请求|更新)[^，。]{0,8}?(?:token|令牌|授权码|凭证|ticket))$|^(?:token|令牌|票据)$/i;
const sessions = /退出|登出|注销登[录陆]|登[录陆]|单点|扫码登|登入|注册/;
const files = /导出|下载|转储|打包/;

/** Traditional characters of verbs and of what is done to things, each with the simplified one. */
const traditional = new Map(
  (
    '刪删註注銷销發发簡简訊讯啟启動动關关閉闭閥阀審审過过報报緩缓訂订單单創创編编輯辑變变調调整整設设標标記记廣广運运執执觸触導导領领' +
    '讚赞凍冻結结鎖锁綁绑駁驳絕绝傳传裝装佈布還还遷迁併并換换錄录載载壓压縮缩擴扩號号離离職职證证開开門门擊击擋挡轉转帳账賬账購购買买賣卖' +
    '贈赠儲储繳缴費费續续約约廢废棄弃複复復复製制檔档歸归閱阅讀读驗验碼码簽签預预訪访撥拨掛挂斷断連连線线終终暫暂滅灭燈灯鈴铃聲声噴喷餵喂' +
    '養养澆浇詢询尋寻檢检覽览獲获統统計计數数據据詳详情情資资訊讯項项選选擇择權权給给對对認认應应當当後后無无為为業业務务員员會会議议題题' +
    '類类別别狀状態态種种樣样確确誤误顯显圖图車车貨货倉仓庫库產产價价額额稅税團团優优慣惯頁页區区縣县鄉乡鎮镇樓楼電电話话郵邮寄寄網网絡络' +
    '頻频視视覺觉聽听寫写說说請请問问決决議议處处參参與与從从個个們们這这裡里來来時时間间長长幣币獎奖勵励禮礼遊游戲戏戰战隊队級级極极' +
    // Of Japan.
    '覧览歴历録录変变実实検检発发処处対对図图読读売卖転转関关戻返払付収收拡扩継继続续済济'
  )
    .match(/../gu)
    ?.map(([from = '', to = '']) => [from, to] as const),
);

/** As it is written on the mainland, whose words are known: 匯出 is 导出. */
function simplified(text: string): string {
  return text
    .replaceAll('匯出', '导出')
    .replaceAll('匯入', '导入')
    .replaceAll('使用者', '用户')
    .replaceAll('履歴', '历史')
    .replaceAll('情報', '信息')
    .replace(/\p{Script=Han}/gu, (character) => traditional.get(character) ?? character);
}

/** What a title in an East Asian language says; `undefined` when there is none in it. Only what reads in Chinese excuses. */
export function senseOfChinese(title: string): Sense | undefined {
  const isForeign = isJapaneseOrKorean(title);
  const hasHan = /\p{Script=Han}/u.test(title);
  if (!hasHan && !isForeign) return undefined;
  const abroad = senseOfTitleAbroad(title);
  if (isForeign && isHarm(abroad)) return abroad;
  if (isForeign && (!hasHan || looksAt.test(title))) return nothing;
  const said = senseOfHan(title);
  if (said.says === 'nothing') return abroad;
  return isForeign && said.says === 'reads' ? nothing : said;
}

/** Characters of a title that is nothing but a name. */
const longestTitle = 16;

/** Where something is and has been, and words that are looked up: 订单追踪, 热搜词; 目标追踪 is what a camera is told to do. */
const lookedUp =
  '(?:订单|物流|快递|包裹|运单|货物|货运|进度|退款|售后|轨迹|链路|调用链|资产|批次|配送|工单|问题|缺陷|流程|产品|商品|质量|食品|药品|农产品)(?:追踪|跟踪|追溯|溯源)' +
  '|(?:热门?搜索|热搜|热|敏感|关键|搜索|联想|停用|禁用|屏蔽|违禁|提示|推荐|同义|近义|检索|违规)词|术语' +
  '|前(?:\\d+|[一二三四五六七八九十百]+)(?:名|位|强)?|(?:省市区?|地区|区域|城市|菜单|分类|部门|[二三多]级)(?:级联|联动)' +
  '|(?:路线|路径|行程|航线|线路)规划|引导|指南|攻略|教程|帮助';

/** What is looked at, in whatever words it is called: 购物车信息, 相关专题, 链路检测. */
const shown = new RegExp(
  `(?:${views}|${lookedUp}|^[时日周月季年总热新]榜|信息|数据|记录|日志|情况|状态|结果|说明|介绍|日历|纪要|速度|温度|湿度|压力|概率|样式|影像|权益|封面|点位|空位|广告位|登记簿|归属地|联系人|围栏|房态|票价|专享价|图书|时长|课时|客流|仓位|[亮热湿温浓密难满活精纯硬高频角维经深宽厚粗挤]度|文档|手册|声明|构成|路况|协议|条款|版本|模[板版]|首页|主页|页面|图标|报告|目录|栏目|专题|字典|枚举|元数据|回显|检测|检查|验证|监测|监控|识别|解析|翻译|对比|比较|计算|试算|测算|估算|名称|标题|消耗|积压|质量|标签|供应商|考勤|SQL|来源|去向|成绩|分数|得分|学分|名次|编码|代码|地址|路径|链接|金额|余额|价格|单价|费用|总额|总量|总计|合计|均值|平均|最大|最小|走势|曲线|分布|进展|动态|快照|画像|指标|参数|属性|字段|结构|关系|范围|区间|日期|时段|周期|年份|月份|排名|等级|级别|类别|种类|范例|示例|样例|类型|规则|策略|站|站点|转换|换算|抬头|账期|长度|宽度|高度|大小|流水|场次|模式|排班|班次|年级|客户|商品|合同|(?:成绩|清|名|菜|账|订|工|价目|课程)单|新品|提示|预案|依据|标准|能力|定义|遥测|花名册|同比|环比|展开|环境|说明书|床位|网点|漏斗|喜欢|收入|支出|流向|占用|用量|余量|资料|档案|内容|正文|摘要|头像|表单|表头|看板|大屏|仪表盘|中心|导航|面包屑|天气|位置|坐标|轨迹|距离|路线|健康|健康状况|存活|探针|心跳|在线|(?<=\\p{Script=Han}{2})(?<!^(?:更|换|装|拆|补|抄|校|停|修|调|改|加|减|扣|清|冲)\\p{Script=Han}*)(?:流|率|数|量|值|表|榜|条|集|名|图|页|号))$`,
  'u',
);

const things =
  '工作台|行业|产业|职业|民族|国籍|学历|籍贯|荣誉|资质|隐私政策|关于(?:我们|本站|平台|公司)|绩点|额度|配额|背包|卡池|奖池|收件箱|发件箱|草稿箱|信箱|黑名单|白名单|标签云|词云|纪要|用户|假期|会员|客户|成员|员工|人员|角色|权限|菜单|部门|机构|组织|公司|企业|岗位|班级|学生|老师|教师|医生|患者|商品|产品|订单|分类|品牌|标签|地区|城市|区域|省市区|省|市|区|县|街道|门店|店铺|仓库|库存|供应商|购物车|钱包|账单|积分|优惠券|红包|公告|消息|文章|新闻|资讯|视频|图片|音频|文件|附件|评论|评价|问题|答案|课程|章节|试题|试卷|成绩|帖子|话题|专栏|活动|任务|项目|计划|日程|日历|设备|网关|传感器|摄像头|告警|报警|车辆|司机|合同|发票|证书|密钥|公钥|服务|接口|实例|节点|集群|主机|容器|镜像|表|库|索引|主题|队列|定时任务|帮助|关于|首页|时间|语言|货币|汇率|股票|基金|行情|联系人|好友|群|群组|通讯录|圈子|粉丝|广告|轮播图?|楼层|推荐|热搜|收藏夹|足迹|待办|已办|免责声明|公司简介|常见问题|电话|客服|快递公司|职位|课表|教室|座位|车次|航班|酒店|房型|景点|路线|房间|会议室|余票|票价|房价|均价|佣金|分销商|商家|商户|品类|规格|型号|配件|物料|工单|流程|表达式|数据源|数据库|数据集|类型|配置|设置项|规则|策略|方案|渠道|套餐|销售额|营业额|交易额|成交额|利润|收入|支出|成本|业绩|预警|风险|缺陷|用例|测试用例|环境|分支|提交记录|温度|湿度|温湿度|强度|电量|气压|风速|水位|能耗|功率|电压|电流|建议|意见|线索|商机|库位|批次|序列|字典项|选项卡|图例|样式|主题色|皮肤|插件|脚本|日报|周报|月报|团队|师傅|骑手|老人|孩子|家属|宠物|病历|处方|药品|床位|号源|排班表|检查单|化验单|医嘱|病区';
const ofWhom =
  '每日|每周|每月|每年|逾期|常用|我的|我|当前|所有|全部|各|每个|某个|单个|热门|最新|最近|近期|推荐|相关|猜你喜欢|可用|有效|公共|公开|内置|默认|系统|后台|前台|前端|移动端|平台|个人|本人|今日|昨日|本周|本月|本年|今年|年度|月度|历史|上级|下级|父级|子|根|一级|二级|三级|顶级|同级|关联|下属|所属|的|和|与|及|、|/|\\s|用户|会员|客户|企业|公司|部门|角色|商品|产品|订单|店铺|门店|设备|项目|课程|班级|学生|文章|活动|车辆|服务|应用|站内|站点|首页|商城|工作台|附近|周边|同城|未读|已读|在线|离线|热销|畅销|爆款|新品|特价|精选|相似|同类|低|高|剩余|SKU|SPU|VIP|API|APP|CRM|ERP|可选|可售|闲置|空闲|收费|免费|过期|逾期|即将|优质|待|已|未|树形|省市区|今天|昨天|近\\d+天|近七天|近一周|本店|全国|各地|各省|各类|当天|当月|实时|历年|前\\d+|top\\d*|TOP\\d*|个|条|名|位';
/** Which of several it is, or how it is: 今日排班, 已签知情同意. */
const ofNow =
  /^(?:当前|今[日天]|昨[日天]|明[日天]|本[日周月季年]|近[一三七]|最近|最新|近期|历史|我的|已(?!读$)|未|待(?!办$)|是否|如何|什么|[上下]一?[场班次页章期集篇站轮届])\p{Script=Han}{2,}$/u;

/** Those that are in a state: 暂停中的任务, 启用状态的角色, 被删除的文件. */
const inState = /^(?:\p{Script=Han}{2}(?:中|状态)|被\p{Script=Han}{2,4})的\p{Script=Han}{2,4}$/u;

/** Nothing but things: 用户, 我的订单, 部门用户. */
const named = `${things}|${moreThings}`;
const onlyThings = new RegExp(`^(?:${ofWhom}|${named})*(?:${named})${nounEnd}?$`, 'u');
const papers = papersBehind(`${ofWhom}|${named}`);
const namedWords: ReadonlySet<string> = new Set(named.match(/\p{Script=Han}{2,4}(?=\||$)/gu));

/**
 * The part of a Chinese title that names a deed of which nobody knows what it is (改派, 给用户发券): it has no verb that reads
 * and does not end in what is looked at. Titles in which `senseOfChinese` finds something are not asked about.
 */
export function unknownDeed(title: string): string | undefined {
  if (isJapaneseOrKorean(title)) return undefined;
  // What stands behind is judged as a clause of its own.
  const [last = ''] = (piecesOf(title).at(-1) ?? '').split(/[，,；;]/u);
  if (!/^[\p{Script=Han}]/u.test(last) && !/\p{Script=Han}$/u.test(last)) return undefined;
  return shown.test(last) ||
    ofNow.test(last) ||
    inState.test(last) ||
    (last.length <= longestTitle &&
      ([onlyThings, papers, setOutForTrade].some((one) => one.test(last)) ||
        isOfNouns(last, namedWords) ||
        namesWhatItIs(last)))
    ? undefined
    : last;
}

/** The last piece of a title as it is written on the mainland, brackets and all. */
export function simplifiedTitle(title: string): string {
  const text = simplified(title).replace(/^(?:【[^】]*】|\[[^\]]*\]|[\s\d.、*#])+/u, '');
  return (
    text
      .split(/[-－—–|｜：:>»]+(?![^（(]*[)）])/u)
      .map((piece) => piece.trim())
      .findLast((piece) => piece !== '') ?? ''
  );
}

/** What a clause says that is done, if it is known. */
export function deedIn(clause: string): Sense {
  const said = senseOfPiece(clause);
  return isHarm(said) ? said : nothing;
}

/** Whether a clause begins with a verb that reads and does nothing else. */
export function readsFirst(clause: string): boolean {
  return readingFirst(clause)?.says === 'reads';
}

/** Whether a clause names nothing but what is looked at. */
export function viewsOnly(clause: string): boolean {
  return unknownDeed(clause) === undefined || senseOfPiece(clause).says === 'reads';
}

function senseOfHan(title: string): Sense {
  const pieces = piecesOf(title);
  const last = pieces.at(-1) ?? '';
  const said = senseOfPiece(last);
  if (said.says !== 'nothing' || pieces.length === 1) return said;
  const whole = senseOfPiece(pieces.join(''));
  return whole.says === 'reads' ? nothing : whole;
}

/** What it is about, and last what is done: `订单管理-推送订单`. */
function piecesOf(title: string): readonly string[] {
  return plain(simplified(title).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han}(?: |$))/gu, ''))
    .split(/[-－—–|｜：:>»]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** Nothing is done to a reason, and hardly to a time: 退款原因, 支付方式. */
const verbFirst = new RegExp(
  `^(?:批量|手动|一键|立即|强制|自动|定时|异步)?(?:(?:${hard})(?!的|者|人(?!员)|率)|(?:${soft})(?!的|者|人(?!员)|率|(?:方式|类型|原因|理由|时间|次数|人数|说明|须知|协议|资格|费用?|手续费|渠道)$))`,
);

/** Whether a title begins with a verb of change, so that it may be an order whatever noun it ends in: `推送订单列表`, `审批记录`. */
export function beginsWithDeed(title: string): boolean {
  const last = piecesOf(title).at(-1) ?? '';
  return (
    verbFirst.test(last) &&
    readingFirst(last)?.says !== 'reads' &&
    !namesTraces.test(last) &&
    !howOften.test(last) &&
    !asks.test(last)
  );
}

/** 重启次数, and not 重置次数: nobody does it to a number. */
const howOften = /^(?:重启|开机|关机|启动|登[录陆]|开门|开锁|唤醒|上线|下线|掉线|断电)(?:的)?(?:次数|时长)$/u;

/**
 * What is told of a deed that nobody does to what tells of it, and things that are as a deed has left them: 投票记录, 退款详情,
 * 上架商品列表; `审批记录`, `推送订单列表`, `备份记录` may be orders.
 */
const namesTraces = new RegExp(
  '^(?:(?:投票|点赞|收藏|关注|转账|充值|提现|退款|支付|结算|对账|开票|兑换|发货|收货|签到|打卡|评论|预约|抽奖|签收|领取|核销|报名|购买|下单|评价|' +
    '举报|投诉|归还|借出|催办|催单|催缴|派单|抢单|接单|转单|转办|叫号|过号|开门|开锁|呼叫|扫码|抬杆|放行|充电|换电|请假|缴费|还款|放款|扣款|扣费|退货|换货|退票|改签|出票|挂号|打赏|赠送|邀请|通话|呼叫|销假|调岗|离职|入职|跟进)' +
    `(?:记录|明细|流水|历史|详情|列表|轨迹|进度|情况|排行榜?|${lookedUp})(?:列表|详情|分页)?` +
    '|(?!切换|变更|更新|修改|设置|调整|更改|改变)\\p{Script=Han}{2,6}(?:开通|开关|启用|激活|绑定)(?:状态|情况)' +
    // Few verbs are done to what is kept of others.
    '|(?!.*(?:删除|移除|清|新增|新建|添加|增加|修改|更新|更改|变更|保存|编辑|提交|上传|上报|下发|导|同步|推送|发送|发布|审批|审核|备份|生成|打印|归档|恢复|还原|撤|标记|复制|处理|确认|合并|' +
    '迁移|补录|录入|登记|重置|作废|创建|插入|写入|关闭|锁定|回收|重|批量|一键|手动|执行|停|启|抹|销毁|分享|通知|转|传|收集|采集|记(?!录)|取消|设置|加|改|删|写|存|拉|刷|排|换|查|推|置))\\p{Script=Han}{2,4}(?:记录|流水)' +
    '|\\p{Script=Han}{2}单(?:列表|详情|明细|分页|统计|信息)' +
    '|(?:绑定|签到|认证|支付|退款|审核|审批|登录|同步|连接|充电|开票|发货|授权|签约|核销|处理|配送|派送|激活|注册|报名|预约)(?:状态|进度)' +
    '|(?:上架|下架|禁用|停用|冻结|锁定|拉黑|封禁|报名|预约|收藏|关注|签约)\\p{Script=Han}{1,4}(?:列表|名单|清单))$',
  'u',
);

/** What brackets say that is done beside: "（会更新本地订单）", "（浏览量+1）". */
const alsoDone = new RegExp(
  `删除|清空|关闭|停止|标记|置为|扣减|扣除|自增|^[（(](?:更新|扣减|生成|创建|发送|同步|写入|触发)(?!时|用|的|前|后)|[+＋]\\s*1|加一|(?:并且?|会|将|同时|每次|自动|之?后|再)[^（()）]{0,4}?(?:${hard})`,
  'u',
);

/** Without numbers, marks of groups, and what stands in brackets behind. */
function plain(title: string): string {
  return title
    .replace(/【[^】]*】|\[[^\]]*\]|「[^」]*」/gu, '')
    .replace(/[（(][^（()）]*[)）]/gu, (inside, at: number) =>
      at > 0 && alsoDone.test(inside) ? `并${inside.slice(1, -1)}` : '',
    )
    .replace(/^(?:第?[\d一二三四五六七八九十]+[章节]|[\s\d.、)）*#])+(?=\P{N})/u, '')
    .replace(/(?:接口|API|api|操作|功能|。)+$/u, '')
    .replace(/但.*$/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

function senseOfPiece(piece: string): Sense {
  return (
    signing(piece) ??
    dealing(piece) ??
    numbering(piece) ??
    counting(piece) ??
    followed(piece) ??
    compounded(piece) ??
    whichOnes(piece) ??
    template(piece) ??
    readingFirst(piece) ??
    moving(piece) ??
    viewed(piece) ??
    hardVerb(piece) ??
    softVerb(piece) ??
    kept(piece) ??
    nothing
  );
}

/** Those to which something is still to be done, or was by whom, is or may be done: 待我审批, 我已审批, 可领取优惠券, 即将到期合同. */
const narrowed =
  /^(?:待(?:我|本人|他人|上级)|我已(?!阅|读|知|同意|了解|确认)|我待|我(?:发起|参与|提交|创建|申请|负责)的|抄送(?:给)?我|即将|快要|快到期|快过期|临近|可(?![能以见]|视|疑|信|用))(?!.*(?:自动|并))\p{Script=Han}{2,12}$/u;

/** Whose they are: 我的, 抄送我的, 我发起的. */
const ofMine = /^(?:\p{Script=Han}{1,4})?(?:我|本人|自己)\p{Script=Han}{0,5}的$/u;

/** "支付是否开通", and not 设置是否启用. */
const asks = new RegExp(
  `^(?!${hard})\\p{Script=Han}{1,10}(?:是否|有没有|能否|可否)\\p{Script=Han}{1,10}$`,
  'u',
);

function whichOnes(piece: string): Sense | undefined {
  return narrowed.test(piece) || ofMine.test(piece) || asks.test(piece) ? sense('reads', piece) : undefined;
}

/** Traces of what nobody knows a verb for: 跟进记录, 维修记录. */
function kept(piece: string): Sense | undefined {
  return /^\p{Script=Han}{2,8}(?:记录|日志|情况|流水)(?:列表|分页)?$/u.test(piece)
    ? sense('reads', piece, 'soft')
    : undefined;
}

/**
 * Verbs that follow another: "查询并更新状态", "查询超时订单并自动取消"; "查询及更新状态" where one joins the first at once, since
 * elsewhere it joins nouns (启用和停用的设备, 创建和更新时间).
 */
const then = new RegExp(
  `并且?确认$|(?:并且?|然后|同时|之?后|再|每次|会|将(?!来|要))(?:自动|同时|立即|批量|重新|异步)?(?:${hard}|${soft}|修复|标记)(?!的|者|人(?!员)|单号)|` +
    `^(?:和|及|与|、|/|&|＆)(?:${hard})(?!的|者|人(?!员)|时间|次数|数量|率)|(?:和|及|与|、)(?:${hard}|推送|通知|修复|补偿)(?!的|者|人|时间|记录|列表|日志|状态|次数|数|率|用户|设备|原因)|` +
    `或者?(?:创建|新建|新增|添加|更新|保存|注册|生成)|后(?:即|会|将|自动|立即)+(?:被)?(?:焚|毁|删|清|消费|失效|作废|过期|出队)`,
  'gu',
);

/** Behind a comma "支付后更新" tells of when, and not of what is done. */
function isAside(deed: string, before: string): boolean {
  return /^(?:之?后|会|将)/u.test(deed) && /[，,；;]/u.test(before);
}

/** First what is done, then what is looked at: 扣减库存并查询. */
const deedFirst = new RegExp(
  `^(?:批量|手动|一键)?((?:${hard}|${soft})(?!的|者|人(?!员)|时间|记录|日志))\\p{Script=Han}{0,8}?(?:并且?|然后|之?后|再|同时)(?:查询|返回|获取|查看|统计|展示|读取)`,
  'u',
);

/** What is loaded so that something comes of it: "加载录像文件形成播放地址". */
const formed = /形成(?!的|时间|原因)/;

/** What is fetched from elsewhere is stored, unless it is named as what is looked at. */
const pulled =
  /^(?:手动|定时|批量|从(?!redis|mysql|cache|db|git)[a-z]+(?:系统|平台)?|从(?:第三方|外部|上游)\p{Script=Han}{0,4})?(?:拉取|抓取)(?!.*(?:列表|信息|详情|数据|记录|消息|日志|配置|状态|结果|接口|内容|历史)$)/iu;

/** What is paid or made by it is written; prices and fees are only worked out. */
const settled =
  /^(?:批量|手动|一键)?(?:计算|核算)\p{Script=Han}{0,4}(?:工资|薪资|薪酬|佣金|提成|奖金|成本|折旧|考勤|绩效|分红|账单|MRP)$/iu;

/** One of those that may be had is taken, unless a page or a list is opened to look for it. */
const chosen = /^选择(?!.*(?:列表|页面?|弹窗|框|器|下拉|树|数据|信息|选项|项|查询)$)/;

/** Of what was done or may be, whatever the verb: `禁用词`, `签到日历`, `派单规则`, `我的关注`. */
const compound =
  /^(?!修改|更新|设置|调整|提高|提升|降低)\p{Script=Han}{0,6}(?:成功|失败|完成|转化|通过|命中|合格|达标|及时|异常|超时)率$|^活跃\p{Script=Han}{2}$|^(?:客户|用户|会员|设备|企业|供应商|风险|灰度|访问|全局|系统|司机|商户|商家|手机号?|域名|接口)?[黑白灰]名单$|^知情同意(?:书|单)?$|^(?:出院|入院|住院|转院)(?:患者|病人)$|^抄表(?:读数|数据|周期)$|^付款(?:单|条件|计划)$|^取消(?:规则|政策)$|^刷新(?:日志|记录)$|^(?:盘点|部署|升级|发放|入库|出库|退货)(?:计划|任务)$|^已(?:推送|发送|发布|撤回|隐藏|屏蔽)(?:通知|评论|公告|评价)$|^(?:重启|开机|关机|付款|扣款|打回|批改|抓单|签到|打卡|盘点|部署|禁用|冻结|升级(?!套餐)|抓拍|点播|录制|下单|报名|核销|退货|换货|开门|开锁|归还|续费|注册|购买|签收|派单|抢单|接单|入库|出库|发放|变更)(?:记录|词|日历|差异|环境|金额|奖品|规则|策略|流水|榜单?|名单|须知|条件|渠道|套餐|费用|频率|窗口)$|^(?:变更|发放|领取|修改)记录$|^导入模[板版](?:字段|列|列表|信息|配置)$|^我的\p{Script=Han}{2}$|^打印(?:模[板版]|机|样式)$|^开关(?:状态|量|配置|列表)$|^抽奖奖品$|^(?:在售|在用|热门|最新|近期|历史)\p{Script=Han}{2,4}$|^(?:跳转|进入|转|去|打开)(?:到|至)?\p{Script=Han}{0,10}(?:页面?|界面)$/u;

/** `浏览量+1`, `阅读数加一`. */
function counting(piece: string): Sense | undefined {
  const found = /(?:量|数|次数)(?:自动)?(?:[+＋]|加|增加)\s*(?:1|一)$/u.exec(piece)?.[0];
  return found === undefined ? undefined : sense('change', found);
}

function followed(piece: string): Sense | undefined {
  const found = deedFirst.exec(piece)?.[1];
  return found === undefined ? undefined : sense('change', found);
}

/** Of which something was done or may be: 已下架商品, 可开户产品, 未清订单, 开启的阀门. */
const participle = new RegExp(
  `^(?:可(?:${hard}|${soft})(?:产品|商品|项目|时段)|(?:已经?|未)(?:(?!删除|移除|清空|清除|销毁|登|注销|退出)(?:${hard}|${soft})|[清结](?![空除理零束算]))(?!后|时|则|自动|${hard}|${soft})\\p{Script=Han}{1,4}|(?:开启|打开|开放)的\\p{Script=Han}{1,4})$`,
  'u',
);

/** What ends in a deed is done: 未支付订单取消. */
const deedAtEnd = new RegExp(`(?:${hard}|${soft})$`, 'u');

function isParticiple(piece: string): boolean {
  return participle.test(piece) && !deedAtEnd.test(piece);
}

function compounded(piece: string): Sense | undefined {
  if (isParticiple(piece)) return sense('reads', piece);
  return compound.test(piece) || traceOfDeed.test(piece) || isLookedUp(piece)
    ? sense('reads', piece, 'soft')
    : undefined;
}

const endsLookedUp = new RegExp(`(?:${lookedUp})$`, 'u');

/** 发货物流追踪, 停用词, and not 删除敏感词. */
function isLookedUp(piece: string): boolean {
  const words = endsLookedUp.exec(piece)?.[0];
  return words !== undefined && piece.slice(0, -words.length).search(hardVerbs) === -1;
}

/** What stands before the verb that follows. */
const joined =
  /^(?:并且?|然后|同时|之?后|再|和|及|与|、|\/|&|＆|每次|会|将|或者?)(?:自动|同时|立即|批量|异步)?/u;

/** Of what is filled, made or told, whatever noun stands last. */
const filled =
  /^(?:批量|手动|一键)?(?:预热(?!状态|进度|记录|任务)|造(?:测试|模拟)?数据?$|洗数据?$|打(?:快照|标签?)$|使用(?=(?:优惠券|代金券|兑换码|激活码|邀请码|券|卡|次卡|道具|积分|余额|礼包|红包)$)|(?:给|帮|替|把|让|向|为(?=会员|用户|客户|员工))\p{Script=Han}{1,8}?(?:发(?!现|布过|票)|改(?!版)|推(?!荐|广)|加(?![密载])|扣|充|送|删|移|清|关(?!联|于)|开(?![放发始])|下单|重启|绑|禁|踢)|保护(?:客户|线索|商机)$|从\p{Script=Han}{0,6}队列(?:中|里)?(?:取|拉|弹)|放量$|灰度放量$|弹出(?=一?[条个]|队)|(?:触发|发起)(?=一次|\p{Script=Han}{0,6}汇总)|(?:加载|重建|预加载)\p{Script=Han}{0,2}缓存$|(?:积分|余额|金币)(?:兑换|抵扣)(?:商品|礼品|现金|优惠券)$|(?:短信|邮件|微信|钉钉|电话|站内信|语音)(?:通知|提醒|推送)(?:用户|客户|会员|负责人)$)/u;

function readingFirst(piece: string): Sense | undefined {
  const made = filled.exec(piece)?.[0];
  if (made !== undefined) return sense('change', made);
  if (pulled.test(piece)) return sense('change', '拉取', 'soft');
  if (settled.test(piece)) return sense('change', '计算', 'soft');
  if (chosen.test(piece)) return undefined;
  if (piece.startsWith('重新')) return sense('change', '重新');
  const lead = startsReading.exec(piece)?.[0];
  if (lead === undefined) return undefined;
  const harm = new RegExp(`(?<!${already})(?:${hard})(?!的|人|者|时间|记录|地址|日期|方式|类型|状态)`).exec(
    lead,
  );
  const verb =
    /(?:查询|查找|查看|查出|查|搜索|检索|获取|获得|得到|取得|取出|读取|列出|列举|加载|拉取|统计|判断|校验|检查|检测|验证|是否|返回|显示|展示|预览|浏览|计算|对比|比较|监控|轮询|识别|解析|翻译|选择|展开)$/.exec(
      lead,
    )?.[0] ?? '';
  if (harm !== null && harm.index === 0) return undefined;
  if (harm !== null && /根据|通过|按|用|使用|以|批量|手动|强制/.test(lead.slice(0, harm.index)))
    return undefined;
  if (/[&＆、和与及并](?:下载|导出)(?!记录|次数|任务)/u.test(piece)) return sense('download', '下载');
  const rest = piece.slice(lead.length);
  const second =
    [...rest.matchAll(then)].find(({ 0: deed, index }) => !isAside(deed, rest.slice(0, index))) ??
    formed.exec(rest);
  if (second !== null) return sense('change', second[0].replace(joined, ''));
  return sense('reads', verb);
}

/** Whether there is any at all: 获取是否开启验证码. */
const whether = /^(?:获取|查询|查看|判断|检查|返回)?(?:当前|系统|后台|登[录陆])*是否/u;

function signing(piece: string): Sense | undefined {
  const ends = new RegExp(
    `(?:${views}|记录|日志|信息|状态|方式|配置|规则|类型|页面|标识|用户|权限|设置|logo|图片|开关|设备|态|名称|数据|租户.*|列表.*)$`,
    'i',
  );
  const code = codesSent.exec(piece)?.[0];
  if (code !== undefined && !ends.test(piece) && !whether.test(piece)) return sense('session', code);
  const token = tokens.exec(piece)?.[0];
  if (token !== undefined) return sense('session', token);
  if (/二维码/.test(piece) && /登[录陆]/.test(piece)) return sense('session', '二维码');
  const found =
    /退出登[录陆]|注销登[录陆]|(?:用户|账号|系统|安全|单点)?(?:登出|登[录陆]|退出|注销)(?!人|用户|名|者|后|的|态|页|所|信息|日志|记录|角色|情况|在线|会员|结果|双|状态|方式|失败|次数|时|账号信息|限制|数|历史|设备|地|配置|策略|ip)/.exec(
      piece,
    );
  if (
    found === null ||
    ends.test(piece) ||
    startsReading.test(piece) ||
    /已|未|需|是否/.test(piece.slice(0, found.index))
  )
    return undefined;
  return sessions.test(found[0]) || found[0].includes('注销') ? sense('session', found[0]) : undefined;
}

/** Deeds of trades that one does to something, and that are told by that: 退药, 门诊发药, 价格生效. */
const doneTo =
  '退药|发药|发血|日切|年结|日终|扣划|结息|补费|分诊|挂瓶|阅卷|补签|退库|退料|领料|发料|生效|失效|制冷|制热|除湿|休学|复学|退学|转学|(?<![正非异经日])常[开闭关]';
/** As `doneTo`, where nothing is in front: 护士排班 is a table. */
const doneAlone = '(?:交接|交|接)班|排班|排课|毕业|半开|半关|全开|全关|送风|[一二三四五高中低]档(?:风速)?';
const deed = new RegExp(
  `^(?:(?!最|我|历史|即将|[今昨本每])\\p{Script=Han}{0,4}?(?<!${already})(?:${doneTo})|(?:批量|自动|智能|手动|一键|学生|开始)?(?:${doneAlone}))$`,
  'u',
);

const traceOfDeed = new RegExp(
  `^(?:${doneTo}|${doneAlone})(?:记录|日志|日期|状态|结果|时间|原因|名单|列表|单|表|人|生|规则|方案)$`,
  'u',
);

function dealing(piece: string): Sense | undefined {
  if (hooted.test(piece)) return sense('change', piece);
  if (handled.test(piece) && !traces.test(piece)) return sense('change', piece, 'soft');
  return deed.test(piece) && !startsReading.test(piece) ? sense('change', piece, 'soft') : undefined;
}

/** A car that is looked for makes itself heard. */
const hooted = /^(?:一键|远程)?(?:(?:鸣笛|闪灯|双闪|鸣喇叭)(?:[和并、]?(?:寻车|闪灯|鸣笛|找车))?|寻车)$/u;
/** Whatever it is done to: 修复数据, 改派工单. */
const handled =
  /^(?:批量|手动|一键|强制|自动)?(?:(?:修复|修正|订正)(?![的中前后])\p{Script=Han}{1,6}|(?:转派|改派|转交|交办|办结|加急|催办|督办)(?:工单|订单|单据|流程|任务|事项|案件))$/u;
const traces =
  /(?:记录|日志|列表|任务|计划|建议|方案|状态|率|情况|历史|详情|进度|结果|时间|版本|说明|指南|次数|统计|人员|方式|类型|中|后|费用?)$/u;

/** A number that is given out is gone: the next caller gets another one. */
function numbering(piece: string): Sense | undefined {
  const found =
    /^(?:获取|取得|取|申请|领取)(?:流水号|序列号|单号|排队(?:号码?|序号))$|^取(?:\p{Script=Han}{0,2}号|一个?\p{Script=Han}{0,2}(?:编号|号码?|序号))$|^(?:获取|申请|抢占?)(?:分布式|互斥|全局|排他|独占|资源|写)?锁$|^(?:获取|取得|取|申请)(?:一个)?(?:下一个?|新(?!闻|品|[版增])的?)\p{Script=Han}{0,6}?(?:流水号|序列号|编号|编码|单号|订单号|号码)$/u.exec(
      piece,
    );
  return found === null ? undefined : sense('change', found[0]);
}

/** The file that is filled in and imported; lists of such have other endings. */
function template(piece: string): Sense | undefined {
  return /导入\p{Script=Han}*模[板版]$/u.test(piece) ? sense('download', '模板') : undefined;
}

function moving(piece: string): Sense | undefined {
  const found = files.exec(piece);
  if (found === null) return undefined;
  const after = piece.slice(found.index + found[0].length);
  const before = piece.slice(0, found.index);
  if (
    new RegExp(
      `^(?:的?(?:次数|数量|记录|进度|状态|历史|任务|中心|日志|地址|链接|类型|格式|模板(?:列表|详情|分页|信息))).{0,4}$`,
    ).test(after)
  )
    return undefined;
  if (new RegExp(`${already}$`).test(before)) return undefined;
  return sense('download', found[0]);
}

/** Ends in what is looked at; the verb before it is part of a noun. */
function viewed(piece: string): Sense | undefined {
  const view = new RegExp(`(?:${views})(?:数据|信息|接口)?$`).exec(piece)?.[0];
  if (
    view !== undefined &&
    !new RegExp(`^(?:${hard})(?:一个|一条|多个|该|此|本)`).test(piece) &&
    !actsOnView(piece, view) &&
    (!undone.test(piece) || tracesAsked.test(piece)) &&
    !handedIn.test(piece) &&
    !renewed.test(piece)
  )
    return sense('reads', view);
  if (!dealt.test(piece) && !handedIn.test(piece) && !dealtWith.test(piece) && namesDeed(piece))
    return sense('reads', piece, new RegExp(`(?:${firm})$`).test(piece) ? 'hard' : 'soft');
  if (replayed.test(piece)) return sense('reads', piece);
  if (namesTraces.test(piece)) return sense('reads', piece, 'soft');
  if (looked.test(piece) && !doneToLooked(piece)) return sense('reads', piece, 'soft');
  return (acted.test(piece) && !direct.test(piece)) || traced.test(piece)
    ? sense('reads', piece, 'soft')
    : undefined;
}

/** What is looked at unless a verb stands before it: 销售日报, 点赞数, and not 提交日报. */
const looked =
  /(?:轨迹|[日周月季年]报|得分|工资条|监控|生日|(?:点赞|转发|注册|购买|完成|签到|报名|下单|领取)数)$/u;

function doneToLooked(piece: string): boolean {
  const before = piece.replace(looked, '');
  return verbFirst.test(before) || before.search(hardVerbs) !== -1;
}

/** A list that is fetched anew is written: `刷新商品列表`, and not `同步任务列表`. */
const renewed =
  /^(?:手动|批量|一键)?(?:刷新|同步|重载)(?!.{0,6}(?:时间|记录|日志|任务|状态|历史|规则|配置|方案|周期|进度|结果|失败)).*(?:列表|排行榜|榜单|排名|统计|报表|汇总|目录|菜单|索引)$/;

/** `支付信息`, `订单支付方式`: a verb that is a noun as well, with what is looked at. */
function namesDeed(piece: string): boolean {
  const isFirst =
    new RegExp(`^(?:${soft})(?:的|${nouns})`).test(piece) &&
    !new RegExp(`(?:${soft})$`).test(piece) &&
    piece.search(hardVerbs) === -1;
  return (
    isFirst || (new RegExp(`(?:${soft})(?:${nouns})$`).test(piece) && !new RegExp(`^(?:${hard})`).test(piece))
  );
}

/** What is done to a thing that others have made: `解封账号`, and not `支付账号`. */
const dealt =
  /^(?:批量|手动|一键|强制)?(?:解封|禁言|解禁|唤醒|校准|复位|遥控|备份|释放|推送|打款|归集|催缴|抹除|粉碎|擦除|转派|重推|急停|挂起|扩容|缩容)(?:账号|账户|用户|设备|数据|内容|人员|资源|任务|节点)$/u;

/** Somebody or something to whom it is done, and nothing in front: 通知用户, 控制设备. */
const dealtWith = new RegExp(`^(?!签约|认证)(?:${soft})(?:用户|客户|设备|任务|策略|人员|节点|对象)$`, 'u');

/** Verbs whose traces are looked at: `短信发送记录`, `版本更新信息`. */
const acted = new RegExp(
  `^(?!删除|移除|清空|清除|清理|修改|新增|添加|增加|创建|保存|编辑|批量|重置|切换|调整|更改|改变|变更(?!日志|记录)|更新(?!日志|记录|说明)|导入(?!记录|日志|结果|状态|说明)|设置).{0,10}?(?:更新|变更|操作|修改|升级|执行|运行|提交|发送|同步|异常|领取|发放|入库|出库|签到|打卡|核销|导入|上传|下发|注册|购买|打印|点播|录制|启动|开始|结束|完成|绑定|撤回|取消|点赞|设置|部署|发布|生成|安装|触发|下单|保存|抓拍|启用|停用|禁用|删除|创建|盘点|报名|分配|开通|开关|上架|下架|激活)(?:日志|记录|信息|说明|状态|情况|页|图|方式|结果|规则|码|地址|人|原因|次数|数量)$`,
);
/** Whatever verb it is, something stands before it and its traces behind: `图书归还记录`. */
const traced = new RegExp(
  `^(?!${hard}|${soft}|批量|手动|定时|一键|立即|强制|自动|记录).{2,12}?(?:${hard}|${soft})(?:日志|记录|流水|次数|限额)$`,
);
/** With nothing in front these are done to what follows. */
const direct =
  /^(?:变更|更新|提交|绑定|取消|下发|上传|打印|完成|撤回|生成|发布|启用|停用|禁用|同步|发送|安装|触发|执行|运行|启动|分配)(?:信息|方式|规则|地址|人|码|图)$|^(?:变更|更新|取消|完成|撤回|启用|停用|禁用|生成|分配)(?:状态|记录|结果)$|^绑定(?:记录|结果)$/;

/** These are no attributes of what is shown: `清空待办列表` is no list of what was emptied. */
const undone =
  /^(?:批量|手动|一键|强制)?(?:移除|剔除|清空|清除|清理|清零|重置|销毁|终止|中止|重启).*(?:列表|详情|明细|统计|历史|汇总|报表|排行榜?|清单|树|集合|趋势|概览|概况|一览|查询|检索|搜索|选项|分页|预览|下拉框?)(?:数据|信息)?$|^(?:批量|手动|一键|强制|定时)?(?:删除|删掉|清掉|更新|修改|导入|上传|保存|新增|添加|编辑)[^的]{0,6}(?:明细|统计|历史|汇总|报表|分析|集合|趋势)(?:数据|信息)$/u;

/** Drawn again by whoever looks at it, and by no device: 轨迹回放. */
const replayed = /^(?:历史|车辆|设备|人员|行车|船舶|查询)?(?:轨迹|行程|路径|航迹|路线)回放(?:数据|信息)?$/u;

/** What is kept of a deed, asked for: 重置记录查询. */
const tracesAsked = /(?:记录|日志|流水|历史)(?:分页|列表|条件)?查询$/u;

/** A client tells the server what it has; what was told is a record: `上报日志`, and not `上报记录`. */
const handedIn =
  /^(?:批量|手动|定时|一键)?(?:上报|补录|录入)\p{Script=Han}{0,4}(?:日志|状态|进度|数据|信息|结果|位置|明细|详情|点击|曝光|埋点|心跳|事件|坐标|故障|异常|错误|行为|访问|浏览|播放)$|^同步(?:学习|播放|观看|阅读|训练|答题|游戏|考试|视频|听课|课程)进度$/u;

/** Only these are set and counted by hand: `修改时间`, `更新数量`, `调整进度`. */
function actsOnView(piece: string, view: string): boolean {
  return (
    /^(?:数量|时间|进度|原因|理由|比例|选项|分析|次数|总数|清单|树|分页|预览|汇总|报表)$/.test(view) &&
    /^(?:批量|手动)?(?:修改|更新|调整|设置|增加|减少|编辑|保存|变更|删除|清空|添加|新增|创建|生成|打印|提交|改|扣|加|减)/.test(
      piece,
    ) &&
    !/^(?:更新|修改|创建)(?:的)?(?:时间|原因|理由)$/.test(piece)
  );
}

const hardVerbs = new RegExp(
  `(?<!${already})(?:${hard})(?!的|者|率|人(?!员)|中的|状态的|时的|(?<=入库|出库|盘点|退货|换货|签收|揽收|装车|卸货|领料|调拨|交接|巡检|维修|保养|检验)单)`,
  'g',
);

function hardVerb(piece: string): Sense | undefined {
  const found = [...piece.matchAll(hardVerbs)][0];
  return found === undefined ? undefined : sense('change', found[0]);
}

function softVerb(piece: string): Sense | undefined {
  const deal =
    /^(?:立即|一键|用户|参与|执行|开始|商品|发起|帮好友|帮忙|为好友)?(秒杀|砍价|拼团|开团|参团|助力)(?:下单)?$/.exec(
      piece,
    )?.[1];
  // To record is a verb in front of what is done; records are looked at.
  if (/^记录(?:用户|会员|客户端)?(?:访问|浏览|行为|点击|操作|播放|下载|阅读|分享|曝光)/.test(piece))
    return sense('change', '记录', 'soft');
  if (deal !== undefined) return sense('change', deal, 'soft');
  if (/^(?:标?为|全部|一键|设为|标记)?已读$|全部已读|一键已读/.test(piece)) return sense('change', '已读');
  const first = new RegExp(
    `^(?:批量|一键|手动|立即|用户|管理员|强制|每日|确认|单个|后台|快捷|在线|异步|接收)?(${soft})`,
  ).exec(piece)?.[1];
  const last = new RegExp(
    `(?<!${already})(${soft})(?:成功|失败|通过|消息|所有人|指令|命令|不通过|完成|请求)?$`,
  ).exec(piece)?.[1];
  const word = last ?? first;
  return word === undefined ? undefined : sense('change', word, 'soft');
}

/** What a sentence is about, and what it says of when: one match of each, so that no text makes it try many ways. */
const opening = new RegExp(
  '^(?:注意[:：，,]?)?(?:通过(?:本|该|此)接口[，,]?)?(?:(?:本|该|此|这个)(?:接口|方法|API|请求|操作)|(?:接口|方法|API|功能)(?=用于|用来|会|将))?' +
    '(?:每次(?=[会都将自必就])|每(?:次|一次)(?:调用|请求|访问|执行|查询|获取)(?:本|该|此)?(?:接口)?(?:[时后]|之后)?[，,]?|(?:调用|请求|访问|执行|点击|触发)(?:了)?(?:本|该|此|这个)?(?:接口|方法|API|地址|链接|请求|操作)?(?:成功)?(?:后|时|之后|以后|即|就)?[，,]?)?',
  'iu',
);
const auxiliary =
  /^(?:都|均|必|先|主要|作用是|功能是|用于|用来|用以|用|来|可以|可用于|可|会|将|就|即|负责|实现|支持|提供|同时|还|自动|直接|立即|批量|手动|强制|一键|永久|彻底|后台|异步)/u;
const verbNext = new RegExp(`^(?:${hard}|${soft})`, 'u');
const object = new RegExp(`^(?:根据|按照?|通过|对|把|将)[^，,]{1,16}?(?:进行)?(?=${hard}|${soft})`, 'u');
const mostAuxiliaries = 8;

/** "该接口用于批量", "根据订单号": what stands before the verb of a sentence that is about its operation. */
function leadOf(text: string): string {
  let rest = text.replace(opening, '');
  for (let count = 0; count < mostAuxiliaries && !verbNext.test(rest); count += 1) {
    const behind = rest.replace(auxiliary, '');
    const goesOn = behind !== rest && [verbNext, auxiliary, object].some((next) => next.test(behind));
    const next = goesOn ? behind : rest.replace(object, '');
    if (next === rest) break;
    rest = next;
  }
  return text.slice(0, text.length - rest.length);
}

/** What follows a verb that is a part of a noun, or of a condition. */
const noVerb =
  /^(?:的|(?:本|该|此)接口|者|人(?!员)|时(?!间段)|后(?:的|，|,|需|请|再|才)|前(?:的|，|,|需|请)|中的?|和|与|或|及|、|接口|方法|功能|成功|失败|(?:\p{Script=Han}{0,4}?)(?:记录|日志|状态|时间|日期|方式|类型|结果|原因|次数|数量|列表|详情|信息|配置|模板)(?:的|$))/u;

/** "取出后消息将从队列中删除": what comes of the call itself. */
const afterwards = new RegExp(
  `(?:^|[，,])(?:调用|取出|获取|查询|读取|访问|请求|拉取|查看)(?:成功)?(?:之|以)?后[^，,]{0,12}?(?:将|会|即|就|自动|被)[^，,]{0,8}?(${hard})`,
  'u',
);

/** "返回前会先删除所有数据"; what one has to do before is no part of it. */
const beforehand = new RegExp(
  `(?:返回|响应|查询|获取|读取|输出)(?:结果|数据)?(?:之|以)?前[，,]?(?![^，,]{0,8}(?:请|需|须|应|要|必须))[^，,]{0,6}?(?:会|将|自动|先|首先)[^，,]{0,8}?(${hard})`,
  'u',
);
/** "每次请求都会产生一笔订单": of what was not there before. */
const produced =
  /(?:每一?次|接口|调用|请求|访问)[^，,。]{0,6}?(?:会|将|都|即|就)(?:会|将|都|自动|额外)*(?<deed>产生|形成|生出|多出|发起|触发)了?(?:一|新|\d|多)/u;

/**
 * What a sentence of a description says; `undefined` when there is no Chinese in it.
 *
 * @param isFirst Whether it is the description's first, which may leave out what it is about.
 */
export function senseOfActing(sentence: string, isFirst: boolean): Sense | undefined {
  if (!/\p{Script=Han}/u.test(sentence)) return undefined;
  const text = sentence.replace(
    /^(?:[\s\d.、)）*#-]|(?:接口|功能|简要|方法)?(?:描述|说明|功能|作用|用途)[:：])+/u,
    '',
  );
  const whole = isFirst && text.length <= longestTitle ? senseOfChinese(text) : undefined;
  if (whole !== undefined && (isHarm(whole) || !/前.*(?:会|将|先)|每次/u.test(text))) return whole;
  const after = (afterwards.exec(text) ?? beforehand.exec(text) ?? produced.exec(text))?.[1];
  if (after !== undefined) return sense('change', after);
  const lead = leadOf(text);
  const verb = verbNext.exec(text.slice(lead.length))?.[0] ?? '';
  const rest = text.slice(lead.length + verb.length);
  if (verb === '' || noVerb.test(rest) || readingFirst(clauseOf(text))?.says === 'reads') return nothing;
  if (!isFirst && !/接口|方法|API|请求|操作|调用|访问|会|将|就|即|同时/iu.test(lead)) return nothing;
  const said = senseOfPiece(clauseOf(`${verb}${rest}`));
  return isHarm(said) ? said : nothing;
}

function clauseOf(text: string): string {
  return text.split(/[，,（(]/u)[0] ?? '';
}
