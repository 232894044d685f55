import { oneLine } from '../../lib/text/clean.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { SkipCode } from '../../model/check.ts';
import type { UnreadDocument } from '../../model/document.ts';
import type { FirstReport } from '../../model/message.ts';
import { isWanting, type SetUpCounts } from '../../model/set-up.ts';
import type { Language } from '../../model/settings.ts';
import type { Words } from './words.ts';
import { type Detail, type ItemView, type MessageView, namedMax, nameSome, type Telling } from './item.ts';

/** What a message says of services that are new; its headline has no symbol yet. */
export type FirstReportView = Pick<MessageView, 'headline' | 'counts' | 'items' | 'beyond'>;

const headlineBytes = 300;
const groupBytes = 200;
const hintBytes = 320;

/**
 * Services of which nothing is wanted are a number; what is wanted most stands first.
 *
 * @param hasPage The message leads to the list; otherwise the command that shows it is named.
 */
export function firstReportView(
  reports: readonly FirstReport[],
  { words: shared }: Pick<Telling, 'words'>,
  hasPage: boolean,
): FirstReportView {
  const said = words[shared.language];
  const wanting = reports.filter(isWanting).toSorted(mostWantedFirst);
  const [only, ...others] = reports;
  const isAlone = only !== undefined && others.length === 0;
  const waiting = sum(reports.map((report) => report.waiting));
  const well = reports.length - wanting.length;
  const counts = [
    well > 0 && wanting.length > 0 ? said.well(well) : '',
    waiting > 0 ? said.quiet : '',
    waiting > 0 && !hasPage ? said.list('apipatrol set-up') : '',
  ];
  return {
    headline: ellipsize(
      `${shared.bracket(said.name)}${said.begun(servicesIn(reports, wanting, { said, shared }))}${shared.colon}${said.state(stateOf(reports))}`,
      headlineBytes,
    ),
    counts: counts.filter((part) => part !== '').join(' · '),
    // What the headline says of a single service is not said again.
    items: isAlone
      ? [{ ...itemOf(only, said, shared), status: '' }].filter(({ details }) => details.length > 0)
      : wanting.map((report) => itemOf(report, said, shared)),
    beyond: 0,
  };
}

function mostWantedFirst(a: FirstReport, b: FirstReport): number {
  return wantedBy(b) - wantedBy(a) || (a.service < b.service ? -1 : 1);
}

function wantedBy({ waiting, counts: { failing } }: FirstReport): number {
  return waiting + failing;
}

function servicesIn(
  reports: readonly FirstReport[],
  wanting: readonly FirstReport[],
  { said, shared }: { readonly said: FirstReportWords; readonly shared: Words },
): string {
  if (reports.length > namedMax) return said.services(reports.length);
  const names = new Set([...wanting, ...reports].map(({ service }) => service));
  return nameSome([...names], shared);
}

function stateOf(reports: readonly FirstReport[]): FirstReportState {
  const total = (countOf: (report: FirstReport) => number): number => sum(reports.map(countOf));
  return {
    called: total(({ counts }) => counts.called),
    pass: total(({ counts }) => counts.pass),
    failing: total(({ counts }) => counts.failing),
    waiting: total((report) => report.waiting),
    unread: total(({ unread = [] }) => unread.length),
  };
}

function itemOf(report: FirstReport, said: FirstReportWords, shared: Words): ItemView {
  const { service, counts, groups, unread = [] } = report;
  const left = sum(Object.values(counts.notCalled));
  const status = said.state(stateOf([report]));
  const toDo = groups.map((group) => ellipsize(sayGroup(group, shared), groupBytes)).join(said.semicolon);
  const details: readonly (Detail | undefined)[] = [
    counts.called === 0 || counts.pass === counts.called
      ? undefined
      : { label: said.called, value: said.found(counts) },
    left === 0
      ? undefined
      : { label: said.notCalled, value: said.left(left, leftParts(counts.notCalled, said)) },
    toDo === '' ? undefined : { label: said.toDo, value: toDo },
    ...unread.slice(0, namedMax).flatMap((one) => unreadDetails(one, said, shared)),
  ];
  return {
    mark: isWanting(report) ? 'minor' : 'recovered',
    id: '',
    title: oneLine(service),
    status,
    details: details.filter((detail) => detail !== undefined),
    brief: status,
  };
}

/** What keeps it from being read, what to do about it, and its address to copy. */
function unreadDetails(
  { uri, message, hint }: UnreadDocument,
  said: FirstReportWords,
  { say, labels }: Words,
): readonly Detail[] {
  const why = { label: said.unread, value: ellipsize(oneLine(say(message)), groupBytes) };
  const where = { label: labels.address, value: oneLine(uri), code: true };
  if (hint === undefined) return [why, where];
  return [why, where, { label: labels.hint, value: ellipsize(oneLine(say(hint)), hintBytes) }];
}

function sayGroup({ operation, why }: FirstReport['groups'][number], { say, colon }: Words): string {
  const said = oneLine(say(why));
  return operation === undefined ? said : `${oneLine(operation)}${colon}${said}`;
}

