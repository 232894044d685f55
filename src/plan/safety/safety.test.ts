import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import type { Sentence } from '../../model/sentence.ts';
import { describe, expect, it } from 'vitest';
import {
  aDocument,
  anOperation,
  aParameter,
  aService,
  planFor,
  planOf,
} from '../../../test/support/plan-inputs.ts';
import type { Operation, Parameter } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';

function fate(key: string, given: Partial<Operation> = {}, service: Partial<ServiceSettings> = {}): string {
  return inEnglish(reasonOf(key, given, service));
}

function reasonOf(
  key: string,
  given: Partial<Operation> = {},
  service: Partial<ServiceSettings> = {},
): Sentence {
  const [left] = planOf(anOperation(key, given), service).skipped;
  return left?.reason ?? 'called';
}

describe('an operation that its parameters make into a write', () => {
  it.each<[key: string, Parameter, string]>([
    [
      'GET /',
      aParameter('Action', 'query', { schema: { type: 'string', enum: ['DeleteTags'] } }),
      'by its Action it changes something ("DeleteTags")',
    ],
    [
      'GET /',
      aParameter('Action', 'query', { schema: { type: 'string', enum: ['AttachVolume'] } }),
      'by its Action it changes something ("AttachVolume")',
    ],
    ['GET /', aParameter('Action', 'query', { schema: { enum: ['DescribeTags'] } }), 'called'],
    ['GET /', aParameter('Action', 'query', { schema: { enum: ['BatchGetTags'] } }), 'called'],
    [
      'GET /user.php',
      aParameter('act', 'query', { examples: ['add'] }),
      'by its act it changes something ("add")',
    ],
    ['GET /user.php', aParameter('act', 'query', { examples: ['list'] }), 'called'],
    ['GET /user.php', aParameter('state', 'query', { examples: ['delete'] }), 'called'],
    [
      'GET /pods/{id}/{action}',
      aParameter('action', 'path', { schema: { enum: ['start', 'stop'] } }),
      'by its action it changes something ("start")',
    ],
    [
      'GET /pods/{what}',
      aParameter('what', 'path', { schema: { enum: ['reboot'] } }),
      'no value for the required path parameter what fits: "reboot" reads as something that is done',
    ],
    // What was made up is nobody's wish.
    [
      'GET /moves/{docNo}',
      aParameter('docNo', 'path', { schema: { type: 'string', pattern: '^MV[0-9]{8}$' } }),
      'no value for the required path parameter docNo is documented, and none could be made up',
    ],
    // Of what it may be, another is taken.
    ['GET /pods/{what}', aParameter('what', 'path', { schema: { enum: ['reboot', 'show'] } }), 'called'],
    ['GET /orders', aParameter('op', 'query', { schema: { enum: ['delete', 'list'] } }), 'called'],
  ])('%s with %j', (key, parameter, expected) => {
    expect(fate(key, { parameters: [aParameter('id', 'path'), parameter] })).toBe(expected);
  });

  it.each([
    ['requestMethod', 'DELETE'],
    ['sql', 'DELETE FROM x'],
    ['deleteAll', '1'],
    ['data', '{"action":"delete"}'],
  ])('is refused for %s=%s, whatever its title says', (name, value) => {
    const parameters = [aParameter(name, 'query', { examples: [value] })];
    expect(fate('GET /users', { parameters, summary: 'Lists users', operationId: 'listUsers' })).toContain(
      `by its ${name} it changes something`,
    );
  });

  it.each([
    ['操作', '删除'],
    ['动作', '取消'],
    ['action', 'delete'],
    ['action', 'UNLOAD'],
    ['a', 'del'],
    ['m', 'del'],
    ['act', 'rm'],
    ['r', 'user/delete'],
    ['route', '/user/del'],
    ['method', 'user.delete'],
    ['service', 'UserService.remove'],
    ['func', 'cancelOrder'],
    ['command', 'restart'],
    ['override', 'DELETE'],
    ['callback', 'deleteAll'],
    ['xml', '<request><action>delete</action></request>'],
    ['data', '{"a":{"op":"remove"}}'],
    ['update', '1'],
    ['write', 'true'],
  ])('is refused for %s=%s, although all of its words say that it reads', (name, value) => {
    const words = { summary: '查询商品 List goods', operationId: 'listGoods' };
    const chosen = { parameters: [aParameter(name, 'query', { schema: { enum: [value] } })], ...words };
    expect(fate('GET /goods/a', chosen)).toContain(`by its ${name} it changes something`);
    const shown = { parameters: [aParameter(name, 'query', { examples: [value] })], ...words };
    expect(fate('GET /goods/list', shown)).toContain(`by its ${name} it changes something`);
    const asked = {
      parameters: [aParameter(name, 'query', { required: false })],
      extensions: { 'x-patrol': { params: { [name]: value } } },
      ...words,
    };
    expect(fate('GET /goods', asked)).toContain(`by its ${name} it changes something`);
  });

  it.each([
    ['eventType', 'delete'],
    ['status', 'disable'],
    ['event', 'submit'],
    ['type', 'refund'],
    ['scene', 'pay'],
    ['start', '1'],
    ['isDelete', '1'],
    ['sql', "select * from log where a = 'delete from'"],
  ])('is a list of a kind of records, by %s=%s', (name, value) => {
    const parameters = [aParameter(name, 'query', { examples: [value] })];
    expect(fate('GET /audit', { parameters, summary: 'Lists what was done' })).toBe('called');
  });

  it('leaves an optional order out', () => {
    const parameters = [aParameter('action', 'query', { required: false, examples: ['delete'] })];
    const { checks } = planOf(anOperation('GET /audit', { parameters, summary: 'Lists what was done' }));
    expect(checks[0]?.request.url).toBe('https://orders.internal/audit');
  });

  it('is called when the config gives the value or allows it', () => {
    const parameters = [aParameter('act', 'query', { examples: ['add'] })];
    expect(fate('GET /user.php', { parameters }, { params: { act: 'add' } })).toBe('called');
    const overrides = [{ match: 'GET /*', allow: true }];
    expect(fate('GET /user.php', { parameters }, { overrides })).toBe('called');
  });
});

