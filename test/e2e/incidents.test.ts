import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PatrolProcess } from '../../demo/patrol-process.ts';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let patrol: PatrolProcess;
let id: string;

beforeAll(async () => {
  stage = await setStage();
  await stage.configure({
    maintenance: [{ name: 'release', cron: '0 2 * * 6', duration: '1h', services: ['users'] }],
  });
  patrol = stage.patrol();
  await patrol.logged('cycle closed');
  // What has never worked tells nobody.
  await stage.system.faults.set('orders-500', true);
  patrol.runNow();
  await stage.wecom.received(1);
  id = /#(\w{4})/.exec(stage.wecom.messages[0]?.content ?? '')?.[1] ?? '';
});
afterAll(() => stage.close());

const operation = 'GET /orders/{orderId}/items';

it('why tells the story of an incident: results, the rule, the message; and of its operation', async () => {
  const { code, out } = await stage.cli('why', `#${id}`);
  expect(code).toBe(0);
  expect(out).toContain(`#${id} ${operation} orders · major · firing for`);
  expect(out).toMatch(/^ {2}[\d-]{10} [\d:]{8} {3}fail HTTP 500/m);
  expect(out).toMatch(/● opened: major: HTTP 500.*\(confirmed at once\)/);
  expect(out).toMatch(/✉ message \d+ \(opened\) to wecom sent/);
  const json = JSON.parse((await stage.cli('why', id, '--json')).out);
  expect(json).toMatchObject({
    incident: { id },
    messages: [{ channel: 'wecom', state: 'sent' }],
    events: [{ kind: 'results' }, { kind: 'results' }, { kind: 'incident' }, { kind: 'message' }],
  });
  const about = await stage.cli('why', operation);
  expect(about.out).toContain('fail HTTP 500');
  expect(about.out).toContain(`more: apipatrol why ${id}`);
});

it('why says what there is when it finds nothing, or too much', async () => {
  expect(await stage.cli('why', 'GET /nothing')).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /no incident and no operation "GET \/nothing"\n {2}→ For example: apipatrol why '/,
    ),
  });
  const many = await stage.cli('why', 'GET /orders*');
  expect(many.code).toBe(2);
  expect(many.err).toContain('which one?');
  expect(many.err).toContain(operation);
});

