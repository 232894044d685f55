import { describe, expect, it } from 'vitest';
import { changingField, changingWord } from './command.ts';
import { isHarm } from './sense.ts';
import { senseOfValue } from './value.ts';

/** Separated by `,`. */
function rows(text: string): readonly string[] {
  return text.split(',').map((row) => row.trim());
}

describe('a value in a path', () => {
  it.each(
    rows(`delete, DELETE, DeLeTe, deleteAll, delete_all, delete-all, delete.do, deleteById, batchDelete, removeAll,
      purgeAll, cancelOrder, deleteUser, user.delete, App.User.Delete, 1:delete, 1:cancel, delete 1, 1 delete, (delete),
      users/1/deleteAll, x;delete, ZGVsZXRl, d%65lete, %2564elete, ｄｅｌｅｔｅ, delete=1, reset, resetPassword, update, refund, pay,
      sendSms, logout, sign-out, export, 删除, 批量删除, 注销, 退款`),
  )('%s is something that is done', (value) => {
    expect(isHarm(senseOfValue(value))).toBe(true);
  });

  it.each(
    rows(`1, a1b2c3, order-1, acme, Berlin, US, zh-CN, 2026-01-01, image/png, alice@example.com, settings, address, deleted,
      cancelled, list, latest, main, how to delete a file, eth-usdt, com.example.app, getUser, userList, 北京, 订单列表,
      删除记录列表, ADDRESS, updates`),
  )('%s is a name', (value) => {
    expect(isHarm(senseOfValue(value))).toBe(false);
  });
});

describe('a field of a query', () => {
  it.each(
    rows(`optType=delete, opType=DELETE, 操作=删除, 操作类型=删除, service=user.delete, s=App.User.Delete, r=user/delete,
      route=user/delete, api=taobao.item.delete, interface=deleteUser, actionName=delete, button=delete, submit=Delete,
      task=delete, verb=delete, fn=delete, handler=delete, action=DeLeTe, data={"action":"delete"},
      params={"a":{"op":"remove"}}, batch=[{"op":"delete"}], delete=1, delete=true, remove=1, logout=1, deleteAll=yes,
      reset=1, 删除=1, requestMethod=DELETE, restMethod=PUT, overrideMethod=DELETE, http.method=DELETE, _verb=DELETE,
      op=MKDIRS, op=SETPERMISSION, command=DELETEBACKUP, sql=DELETE FROM x, q=DROP DATABASE x, m=delete, mode=delete, crud=delete,
      delete=a, purge=5, exec=a, logout=x, 删除=a, stmt=TRUNCATE orders, q=1; DROP TABLE x, stmt=SELECT 1; DELETE FROM x,
      redis=FLUSHALL, script=rm -rf /, xml=<cancel id="1"/>, xml=<a:request><deleteOrder/></a:request>,
      xml=<r><action>delete</action></r>, xml=<r><操作>删除</操作></r>, xml=<r id="1" action='delete'></r>, update=1, write=1, save=true, gengxin=1,
      q=WITH x AS (DELETE FROM a RETURNING 1) SELECT 1, q=/**/DELETE/**/FROM a, q=MERGE INTO a USING b ON 1, q=DELETE a FROM a, sql=delete a,
      q=MATCH (n) DETACH DELETE n, q=MATCH (n) SET n.a = 1, cypher=CREATE (n), sql=SELECT 1 INTO OUTFILE x, sql=SELECT pg_terminate_backend(1),
      q=drop measurement cpu, redis=DEL a, redis=SET a b, script=kill 1, script=cat a > b, mongo=db.a.drop(), q=(DELETE FROM a),
      query=MERGE (n:A {id:1}), query=INSERT DATA {a}, _m=put, action=wp_delete_post, target=/users/1/delete, clear_cache=a, doDelete=a, purgeAll=a,
      forceLogout=a, deleteAll=a, resend=a, unlock=a, autofix=true,
      url=http://x.internal/orders/1/delete, url=/user/delete?id=1, link=https://x.internal/i.php?action=delete, uri=orders/delete,
      url=x.internal/delete, url=//x.internal/delete, target=https://x.internal/a?delete=1, src=http://x.internal/restart,
      endpoint=/v1/orders/1/refund, redirect_uri=/logout, next=/orders/1/delete, service=https://x.internal/user/delete,
      url=http%253A%252F%252Fx%252Fdelete, url=http://x/?url=http://y/delete, url=gopher://x:6379/_FLUSHALL,
      action=ZGVsZXRl, action=WkdWc1pYUmw=, action=64656c657465, url=aHR0cDovL3gvZGVsZXRl, data=eyJhY3Rpb24iOiJkZWxldGUifQ==,
      turn=off, go=open, cmnd=Power TOGGLE, switchcmd=On, disable=300, enable=a, set=up, sql=RFJPUCBUQUJMRSB4, r=L3VzZXIvZGVsZXRl, action=%255A%2547VsZXRl,
      callback=http://169.254.169.254/latest/meta-data, next=http://metadata.google.internal/computeMetadata/v1/, q=http://[fd00:ec2::254]/a,
      url=http://127.0.0.1:6379/a, imageUrl=http://10.0.0.8/a.png, target=http://2130706433/a, src=//192.168.1.10/a, link=http://localhost:9200/_cat,
      url=http://[::ffff:127.0.0.1]/a, url=http%3A%2F%2F169.254.169.254%2F, service=orderCancelService, service=DeleteUserHandler, task=order_cancel_job,
      callback=http://127.0.0.9:8080/cb, webhook=http://10.0.0.8/a, hook=http://localhost/a, host=http://127.0.0.1, server=10.0.0.8:6379, domain=http://[::1]/,
      addr=127.0.0.1:22, file=http://10.0.0.8/a.csv, import=//10.0.0.8/a, load=127.0.0.1, template=http://localhost/a.tpl, logo=http://192.168.1.10/a.png,
      ping=10.0.0.8, rss=http://localhost/feed, wsdl=http://10.0.0.8/a?wsdl, resource=http://localhost:9200/, u=http://127.0.0.1/, file=file:///a,
      file=../../etc/passwd, path=/etc/passwd, template=..%2f..%2fa, url=dict://10.0.0.8/, server=169.254.169.254, notifyUrl=http://10.0.0.8/a,
      transfer_to=acct-9, payTo=acct-9, withdraw_to_card=9`),
  )('%s changes something', (pair) => {
    const at = pair.indexOf('=');
    expect(changingField(pair.slice(0, at), pair.slice(at + 1))).toBeDefined();
  });

  it.each(
    rows(`status=deleted, state=DELETE, type=refund, eventType=delete, event=delete, sort=delete, keyword=delete, name=drop,
      permission=user:delete, 类型=删除, 关键字=删除, filter={"state":"cancel"}, page=1, zoom=1, scale=1, verbose=true,
      delete=0, delete=false, isDelete=1, deleteFlag=1, op=LISTSTATUS, op=GETFILESTATUS, action=list, method=GET, clear=no, resetDate=a,
      xml=<query id="1"/>, stmt=SELECT 1,
      createUser=li, deleteUser=li, deleteTime=a, clearDate=a, isDelete=a, cancelReason=a, sql=select 1, sql=SELECT a FROM b WHERE c = 'drop table', q=SELECT updated FROM b, cypher=MATCH (n) RETURN n, redis=GET a, redis=PING, q=MATCH (n) RETURN n.created,
      script=health, update=0, start=1, sync=true, q=update of the plan, q=delete an order, <a>=1, xml=<query><name>delete</name></query>,
      q=select a word, comment=Delete this please now, service=https://orders.internal/login/cas, next=/orders/create, returnTo=/login, id=order-1, id=c2V0dGluZ3M, id=72657365, turn=2, go=1, set=math, disable=0, enable=false, city=Berlin, redirect_uri=https://app.example/callback, link=https://example.com/,
      url=https://example.com/how-to-delete-a-file, notify_url=https://shop.example/pay/notify, cancelUrl=https://shop.example/cart/cancel,
      image=https://res.example/image/upload/a.png, url=https://cdn.example/a/b.csv, permission=/user/delete, q=http://x/delete,
      redirect_uri=http://localhost:3000/callback, callback=https://shop.example/done, domain=example.com, host=10.0.0.8, server=web-1, ip=192.168.1.10, addr=Main/12, file=a/b.csv, path=/data/a, template=invoice, resource=orders/8, u=8, hook=1, logo=/img/a.png, return_url=http://localhost/a, url=https://8.8.8.8/a, url=https://localhost.example.com/a,
      q=http://10.0.0.8/a, service=orderService, service=userQueryService, handler=listHandler, shipTo=DE, transferType=a, sentTo=li,
      name=Grant Smith, shippingMethod=post, paymentMethod=transfer`),
  )('%s reads', (pair) => {
    const at = pair.indexOf('=');
    expect(changingField(pair.slice(0, at), pair.slice(at + 1))).toBeUndefined();
  });

  it('is looked into as deep as a server would, and no further', () => {
    const deep = `${'[{"a":'.repeat(5)}{"action":"delete"}${'}]'.repeat(5)}`;
    expect(changingField('data', deep)).toBe('delete');
    expect(changingField('data', `${'['.repeat(8000)}${']'.repeat(8000)}`)).toBeUndefined();
  });
});