describe('the words of an operation', () => {
  it.each<[key: string, given: Partial<Operation>, string]>([
    ['GET /', { operationId: 'GET_DeleteTags' }, 'may change something: "delete" in its operationId'],
    ['GET /', { operationId: 'GET_DescribeTags' }, 'called'],
    ['GET /refresh-schedules', { summary: 'Lists all refresh schedules' }, 'called'],
    ['GET /upload-tokens', { summary: 'List all active upload tokens' }, 'called'],
    ['GET /sync-jobs', { summary: '获取同步任务' }, 'called'],
    ['GET /node', { summary: 'Return the version and update availability information.' }, 'called'],
    [
      'GET /node',
      { summary: 'Get it and refresh its state' },
      'may change something: "refresh" in its title',
    ],
    ['GET /reset-password', { summary: 'Gets rid of it' }, 'may change something: "get rid" in its title'],
    [
      'GET /clear-cache',
      { summary: 'Get it clean', operationId: 'clearCache' },
      'may change something: "clear" in its operationId',
    ],
  ])('%s %j', (key, given, expected) => {
    expect(fate(key, given)).toBe(expected);
  });
});

describe('what stands around an operation', () => {
  const transfer = anOperation('GET /transfer');

  it('makes a noun of a verb when the path has writes of its own', () => {
    expect(called([transfer, anOperation('POST /transfer')])).toEqual(['GET /transfer']);
    expect(called([transfer])).toEqual([]);
    expect(called([anOperation('GET /logout'), anOperation('POST /logout')])).toEqual([]);
  });

  it('does not when every method of one handler is documented', () => {
    const handlers = ['GET', 'POST', 'PUT'].map((method) =>
      anOperation(`${method} /transfer`, { operationId: `transferUsing${method}` }),
    );
    expect(called(handlers)).toEqual([]);
  });

  it('is the title of its section where it has none of its own', () => {
    const tags = ['3 群组管理', '3.1 删除群组'];
    expect(fate('GET /group/op1/{id}', { tags })).toBe(
      'may change something: "删除" in the title of its section',
    );
    expect(fate('GET /group/op1/{id}', { tags: ['群组管理'] })).toBe('called');
  });

  it('is its description where it has no title', () => {
    expect(fate('GET /a', { description: 'Removes all of them.' })).toBe(
      'may change something: "remove" in its title',
    );
  });

  it.each([
    ['订单', '删除订单'],
    ['订单', '作废指定的订单，作废后不可恢复。'],
    ['订单', '调用后会删除该订单'],
    ['订单', '订单接口。调用该接口后将会删除订单'],
    ['订单', '根据订单号取消订单，已发货的不能取消'],
    ['订单', '该接口用于批量删除订单数据，请谨慎调用'],
    ['Order', 'Deletes the order'],
    ['Message', 'Marks the message as read'],
    ['Counter', 'Returns the next value and increments the counter'],
    ['订单', '取出一条消息，取出后消息将从队列中删除'],
    ['Order', 'Orders. Calling this endpoint will delete the order.'],
    ['Order', 'This endpoint permanently deletes the order.'],
  ])('is what its description says that it does: %s, %s', (summary, description) => {
    expect(fate('GET /a', { summary, description })).toMatch(
      /^may change something: ".+" in its description$/,
    );
  });

  it.each([
    ['订单', '返回订单信息，已删除的订单不返回'],
    ['订单', '查询订单，订单支付后状态会更新'],
    ['订单', '查询退款结果，用于退款后确认'],
    ['订单', '订单列表。删除订单请调用删除接口。更新频率为每天一次'],
    ['订单', '登录用户的订单数据，需要登录后调用，未登录时返回错误码'],
    ['订单', '通过该接口，可以获取连接到当前节点的连接详情。'],
    ['Order', 'Returns the result of the refund. Deleted items are not returned.'],
    ['Order', 'The order of the user. Use DELETE to delete it. It is updated every minute.'],
    ['What a page knows before anybody has signed in', 'Needs no sign-in.'],
    [undefined, 'Requires a login.'],
    [undefined, 'Login is not required.'],
    ['Probe', 'Liveness of the process. It does not inspect collections.'],
    ['Order', 'This endpoint accepts a name. This endpoint follows the specification.'],
  ])('is not what its description mentions: %s, %s', (summary, description) => {
    expect(fate('GET /a', { ...(summary !== undefined && { summary }), description })).toBe('called');
  });

  it.each([
    '将',
    '根据',
    '通过该接口',
    '将根据对',
    'this will ',
    '。',
    '，自动',
    '查询后',
    ', then ',
    '每次后的',
    '削除処理',
    '一覧 ',
    'список ',
    'aI',
    'a1',
  ])('is soon judged, however often it says %s', (words) => {
    expect(fate('GET /a', { summary: '订单', description: `${words.repeat(20_000)}x` })).toBe('called');
  });

  it.each([
    ['删除成功', 'may change something: "删除" in what it answers'],
    ['The order was deleted.', 'may change something: "deleted" in what it answers'],
    ['查询成功', 'called'],
    ['操作成功', 'called'],
    ['登录日志获取成功', 'called'],
    ['The deleted orders', 'called'],
    ['OK', 'called'],
  ])('is what its success is said to be: %s', (description, expected) => {
    expect(fate('GET /a', { summary: '订单', responses: [{ status: '200', description, media: [] }] })).toBe(
      expected,
    );
  });

  it('is what the required parameter is said to do', () => {
    const operate = aParameter('operateType', 'query', {
      required: true,
      schema: { type: 'integer' },
      description: '操作类型：1启动 2停止',
    });
    expect(fate('GET /machine', { parameters: [operate] })).toBe(
      'may change something: its operateType says what is done',
    );
  });
});

