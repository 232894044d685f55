import { describe, expect, test } from 'vitest';
import { keys, only, read } from './markdown.fixture.ts';

describe('an address is read', () => {
  test.each([
    [
      'in bold below its heading',
      '#### 接口URL\n\n**http://h:80/a/{id}/b**\n\n#### 调用方法\n\nHTTP GET',
      ['GET /a/{id}/b'],
    ],
    ['in bold with the method before it', '#### 请求方式\n\nGET\n\n#### 请求地址\n\n**/a/b**', ['GET /a/b']],
    ['in a quote', '> https://api.acme.cn/x/list\n\n*请求方式：GET*', ['GET /x/list']],
    ['in a quote with a remark', '> https://api.acme.cn/x（网页端）\n\n请求方式: POST', ['POST /x']],
    [
      'in quotes that are alternatives',
      '> https://api.acme.cn/x\n>\n> https://api.acme.cn/y\n\n*请求方法：GET*',
      ['GET /x', 'GET /y'],
    ],
    ['in a quote below the method', '请求方式：GET\n\n> https://api.acme.cn/x', ['GET /x']],
    [
      'in a quote inside of details',
      '<details>\n<summary>旧版</summary>\n> https://api.acme.cn/x\n\n*请求方式：GET*\n\n</details>',
      ['GET /x'],
    ],
    ['by several methods', '> https://api.acme.cn/x\n\n*请求方式：GET 或 POST*', ['GET /x', 'POST /x']],
    ['beside its label, no colon', '请求地址 /a/b\n\n请求方式 GET', ['GET /a/b']],
    ['with its method beside a label, no colon', '接口地址 GET /a/b', ['GET /a/b']],
    ['below its label, no colon', '请求URL\n\n/a/b\n\n请求方式\n\nGET', ['GET /a/b']],
    ['behind a method in marks, in any case', '`get` /settle/redo', ['GET /settle/redo']],
    ['in marks behind such a method', '**get** `/settle/redo`', ['GET /settle/redo']],
    ['as METHOD:path', '```\nGET:v1/common/time\n```', ['GET /v1/common/time']],
    ['as METHOD:/path', '```\nPOST:/v1/orders\n```', ['POST /v1/orders']],
    ['as METHOD：/path', 'GET：/v1/account', ['GET /v1/account']],
    ['without a slash in front', '```\nDELETE v1/common/{id}\n```', ['DELETE /v1/common/{id}']],
    ['without a slash behind its label', '请求地址：GET v1/common/coins', ['GET /v1/common/coins']],
    [
      'as above',
      '请求地址：/a/b\n\n请求方式：GET\n\n## 删除\n\n请求地址：同上\n\n请求方式：DELETE',
      ['GET /a/b', 'DELETE /a/b'],
    ],
    [
      'by a method as above',
      '请求地址：/a/b\n\n请求方式：POST\n\n## 修改\n\n请求方式：同上\n\n请求地址：/a/c',
      ['POST /a/b', 'POST /a/c'],
    ],
    [
      'the rest as above',
      '请求地址：/a/b\n\n请求方式：GET\n\n## 删除\n\n请求方式：DELETE，其余同上',
      ['GET /a/b', 'DELETE /a/b'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await keys(`# 接口文档\n\n## 名称\n\n${text}\n`)).toEqual(expected);
  });
});

describe('the title of an operation may hold any word', () => {
  const words =
    '支付结果 异常列表 错误日志 返回列表 参数配置 示例数据 状态码统计 字典说明 响应时间统计 请求日志 更新日志 失败重试'.split(
      ' ',
    );

  test.each([
    ['a line', '`GET /op{n}`'],
    ['a block', '```\nGET /op{n}\n```'],
    ['labels', '- 请求地址：`/op{n}`\n- 请求方式：GET'],
  ])('above %s', async (_, call) => {
    const titles = words.filter(
      (word) => call.startsWith('`') || !/说明|状态码|响应时间|更新日志|示例|请求日志/.test(word),
    );
    const text = titles
      .map((word, n) => `## ${word}\n\n${call.replace('{n}', String(n))}\n\n说明文字\n`)
      .join('\n');
    const { operations } = await read(`# 接口\n\n## 首页\n\nGET /home\n\n${text}`);
    expect(operations.slice(1).map(({ key, summary }) => [key, summary])).toEqual(
      titles.map((word, n) => [`GET /op${n}`, word]),
    );
  });

  test('while what leads up to an operation, or shows it, keeps to it', async () => {
    const text = `## 查询用户

### 接口说明

\`GET /users\`

### 请求示例

GET /users?page=1

### 返回结果

\`\`\`json
{"code": 0}
\`\`\`

### 错误示例

GET /users?page=-1
`;
    const { operations } = await read(text);
    expect(operations.map(({ key, summary }) => [key, summary])).toEqual([['GET /users', '查询用户']]);
  });
});

describe('what is not read is counted and listed', () => {
  test.each([
    [
      'labels without a method',
      '## 一\n\n请求地址：/a/x\n\n## 二\n\n请求地址：/a/y\n',
      '2 addresses without a method: /a/x (line 3), /a/y (line 7)',
    ],
    [
      'a form in a block',
      '## 回调\n\n```\n说明：回调\n地址格式：{根地址}/api/callback\n```\n',
      '1 address without a method: {根地址}/api/callback (line 5)',
    ],
    [
      'a table without methods',
      '## 列表\n\n| 接口 | 说明 |\n|---|---|\n| /a/x | 甲 |\n| /a/y | 乙 |\n',
      '2 addresses without a method: /a/x (line 5), /a/y (line 6)',
    ],
    ['a heading that is a path', '## /a/x\n\n查询\n', '1 address without a method: /a/x (line 1)'],
    [
      'a sentence',
      '## 历史\n\n使用接口 `POST /graph/history` 查询。\n',
      '1 call only in a sentence or an example: POST /graph/history (line 3)',
    ],
  ])('%s', async (_, text, message) => {
    const { operations, problems } = await read(text);
    expect(operations).toEqual([]);
    expect(problems.map((problem) => problem.message)).toEqual([message]);
  });

  test('but not what another place of the document describes', async () => {
    const { problems } = await read(
      '| 接口 | 说明 |\n|---|---|\n| /a/x | 甲 |\n\n## /a\n\n### 甲\n\n`GET /a/x`\n\n之后调用 `GET /a/x`。\n',
    );
    expect(problems).toEqual([]);
  });
});

describe('a command that is shown is no interface of this service', () => {
  test.each([
    ['inside of another command', 'git clone -b "$(curl -s https://api.acme.cn/repos/latest)" x'],
    ['to where guides fetch things', 'curl -s https://api.github.com/repos/acme/tool/releases/latest'],
    ['to an address that a script has made', 'curl -X POST -d "$req" "$url"'],
    ['into a file', 'curl https://cdn.acme.cn/a/mask.bin >> mask.bin'],
    ['for a picture', 'curl https://cdn.acme.cn/a/b.jpg'],
  ])('%s', async (_, command) => {
    expect(await keys(`## 部署\n\n\`\`\`sh\n${command}\n\`\`\`\n`)).toEqual([]);
  });

  test('to another site than that of what is described, and the reader is told', async () => {
    const { operations, problems } = await read(
      '## 甲\n\nGET https://api.acme.cn/x\n\n## 乙\n\n```sh\ncurl https://open.acme.cn/y\ncurl https://api.other.cn/z\n```\n',
    );
    expect(operations.map(({ key }) => key)).toEqual(['GET /x', 'GET /y']);
    expect(problems).toMatchObject([
      {
        code: 'foreign-host',
        message: '1 call of other hosts left out: GET https://api.other.cn/z (line 9)',
      },
    ]);
  });

  test('and a broken one puts no line break into a path', async () => {
    expect(
      await keys(
        "## 甲\n\n```sh\ncurl 'https://api.acme.cn/x\n -H 'a: b'\n```\n\n```sh\ncurl \"https://api.acme.cn/y\n```\n",
      ),
    ).toEqual(['GET /x', 'GET /y']);
  });
});

test('a segment that is called like a parameter is a resource where the path has its parameters in braces', async () => {
  const table = '| 参数名 | 类型 | 必填 |\n|---|---|---|\n| privateKey | String | 是 |\n';
  expect(await keys(`## 导入\n\nGET /front/privateKey/import\n\n${table}`)).toEqual([
    'GET /front/privateKey/import',
  ]);
});

test('an address that is struck through holds no longer', async () => {
  expect(
    await keys(
      '## 甲\n\n> ~~https://api.acme.cn/old~~ (已失效)\n>\n> https://api.acme.cn/new\n\n请求方式：GET\n',
    ),
  ).toEqual(['GET /new']);
});

test.each([
  ['in a table', '| 项目 | 内容 |\n|---|---|\n| Base URL | `/api/v1` |\n'],
  ['in a line', '- 接口前缀：`/api/v1`\n'],
])('a base path %s of conventions holds in all chapters', async (_, said) => {
  expect(
    await keys(`# 文档\n\n## 1. 接口约定\n\n${said}\n## 2. 预约\n\n### 列表\n\n\`GET /appointments\`\n`),
  ).toEqual(['GET /api/v1/appointments']);
});

test('an example that calls another address than its section is told', async () => {
  const { operations, problems } = await read(
    '# 接口\n\n## 减免\n\nGET /fee/reduce\n\n```bash\ncurl "http://127.0.0.1:8080/bank/list?type=1"\n```\n',
  );
  expect(operations.map(({ key }) => key)).toEqual(['GET /fee/reduce']);
  expect(problems).toMatchObject([
    {
      code: 'only-mentioned',
      message: '1 call only in a sentence or an example: GET http://127.0.0.1:8080/bank/list (line 8)',
    },
  ]);
});

describe('addresses and methods in turn', () => {
  test('an address that is named again with another method is another operation', async () => {
    expect(
      await keys(`* 学生
  * 增加：
    * 接口 /student
    * 方法 POST
  * 删除：
    * 接口 /student/sno
    * 方法 DELETE
  * 修改：
    * 接口 /student/sno
    * 方法 PUT
  * 查询：
    * 接口 /students
    * 方法 GET
`),
    ).toEqual(['POST /student', 'DELETE /student/sno', 'PUT /student/sno', 'GET /students']);
  });

  test('two addresses below one label are two operations', async () => {
    expect(
      await keys(
        '## 保存\n\n#### 请求地址\n\n`/airport/save`\n`/bus/save`\n\n#### 请求方式\n\n**POST**\n\n#### 参数\n',
      ),
    ).toEqual(['POST /airport/save', 'POST /bus/save']);
  });

  test('a path may have blanks around its slashes', async () => {
    expect(await keys('## 登录\n\n[POST] / user / login\n\n## 退出\n\nGET / user / {id} / logout\n')).toEqual(
      ['POST /user/login', 'GET /user/{id}/logout'],
    );
  });

  test('the method may stand behind the address', async () => {
    expect(await keys('## 登录\n\nurl：/login POST\n\n## 资料\n\nurl：/me GET （需要 Token）\n')).toEqual([
      'POST /login',
      'GET /me',
    ]);
  });

  test('a remark may stand behind a method and an address', async () => {
    expect(await keys('## 查询\n\n接口地址  GET /hotels?name=a    //可选\n\n请求体：无\n')).toEqual([
      'GET /hotels',
    ]);
  });
});

test.each([
  '接口前缀 `http://h.test:8080/api`',
  '服务根路径 `http://h.test:8080/api`',
  '服务根路径：http://h.test:8080/api',
  '访问地址 `http://h.test:8080/api`',
  '访问地址：http://h.test:8080/api',
  '请求地址：http://h.test:8080/api',
])('%s in front of all operations is where they are', async (said) => {
  const { operations, problems } = await read(
    `# 文档\n\n${said}\n\n## 订单\n\n### 列表\n\n\`GET /orders\`\n`,
  );
  expect([operations.map(({ key, servers }) => [key, servers.map(({ url }) => url)]), problems]).toEqual([
    [['GET /orders', ['http://h.test:8080/api']]],
    [],
  ]);
});

test('a page for people in front of all operations is not where they are', async () => {
  const { operations } = await read(
    '# 文档\n\n访问地址：http://h.test:8080/admin\n\n## 订单\n\n`GET /orders`\n',
  );
  expect(operations[0]?.servers).toEqual([]);
});

describe('several addresses in one place are all read', () => {
  const head = '| 接口 | 方法 | 说明 |\n|---|---|---|\n| /x | GET | 其他 |\n';

  test.each([
    ['| `/brand/list`<br>`/brand/hot` | GET | 品牌 |', ['GET /brand/list', 'GET /brand/hot']],
    ['| /brand/list<br/>/brand/hot | GET | 品牌 |', ['GET /brand/list', 'GET /brand/hot']],
    ['| `/brand/list`、`/brand/hot` | GET | 品牌 |', ['GET /brand/list', 'GET /brand/hot']],
    [
      '| /brand/list, /brand/hot，/brand/{id} | GET | 品牌 |',
      ['GET /brand/list', 'GET /brand/hot', 'GET /brand/{id}'],
    ],
    ['| `/brand/list` / `/brand/hot` | GET | 品牌 |', ['GET /brand/list', 'GET /brand/hot']],
    ['| /brand/list 和 /brand/hot | GET | 品牌 |', ['GET /brand/list', 'GET /brand/hot']],
    ['| /brand<br>/brand | GET<br>POST | 品牌 |', ['GET /brand', 'POST /brand']],
    ['| /brand/list<br>/brand/new | GET<br>POST | 品牌 |', ['GET /brand/list', 'POST /brand/new']],
    ['| /brand/list 或 /brands | GET | 品牌 |', ['GET /brand/list']],
    ['| /brand/list（原 /brand/all 已下线） | GET | 品牌 |', ['GET /brand/list']],
  ])('in the row %s', async (row, expected) => {
    expect(await keys(`## 品牌\n\n${head}${row}\n`)).toEqual(['GET /x', ...expected]);
  });

  test.each([
    '请求地址：/brand/list、/brand/hot\n\n请求方式：GET',
    '请求方式：GET\n\n请求地址：`/brand/list` 与 `/brand/hot`',
  ])('behind a label: %j', async (text) => {
    expect((await keys(`## 品牌\n\n${text}\n`)).toSorted()).toEqual(['GET /brand/hot', 'GET /brand/list']);
  });

  test('or told, where no method is named', async () => {
    const { problems } = await read(
      '## 品牌\n\n| 接口 | 说明 |\n|---|---|\n| /brand/list<br>/brand/hot | 品牌 |\n\n请求地址：/a/b、/a/c\n',
    );
    expect(problems.map(({ message }) => message)).toEqual([
      '4 addresses without a method: /brand/list (line 5), /brand/hot (line 5), /a/b (line 7), /a/c (line 7)',
    ]);
  });
});

describe('a method and a path are read in a line', () => {
  test.each([
    ['首页轮播：get → /home/banner', 'GET /home/banner', '首页轮播'],
    ['首页轮播：GET ⇒ `/home/banner`', 'GET /home/banner', '首页轮播'],
    ['首页轮播: `get` -> `/home/banner`', 'GET /home/banner', '首页轮播'],
    ['首页轮播：get /home/banner', 'GET /home/banner', '首页轮播'],
    ['Banner = GET /home/banner', 'GET /home/banner', 'Banner'],
    ['公告（/notice/list，GET）', 'GET /notice/list', '公告'],
    ['公告（/notice/list、get）', 'GET /notice/list', '公告'],
    ['公告（GET，/notice/list）', 'GET /notice/list', '公告'],
    ['公告：/notice/list → GET', 'GET /notice/list', '公告'],
    ['公告 - /notice/list - GET', 'GET /notice/list', '公告'],
    ['Notices (get, /notice/list)', 'GET /notice/list', 'Notices'],
    ['Notices (/notice/list, GET)', 'GET /notice/list', 'Notices'],
    ['Notices [get] /notice/list', 'GET /notice/list', 'Notices'],
    ['/notice/list（GET）', 'GET /notice/list', '首页'],
  ])('%s', async (line, key, summary) => {
    for (const text of [line, `1. ${line}`]) {
      const { operations } = await read(`# 商城\n\n## 首页\n\n${text}\n`);
      expect(operations).toMatchObject([{ key, summary }]);
    }
  });

  test('also where a path begins as those of files do', async () => {
    expect(
      await keys('## 首页\n\n请求地址：/home/banner\n\n请求方式：GET\n\n## 用户\n\nGET /Users/{id}\n'),
    ).toEqual(['GET /home/banner', 'GET /Users/{id}']);
  });

  test.each([
    '先调用 /notice/list，GET 之后显示',
    '日志在 /home/app/logs 下，get 一份',
    '见 /notice/list，由后端 GET，再缓存',
  ])('but not in the sentence %j', async (sentence) => {
    const { operations } = await read(`# 商城\n\n## 首页\n\n${sentence}\n`);
    expect(operations).toEqual([]);
  });
});

describe('labels behind each other in a line', () => {
  test.each([
    '路径 = /points/balance ; 方法 = GET',
    '方法 = GET；路径 = `/points/balance`',
    '方法：GET，路径：/points/balance',
    '请求路径：/points/balance；请求方式：get',
    '请求方式＝GET、请求地址＝/points/balance',
    '路径: /points/balance | 方法: GET',
    '路径 → /points/balance，方法 → GET',
    'Path: /points/balance, Method: GET',
    'URL: /points/balance (Method: GET)',
    'method=GET path=/points/balance',
    'HTTP Method = GET; Request URL = /points/balance; Auth = token',
    '**路径**：`/points/balance`　**方法**：GET',
    '接口：余额，地址：/points/balance，方法：get',
    '路径 = /points/balance\n方法 = GET',
    '- Path — /points/balance\n- Method — GET',
  ])('%j', async (text) => {
    expect(await only(`# 商城\n\n## 积分\n\n${text}\n`)).toMatchObject({
      key: 'GET /points/balance',
      summary: '积分',
    });
  });

  test('name an operation each in a list', async () => {
    const { operations } = await read(
      '## 积分\n\n- 余额：路径 = /points/balance；方法 = GET\n- 兑换，方法：POST，路径：/points/exchange\n',
    );
    expect(operations.map(({ key, summary }) => [key, summary])).toEqual([
      ['GET /points/balance', '余额'],
      ['POST /points/exchange', '兑换'],
    ]);
  });
});

describe('a command in a line is what the same in a block is', () => {
  const curl = '`curl -H "Authorization: Bearer xxx" http://h.test/goods/tree`';

  test.each([
    `请求：${curl}`,
    curl,
    `- 调用示例: ${curl}。`,
    `分类树：${curl}`,
    `- 分类树 ${curl}`,
    `| 名称 | 调用 |\n|---|---|\n| 分类树 | ${curl} |`,
  ])('%s', async (text) => {
    expect(await only(`# 商城\n\n## 分类树\n\n${text}\n`)).toMatchObject({
      key: 'GET /goods/tree',
      summary: '分类树',
    });
  });

  test('while in a sentence it is told', async () => {
    const { operations, problems } = await read(`## 甲\n\nGET /a\n\n如果失败，先试一下再看日志：${curl}\n`);
    expect(operations.map(({ key }) => key)).toEqual(['GET /a']);
    expect(problems.map(({ message }) => message)).toEqual([
      '1 call only in a sentence or an example: GET http://h.test/goods/tree (line 5)',
    ]);
  });
});