describe('an address that nobody has described', () => {
  it.each(
    rows(`/graphql?query=mutation{a}, /x?q=mutation X{a}, /x?x={"query":"mutation{a}"}, /注销, /x?操作=删除,
      /x?action=DeLeTe, /x?data={"action":"delete"}, /x?delete=1, /x?delete, /x?logout=1, /x?service=user.delete,
      /refund?id=1, /x?requestMethod=DELETE, /x/DeLeTe, /DeLeTe/1, /orders/1/cancel.yaml, /orders/1/cancel.json,
      /orders/1/refund.json, /users/1/disable.yaml, /users/1/disable.yml, /orders/delete.md, /x?a[action]=delete,
      /x?d%65lete=1, /actuator/heapdump, /heapdump, /heapdump.json, /debug/pprof/profile?seconds=30, /debug/pprof/trace, /x?q=bXV0YXRpb257YX0=,
      /obliterate, /vote/1/up, /vote/up, /self-destruct, /shell, /admin/shell, /eval, /jolokia/exec/java.lang:type=Memory/gc`),
  )('%s does more than read', (address) => {
    expect(changingWord(new URL(address, 'https://orders.internal'))).toBeDefined();
  });

  it.each(
    rows(`/docs/openapi.yaml, /orders/1, /posts/12/comments, /articles/5/report, /votes/3, /orders?page=2&sort=updated, /users?status=open&type=refund, /actuator/threaddump,
      /actuator/health, /profile, /debug/pprof/, /graphql?query={mutations{id}}, /schemas/order.yaml, /search?q=shell,
      /sso/login?next=/orders/create, /cas?service=https://orders.internal/login/cas`),
  )('%s reads', (address) => {
    expect(changingWord(new URL(address, 'https://orders.internal'))).toBeUndefined();
  });
});