describe('a parameter that takes orders', () => {
  const orders = ['DISABLE ALL', 'SILENCE ALL', 'RESET', 'LIST'];
  const cmd = (schema: object, required = false) =>
    aParameter('cmd', 'query', { required, schema: { type: 'string', ...schema } });
  const summary = 'Accesses the health management API to control health checks at runtime.';

  it.each<[string, string, Parameters<typeof fate>[1], string]>([
    [
      'is not left out where nobody says what happens then',
      'GET /manage/health',
      { summary, parameters: [cmd({ enum: orders })] },
      'may change something: its cmd says what is done',
    ],
    [
      'is not left out where it takes more than anybody looks into',
      'GET /manage/health',
      { summary, parameters: [cmd({ enum: Array.from({ length: 300 }, (_, at) => `e${at}`) })] },
      'may change something: its cmd says what is done',
    ],
    [
      'may be left out where the document says what happens then',
      'GET /manage/health',
      { summary, parameters: [cmd({ enum: orders, default: 'LIST' })] },
      'called',
    ],
    [
      'may be left out of what is said to read',
      'GET /shell/history',
      { summary: 'Lists the orders that were given', parameters: [cmd({ enum: orders })] },
      'called',
    ],
    [
      'is no word that is looked for',
      'GET /processes',
      { parameters: [cmd({ enum: ['sh', 'node'] })] },
      'called',
    ],
  ])('%s', (_, key, given, expected) => {
    expect(fate(key, given)).toBe(expected);
  });
});