function leftParts(notCalled: SetUpCounts['notCalled'], said: FirstReportWords): readonly string[] {
  const counts = new Map<string, number>();
  for (const [code, count] of Object.entries(notCalled) as [SkipCode, number][]) {
    const name = said.codes[code];
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

interface FirstReportState {
  readonly called: number;
  readonly pass: number;
  readonly failing: number;
  readonly waiting: number;
  readonly unread: number;
}

interface FirstReportWords {
  readonly name: string;
  /** Of a document that has never been readable. */
  readonly unread: string;
  readonly called: string;
  readonly notCalled: string;
  readonly toDo: string;
  readonly semicolon: string;
  /** That what has never worked does not alarm. */
  readonly quiet: string;
  readonly codes: Readonly<Record<SkipCode, string>>;
  /** Services of which nothing is wanted, beside others. */
  well(count: number): string;
  services(count: number): string;
  list(command: string): string;
  begun(services: string): string;
  state(state: FirstReportState): string;
  found(counts: SetUpCounts): string;
  left(count: number, parts: readonly string[]): string;
}

const words: Readonly<Record<Language, FirstReportWords>> = {
  zh: {
    name: '首次巡检',
    unread: '文档无法读取',
    called: '已调用',
    notCalled: '未调用',
    toDo: '待配置',
    semicolon: '；',
    quiet: '待配置的接口首次调通之前不会告警',
    codes: {
      'unsafe-method': '写操作',
      'reads-by-name': '疑似查询的写方法',
      'side-effect': '可能修改数据',
      session: '登录、退出或验证码',
      unsure: '用途不明',
      'no-base-url': '缺少服务地址',
      'no-value': '缺少参数值',
      'no-credential': '缺少凭证',
      'foreign-host': '凭证不能发往该主机',
      configured: '配置中已排除',
      deprecated: '已停用',
      duplicate: '与其他接口重复',
      'not-http': '非 HTTP',
      streaming: '流式响应',
      download: '文件下载',
      unsupported: '暂不支持',
    },
    well: (count) => `另有 ${count} 个服务无需处理`,
    services: (count) => `${count} 个服务`,
    list: (command) => `完整清单：${command}`,
    begun: (services) => `${services}${services.endsWith('服务') ? '' : ' '}已开始巡检`,
    state: ({ called, pass, failing, waiting, unread }) => {
      const rest = [
        failing > 0 ? `${failing} 个异常` : '',
        waiting > 0 ? `${waiting} 个待配置` : '',
        unread > 0 ? `${unread} 份接口文档无法读取` : '',
      ].filter((part) => part !== '');
      if (called === 0) return ['没有可调用的接口', ...rest].join('，');
      if (pass === called)
        return [`${called} 个接口全部正常`, ...rest.map((part) => `另有 ${part}`)].join('，');
      return [`已调用 ${called} 个接口，${pass} 个正常`, ...rest].join('，');
    },
    found: (counts) =>
      parts(counts, {
        pass: '正常',
        differ: '与文档不符',
        value: '需要参数值',
        permission: '需要权限',
        refused: '从未调通',
        failing: '异常',
      }).join('、'),
    left: (count, reasons) => `${count} 个（${reasons.join('、')}）`,
  },
  en: {
    name: 'First report',
    unread: 'Document unreadable',
    called: 'Called',
    notCalled: 'Not called',
    toDo: 'To set up',
    semicolon: '; ',
    quiet: 'What has to be set up does not alarm before it has once worked',
    codes: {
      'unsafe-method': 'may change data',
      'reads-by-name': 'may only read',
      'side-effect': 'may change something',
      session: 'sign in or out',
      unsure: 'unclear what they do',
      'no-base-url': 'no address',
      'no-value': 'need a value',
      'no-credential': 'need a credential',
      'foreign-host': 'credential not for that host',
      configured: 'left out by settings',
      deprecated: 'past their sunset date',
      duplicate: 'documented twice',
      'not-http': 'not HTTP',
      streaming: 'endless streams',
      download: 'downloads',
      unsupported: 'not supported',
    },
    well: (count) =>
      count === 1
        ? 'nothing has to be done about 1 other service'
        : `nothing has to be done about ${count} others`,
    services: (count) => `${count} services`,
    list: (command) => `the whole list: ${command}`,
    begun: (services) => `${services} patrolled from now on`,
    state: ({ called, pass, failing, waiting, unread }) => {
      const rest = [
        failing > 0 ? `${failing} failing` : '',
        waiting > 0 ? `${waiting} to set up` : '',
        unread > 0 ? `${unread === 1 ? 'a document' : `${unread} documents`} unreadable` : '',
      ].filter((part) => part !== '');
      if (called === 0) return ['nothing to call', ...rest].join(', ');
      if (pass === called) {
        const all = called === 1 ? 'the one operation works' : `all ${called} operations work`;
        return [all, ...rest.map((part) => `${part} beside them`)].join(', ');
      }
      return [`${pass} of ${called} called operations work`, ...rest].join(', ');
    },
    found: (counts) =>
      parts(counts, {
        pass: 'work',
        differ: 'differ from their document',
        value: 'need a value',
        permission: 'need a permission',
        refused: 'have never worked',
        failing: 'failing',
      }).join(', '),
    left: (count, reasons) => `${count} (${reasons.join(', ')})`,
  },
};

type Called = Exclude<keyof SetUpCounts, 'called' | 'notCalled'>;

function parts(counts: SetUpCounts, names: Readonly<Record<Called, string>>): readonly string[] {
  return (Object.entries(names) as [Called, string][])
    .filter(([key]) => counts[key] > 0)
    .map(([key, name]) => `${name} ${counts[key]}`);
}
