import { describe, expect, it } from 'vitest';
import { Redactor } from './secret.ts';

const scrub = (text: string): string => new Redactor().scrub(text);

describe('the password of somebody else in an error', () => {
  it.each([
    [
      'connect jdbc:mysql://root:DbCanary998877@db:3306/x failed',
      'connect jdbc:mysql://root:***@db:3306/x failed',
    ],
    ['redis://:letmein@cache:6379/0', 'redis://:***@cache:6379/0'],
    ['mongodb+srv://app:p@ss:w0rd@a.example,b.example/x', 'mongodb+srv://app:***@a.example,b.example/x'],
    ['amqp://guest:guest@[::1]:5672', 'amqp://guest:***@[::1]:5672'],
    [String.raw`{"dsn":"mysql:\/\/root:secret1@db\/x"}`, String.raw`{"dsn":"mysql:\/\/root:***@db\/x"}`],
    ['jdbc:oracle:thin:scott/tiger@db:1521:orcl', 'jdbc:oracle:thin:scott/***@db:1521:orcl'],
    ['jdbc:oracle:thin:scott/"ti ger"@//db:1521/x', 'jdbc:oracle:thin:scott/***@//db:1521/x'],
    ['cannot reach scott/tiger@//db:1521/orcl', 'cannot reach scott/***@//db:1521/orcl'],
    ['sqlplus -s scott/tiger@orcl', 'sqlplus -s scott/***@orcl'],
    ['host=db user=app password=hunter dbname=x', 'host=db user=app password=*** dbname=x'],
    ["FATAL: (password='two words')", 'FATAL: (password=***)'],
    ['Server=db; Uid=sa; Pwd=Xyz12345; Database=x', 'Server=db; Uid=sa; Pwd=***; Database=x'],
    ['spring.datasource.password: Sm1thers', 'spring.datasource.password: ***'],
    ['Password: Hunter2x!', 'Password: ***'],
    ['初始密码：Abc12345，请修改', '初始密码：***，请修改'],
    ['DB_PASSWORD=s3cret', 'DB_PASSWORD=***'],
  ])('%s', (said, shown) => {
    expect(scrub(said)).toBe(shown);
  });
});

describe('what is no password stays as it is written', () => {
  it.each([
    "Access denied for user 'root'@'10.0.0.7' (using password: YES)",
    'password: must have 8-20 characters',
    'password: required',
    '密码：长度8-20位',
    '密码错误',
    'see http://orders.example:8080/users/wang@corp.example',
    'GET https://orders.example/a?mail=wang@corp.example answered 500',
    'git@github.example:orders/api.git',
    'ssh://git@github.example/orders',
    'see @orders/api@1.2.3 and docs/readme@v2',
    'bypass: a1b2c3d4',
    'compass=n0rth123',
  ])('%s', (text) => {
    expect(scrub(text)).toBe(text);
  });
});