describe('a word in letters that only look like it', () => {
  it.each([
    'dеlete',
    'ԁelete',
    'DELЕTE',
    'rеsеt',
    'lоgout',
    'ѕhutdown',
    'δelete',
    'dеleteUser',
    'ꓓꓰꓡꓰꓔꓰ',
    'ᴅᴇʟᴇᴛᴇ',
    '\u{1F173}\u{1F174}\u{1F17B}\u{1F174}\u{1F183}\u{1F174}',
    'délete',
    'd\u0336e\u0336lete',
    'de\uFE0Flete',
    'de\u3164lete',
    'de1ete',
    'deIete',
    'deIeteUser',
    'rem0veAll',
  ])('is that word: %s', (word) => {
    expect(fate(`GET /x/${word}`)).toMatch(/^(?:may change something|signs in or out)/);
    expect(fate('GET /x', { operationId: word })).toMatch(/^(?:may change something|signs in or out)/);
    expect(fate('GET /x', { summary: `${word} the user` })).toMatch(
      /^(?:may change something|signs in or out)/,
    );
  });

  it.each([
    'De\u200Blete order',
    'Ｄｅｌｅｔｅ ｏｒｄｅｒ',
    '\u{1D5D7}\u{1D5F2}lete user',
    '删\uFE00除',
    '⼀键删除',
  ])('is that word in a title: %s', (summary) => {
    expect(fate('GET /x', { summary })).toContain('may change something');
  });

  it.each([
    'заказы',
    'café/menu',
    'i18n/en',
    'e2e/status',
    'a11y',
    'x/{id}/userIds',
    'b2b',
    'p0/list',
    'résumés',
  ])('is no other than it is: %s', (path) => {
    expect(fate(`GET /${path}`)).toBe('called');
  });
});