it('ack and comment are written down with who did it, and an incident that is not there is explained', async () => {
  expect((await stage.cli('ack', id, '--note', 'rolling back')).out).toMatch(
    new RegExp(`^you look after #${id} until `),
  );
  await stage.wecom.received(2);
  expect(stage.wecom.messages[1]?.content).toMatch(new RegExp(`已认领.*#${id}`));
  expect((await stage.cli('comment', id.toLowerCase(), 'since the release')).code).toBe(0);
  const { out } = await stage.cli('why', id);
  expect(out).toMatch(/☺ acknowledge by \w+ \(command line\): rolling back/);
  expect(out).toMatch(/☺ comment by \w+ \(command line\): since the release/);
  expect(out).toMatch(/not told now: \w+ \(command line\) looks after it: no reminders/);
  expect((await stage.cli('status')).out).toMatch(/#\S+ .* · acknowledged by /);
  expect((await stage.cli('ack', id, '--undo')).out).toContain('nobody looks after');
  expect((await stage.cli('status')).out).not.toContain('acknowledged');
  const wrong = await stage.cli('ack', 'ZZZZ');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain(`Open are #${id} ${operation}.`);
  const audit = JSON.parse((await stage.cli('audit', '--json')).out);
  expect(audit.entries.map(({ action }: { action: string }) => action)).toEqual([
    'unacknowledge',
    'comment',
    'acknowledge',
  ]);
});

it('a silence keeps the running patrol from telling; its end lets it tell at once', async () => {
  const added = await stage.cli(
    'silence',
    'add',
    '--for',
    '1h',
    '--service',
    'payments',
    '--reason',
    'release',
  );
  expect(added.out).toContain('nothing that is open now fits');
  await stage.system.faults.set('payments-envelope', true);
  patrol.runNow();
  await patrol.logged('cycle closed', 3);
  const status = JSON.parse((await stage.cli('status', '--json')).out);
  const silenced = status.incidents.find(
    ({ services }: { services: string[] }) => services[0] === 'payments',
  );
  expect((await stage.cli('status')).out).toMatch(new RegExp(`#${silenced.id} .* for .* · silenced`));
  const why = await stage.cli('why', silenced.id);
  expect(why.out).toMatch(/not told now: silence #1 by \w+ \(command line\): release/);
  expect(why.out).toMatch(/opened: .* — not told: silence #1 by \w+ \(command line\): release/);
  expect(stage.wecom.messages).toHaveLength(2);
  expect((await stage.cli('silence', 'list')).out).toMatch(
    /1 +service payments +(59m\d+s|1h) +\w+ \(command line\) +release/,
  );
  expect((await stage.cli('silence', 'end', '1')).out).toContain('silence 1 has ended');
  await stage.wecom.received(3);
  expect(stage.wecom.messages[2]?.content).toContain(silenced.id);
  expect(await stage.cli('silence', 'end', '1')).toMatchObject({
    code: 2,
    err: 'there is no silence 1 that has not ended\n  → Nothing is silenced.\n',
  });
});

it('a silence of nothing, or of a service that is not there, is refused with what to do', async () => {
  const nothing = await stage.cli('silence', 'add', '--for', '1h', '--reason', 'x');
  expect(nothing).toMatchObject({ code: 2, err: expect.stringContaining('Give --incident, --service') });
  const unknown = await stage.cli('silence', 'add', '--for', '1h', '--reason', 'x', '--service', 'nobody');
  expect(unknown.err).toContain('there is no service "nobody"; there are orders, users, payments');
  const closed = await stage.cli('silence', 'add', '--for', '1h', '--reason', 'x', '--incident', 'zzzz');
  expect(closed).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no incident #ZZZZ that is open\n  → Open are #'),
  });
  const odd = await stage.cli('silence', 'add', '--for', '1h', '--reason', 'x', '--subject', 'GTE /orders*');
  expect(odd.code).toBe(0);
  expect(odd.err).toMatch(
    /^warning: no operation that has been called fits subject GTE \/orders\*, nor anything that is open\n {2}→ If that is a mistake: apipatrol silence end (\d+)\n$/,
  );
  await stage.cli('silence', 'end', /end (\d+)/.exec(odd.err)?.[1] ?? '');
});

it('replay tells what another configuration would have told, beside what was', async () => {
  const same = await stage.cli('replay', '--from', '1h');
  expect(same.err).toBe('');
  expect(same.out).toMatch(/opened +GET \/orders\/\{orderId\}\/items \(orders\) +wecom +yes +yes +HTTP 500/);
  expect(same.out).toMatch(/9 cycles and \d+ looks?: \d of this would have been told, \d was; no difference/);
  expect(same.out).toContain('not replayed: what was judged in the middle of cycles');
  await writeFile(
    path.join(stage.folder, 'quiet.yaml'),
    `${await readFile(stage.config, 'utf8')}\nseverity: critical\n`.replace(/^routes:[^]*?(?=^\w)/m, ''),
  );
  const json = JSON.parse((await stage.cli('replay', '--config', 'quiet.yaml', '--json')).out);
  expect(json.comparisons[0].would.incident.severity).toBe('critical');
  const other = await stage.cli('replay', '--database', 'nowhere.db');
  expect(other.code).toBe(2);
});

it('maintenance lists the windows and when they come', async () => {
  const { out } = await stage.cli('maintenance');
  expect(out).toMatch(/release +service users +1h +\S.* +\d{4}-\d\d-\d\d 02:00:00/);
});
