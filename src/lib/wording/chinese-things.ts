/** Chinese nouns that are no verbs: of a title that consists of them alone nobody has to ask what it does. */

/** What services of many trades keep, as a part of an expression. */
export const moreThings =
  // Who works where, and for what.
  '组织架构|架构|花名册|名册|职级|职务|简历|工资条|工资|薪资|社保|公积金|年假|工号|班组|单位|科室|院系|' +
  // Hospitals.
  '医院|诊所|药房|病房|病案|病种|病人|护士|疫苗|医保|耗材|器械|手术室|体温|血压|血糖|血型|心率|过敏史|家族史|' +
  // Schools and libraries.
  '学校|校区|专业|学期|学年|学籍|宿舍|食堂|教材|题库|考场|考点|论文|导师|讲师|家长|校历|奖学金|馆藏|书架|书籍|作者|出版社|' +
  // Warehouses and carriers.
  '运单|货位|货架|货主|货物|托盘|承运商|线路|网点|站点|快件|包裹|港口|集装箱|船期|舱位|车站|车型|车牌|路段|路口|航线|机场|机票|火车票|公交|地铁|里程|油耗|' +
  // Factories.
  '产线|工厂|车间|工序|工艺|工位|模具|原料|原材料|半成品|成品|良率|图纸|' +
  // Houses.
  '小区|楼栋|楼宇|单元|业主|住户|租户|房屋|房源|房产|户型|停车场|车位|物业费|门禁|电梯|' +
  // Money.
  '账户|账本|会计|科目|凭证|报表|银行卡|银行|支行|税率|税种|利率|费率|电价|水价|油价|金价|币种|资产|负债|现金|预算|' +
  // Law and administration.
  '法律|法规|案件|案由|法官|法院|律师|当事人|政策|证件|身份证|户籍|社区|网格|居民|' +
  // Shops, restaurants and journeys.
  '菜品|菜谱|菜系|桌台|桌位|餐厅|食材|口味|会员卡|礼品|赠品|奖品|商圈|景区|门票|导游|民宿|客房|展品|展厅|文物|' +
  // What is read, heard and seen.
  '歌曲|歌手|专辑|歌单|歌词|电影|票房|影院|影厅|剧集|演员|导演|直播间|主播|弹幕|小说|漫画|赛事|赛程|球队|球员|裁判|站内信|文案|海报|勋章|徽章|头衔|称号|' +
  // Machines and networks.
  '域名|端口|网段|内存|磁盘|带宽|流量|服务器|漏洞|补丁|固件|版本|函数|进程|线程|网卡|机房|机柜|二维码|条形码|条码|' +
  // Land, water and weather.
  '电站|电表|水表|气表|水质|水库|河流|土壤|作物|农田|大棚|鱼塘|空气|降雨量|天气|预报|地点|地块|地图|节假日|节气|' +
  // What there is of most of them.
  '简介|体系|台账|设施|布局|名额|概况|概览|现状|明细账|费用|目标|需求|编制|级别|档位|档口|门类|名目';

/** Whose, where or what for, behind a noun of that list: 网格员, 宿舍楼, 设备间. */
export const nounEnd = '[楼员系费室厅区间址籍龄]';

/** Of deeds that are nouns too; what follows is no object of theirs: 生产计划 and no 生产产品. */
const ofTrades =
  '引航|培养|理财|贷款|漫游|麻醉|就诊|办事|护理|康复|装卸|靠泊|投保|理赔|实习|消防|环保|运维|运营|征信|入网|种植|养殖|诊疗|住院|调度|采购|销售|生产|教学|培训|巡检|体检|检验|检修|维保|保养|施工|营销|招聘|考试|值班|运输|排产|委外|费用|差旅';
const setOut = '流程|大厅|用途|方式|等级|卡|计划|方案|套餐|科目|场所|区域|目标|岗位|项目';

/** Orders that one takes, hands on or gives back: 接单, 司机抢单. */
const dealtWith =
  '接抢转催派退撤改补拒并拆锁挂下推审跟弃录拼甩晒砍跑送取结买埋刷开打制排分合关消核出签爆丢查对理点填报做发收销作废追插加减投换';
/** What ends like those and is written down on a paper of its own. */
const doneWith = '盘点|报销|验收|签收|交接|退换|核销|冲销|注销';
/** Bills of two characters, in front of which a single one is a verb: 开罚单, 补运单. */
const bills = '账运工罚面订保菜名清传回底快小大子主母原旧新坏死提舱';

/**
 * A paper that is named for what it is about (出库单, 采购申请单).
 *
 * @param parts What may stand in front, as parts of an expression.
 */
export function papersBehind(parts: string): RegExp {
  const about = `(?:${doneWith}|\\p{Script=Han}{2}(?<![${dealtWith}]))`;
  const paper = `(?!\\p{Script=Han}[${bills}]单$)${about}单`;
  return new RegExp(`^(?:${parts}|${ofTrades})*${paper}$`, 'u');
}

/** 生产计划, 体检套餐. */
export const setOutForTrade = new RegExp(`^(?:(?:${ofTrades})(?:${setOut})|(?:理财|贷款|培训)产品)$`, 'u');

/** Nobody does what is unknown to these, but for what moves their bounds: 受理条件, 揽收时效, and not 放宽条件. */
const abstractEnds =
  /^(?![消占抵耗清退还冲补发申授扩缩放收限延提降给上下调变切换划确设定加减改增拟制修补出取得打按批达编落推敲宣汇通转])\p{Script=Han}{2,6}(?:结论|范围|时效|条件|依据|标准|期限|时限|口径|要素|要点|频率|特征|特点|水平|能力|周期|资格|须知|名录|台账|动态|行情|含义|缘由|通则|细则|总则|方式|方法|用途|限额|资费|效期|排期|大厅|朝向|时段|等级|开度|价位|面积|尺寸|重量|体积|[长宽高密强浓深厚精额稼]度|类别|种类|级别|型号|款式|大纲|面板|对手|分组|总[量额数]|[均单]价|成分|构造|外观|编码|代号|记录单|登记簿)$/u;
/** Who or what it is that something is done to, or that is in a state: 被保人, 质检项, 在制品. */
const ofState =
  /^(?:[在不非未已可待被所半][\p{Script=Han}]{1,3}[品件物人者项]|\p{Script=Han}{2}[人者项率额员件]|\p{Script=Han}{0,4}(?:决定|通知|意见|告知|承诺|协议|申请|责任|委托|证明|说明|保证)书|\p{Script=Han}{1,4}(?:感|控制|变送|计数|检测|报警|路由|交换|服务)[器仪])$/u;
/** A verb of one character in front of what has two: 踢成员, 加人员. */
const singleVerb =
  /^[踢加删改换查审批派招聘辞退邀请禁封放拉推调选设定转移赶骂打点叫呼催罚扣减提降补充付还收发领取买卖租借寄送退签撤清停启开关增拒准处复修录报核验配校]/u;

/** Whether a text is named for what it is, whatever verb may be in it. */
export function namesWhatItIs(text: string): boolean {
  return (
    abstractEnds.test(text) ||
    (ofState.test(text) && (!singleVerb.test(text) || /^.{2}[者率项书]$/u.test(text)))
  );
}