describe('a title in another language', () => {
  it.each(
    (
      'ユーザー削除,注文を削除する,注文をキャンセルする,データを更新します,新規登録,ユーザーを登録,サーバーを再起動,ログアウト,パスワードをリセット,削除して一覧を取得,注文確定,' +
      '사용자 삭제,주문 취소하기,주문을 삭제합니다,로그아웃,비밀번호 변경,환불 처리,삭제 API,' +
      'Удалить заказ,Удаление заказа,Отменить заказ,Обновить профиль,Перезапустить сервер,Очистить кэш,' +
      'Eliminar usuario,Eliminación de usuario,Borrar pedido,Actualizar datos,Cerrar sesión,Guardar cambios,' +
      'Benutzer löschen,Löscht den Benutzer,Passwort zurücksetzen,Server neu starten,Abmelden,Einstellungen speichern,' +
      'Supprimer un utilisateur,Suppression de commande,Annuler la commande,Mettre à jour le profil,Modifier le profil,Réinitialiser le mot de passe,' +
      'Excluir usuário,Apagar pedido,Atualizar cadastro,Cancelamento do pedido,Salvar alterações'
    ).split(','),
  )('that says a change refuses: %s', (summary) => {
    expect(fate('GET /x/op1', { summary })).not.toBe('called');
  });

  it.each(
    (
      'ユーザー一覧,注文情報を取得する,更新履歴一覧,削除済みユーザー一覧,登録情報取得,ステータス確認,更新日時を取得,삭제된 사용자 목록,변경 이력 조회,등록일 조회,' +
      'Список пользователей,История изменений,Listar usuarios eliminados,Usuarios creados,Gelöschte Benutzer,Benutzer abrufen,' +
      'Récupère les commandes annulées,Historique des modifications,Usuários excluídos,Résumé du compte'
    ).split(','),
  )('that says none does not: %s', (summary) => {
    expect(fate('GET /x/op1', { summary })).toBe('called');
  });

  it.each(['ユーザー一覧', 'ユーザー一覧取得', '사용자 목록 조회', 'Список', 'مستخدم', 'Lista de usuarios'])(
    'excuses nothing: %s',
    (summary) => {
      expect(fate('GET /users/delete', { summary })).toContain('"delete" in its path');
      expect(fate('GET /orders/refund', { summary })).toContain('"refund" in its path');
    },
  );

  it.each([
    'usuarios/eliminar',
    'benutzer/löschen',
    'benutzer/loeschen',
    'users/削除',
    'users/삭제',
    'users/удалить',
  ])('is a path as well: %s', (path) => {
    expect(fate(`GET /${path}`)).toContain('in its path');
  });
});

describe('a word that is not known', () => {
  const rpc = ['getA', 'getB', 'listC', 'saveD', 'deleteE', 'queryF', 'updateG', 'findH'].map((name) =>
    anOperation(`GET /thing/${name}`),
  );
  const unknown = anOperation('GET /thing/frobTheThing');

  it('leaves an operation uncalled where paths end in verbs, and its line allows it alone', () => {
    const { skipped } = planFor({ documents: [aDocument([...rpc, unknown])] });
    expect(skipped.find(({ operation }) => operation === unknown.key)).toMatchObject({
      code: 'unsure',
      reason: 'nothing says that it only reads: "frob" in its path is not known',
      hint: 'services:\n  - name: orders\n    operations:\n      - match: GET /thing/frobTheThing\n        allow: unsure',
    });
    const overrides = [{ match: 'GET /**', allow: 'unsure' as const }];
    const plan = planFor({ documents: [aDocument([...rpc, unknown])], services: [aService({ overrides })] });
    expect(plan.checks.map(({ operation }) => operation)).toContain(unknown.key);
    expect(plan.checks.map(({ operation }) => operation)).not.toContain('GET /thing/deleteE');
  });

  it('counts alone too, unless it is a noun', () => {
    const paths = ['order/frobnicate', 'order/profile', 'home/banners', 'goods/category'];
    const { skipped } = planFor({
      documents: [aDocument([...rpc, ...paths.map((path) => anOperation(`GET /${path}`))])],
    });
    expect(skipped.filter(({ code }) => code === 'unsure').map(({ operation }) => operation)).toEqual([
      'GET /order/frobnicate',
    ]);
  });

  it('says nothing where paths name things', () => {
    expect(called([anOperation('GET /frob-the-thing')])).toEqual(['GET /frob-the-thing']);
  });
});

describe('the reason', () => {
  it('shows the word as it is written', () => {
    expect(fate('GET /table/genCode')).toBe('may change something: "gen" in its path');
  });
});

describe('the reasons in Chinese', () => {
  it.each([
    ['GET /orders/{id}/cancel', '可能修改数据：路径中有“cancel”'],
    ['GET /logout', '会登录、退出登录或发送验证码：路径中有“logout”'],
    ['GET /orders/export', '会导出或下载文件：路径中有“export”'],
  ])('%s: %s', (key, expected) => {
    expect(inLanguage(reasonOf(key), 'zh')).toBe(expected);
  });

  it('name the description', () => {
    const reason = reasonOf('GET /a', { summary: '订单', description: '删除订单' });
    expect(inLanguage(reason, 'zh')).toBe('可能修改数据：描述中有“删除”');
  });
});

function called(operations: readonly Operation[]): readonly string[] {
  const { checks } = planFor({ documents: [aDocument(operations)] });
  return checks.map(({ operation }) => operation).filter((key) => key.startsWith('GET'));
}

describe('a Chinese title', () => {
  const deeds =
    '改派 给用户发券 关单 忽略告警 屏蔽用户 升级套餐 换表 更换电表 加流量 改名 停流 推流 断流 任务延期 兑付 抄送 拖拽 灰度 退单 关窗 转单 并单 调薪 开除学生 弃审 停牌 值机 送检 测试MQ 催付 抽检 换绑手机 下课 断网 降温 销券 改期 让号 喊单 落闸 注水 撤稿 通知用户 控制设备 加时 换座 灭灯 静音';
  it.each(deeds.split(' '))('that names a deed, known or not, refuses: %s', (summary) => {
    expect(fate('GET /order/xx', { summary })).not.toBe('called');
  });

  const things =
    '用户 我的订单 今日销售额 热销商品 附近门店 部门树 票价 余票 待办任务 未读消息数 字典类型 当前账期 今日排班 已生效合同 秒杀场次 短信模板 链路检测 用户购物车信息 酒店房型 库存预警 客服电话 成绩单 免责声明 归档目录';
  it.each(things.split(' '))('that names what is looked at does not: %s', (summary) => {
    expect(fate('GET /order/xx', { summary })).toBe('called');
  });

  it('says where the word stands, and is outweighed by what says that it reads', () => {
    expect(fate('GET /order/xx', { summary: '改派' })).toBe(
      'nothing says that it only reads: "改派" in its title is not known',
    );
    expect(fate('GET /order/getList', { summary: '改派' })).toBe('called');
    expect(fate('GET /order/xx', { summary: '改派', operationId: 'listReassigned' })).toBe('called');
  });
});

describe('a title in a language that is hardly known', () => {
  it.each([
    'Xóa người dùng',
    'Siparişi iptal et',
    'Zrušit objednávku',
    'Διαγραφή χρήστη',
    'ลบผู้ใช้',
    'उपयोगकर्ता हटाएं',
    'מחק משתמש',
    'Скасувати замовлення',
    'Ștergeți contul',
    'Dzēst lietotāju',
  ])('is no reading one: %s', (summary) => {
    expect(fate('GET /x/op1', { summary })).not.toBe('called');
  });

  it.each(['Danh sách người dùng', 'Siparişleri listele', 'Получить список заказов'])(
    'reads where a word of it does: %s',
    (summary) => {
      expect(fate('GET /x/op1', { summary })).toBe('called');
    },
  );

  it('is not asked about where the path is that of things', () => {
    expect(fate('GET /users/{id}', { summary: 'Χρήστης' })).not.toContain('is not known');
  });
});

describe('a GET whose name or parameters tell of a deed', () => {
  it.each(['userKickUsingGET', 'stockDeductUsingGET_2', 'tenantPurgeAll', 'electLeader', 'optOutUser'])(
    'is not called: operationId %s',
    (operationId) => {
      expect(fate('GET /a/b', { operationId })).not.toBe('called');
    },
  );

  it.each(['orderList', 'userInfo', 'goodsStock', 'memberRefundList'])(
    'is called: operationId %s',
    (operationId) => {
      expect(fate('GET /a/b', { operationId })).toBe('called');
    },
  );

  it.each(['tingyong', 'guanmen', 'tuidan', 'piliangshanchu', 'annulla', 'zrusit', 'faQuan'])(
    'is not called: /order/%s',
    (part) => {
      expect(fate(`GET /order/${part}`)).not.toBe('called');
    },
  );

  it.each([
    [['oldPassword', 'newPassword']],
    [['fromAccount', 'toAccount', 'amount']],
    [['orderId', 'targetStatus']],
  ])('is not called: %s', (names) => {
    const parameters = names.map((name) => aParameter(name, 'query', { examples: ['1'] }));
    expect(fate('GET /order/xx', { parameters })).not.toBe('called');
  });

  it('is not called with what it would take', () => {
    const parameters = [aParameter('code', 'path', { examples: ['a1b2'] })];
    expect(fate('GET /verify-email/{code}', { parameters })).not.toBe('called');
  });
});

describe('a title that reads first and then does something', () => {
  it.each(
    '查询并更新状态 获取并删除记录 查询后清空日志 查询支付结果并更新状态 查询超时订单并自动取消 查询订单状态（会更新本地订单） 获取详情（浏览量+1） 查询支付状态(更新订单) 修改状态并查询 扣减库存并查询 统计并落库 查询及更新状态 查询列表（同时清除缓存） 获取单号（每次生成新单号） 取流水号'.split(
      ' ',
    ),
  )('refuses: %s', (summary) => {
    expect(fate('GET /a/x', { summary })).not.toBe('called');
  });

  it.each(
    '查询更新记录 查询已删除记录 查询启用和停用的设备 查询审核状态（0未审核 1已审核） 获取详情（含删除的） 查询待支付和已取消订单 查询新增和流失用户统计 获取登录日志和操作日志 查询创建和更新时间 查询用户并返回角色 查询订单并统计金额 查询详情（修改时回显）'.split(
      / (?![\d])/,
    ),
  )('and one that only names deeds does not: %s', (summary) => {
    expect(fate('GET /a/x', { summary })).toBe('called');
  });
});

describe('a path that is all that is known', () => {
  it.each(['/order/qxdd', '/device/cqsb', '/msg/yidu', '/serial/nextNo', '/c/dd/gb', '/xs/tk', '/c/yh/qy'])(
    'is not called: %s',
    (path) => {
      expect(fate(`GET ${path}`)).not.toBe('called');
    },
  );

  it('is not made known by an operationId of initials', () => {
    expect(fate('GET /c/dd/gb', { operationId: 'ddgb' })).toContain('is not known');
    expect(fate('GET /c/dd/gb', { operationId: 'ddgbUsingGET_1' })).toContain('is not known');
    expect(fate('GET /c/dd/gb', { operationId: 'listOrders' })).toBe('called');
    expect(fate('GET /c/dd/gb', { summary: '订单列表' })).toBe('called');
  });

  it.each([
    '/v2/db/tx',
    '/fs/sync',
    '/dd/my',
    '/sys/tcp',
    '/c/dd/{id}',
    '/index.html',
    '/status/mqtt',
    '/export/pdfs',
  ])('is no puzzle where it is known: %s', (path) => {
    expect(fate(`GET ${path}`)).not.toContain('is not known');
  });
});
