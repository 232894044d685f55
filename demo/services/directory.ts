import type { Clock } from '../../src/lib/time/clock.ts';
import {
  date,
  type DemoOperation,
  type DemoParameter,
  list,
  oneOf,
  record,
  ref,
  text,
} from '../operation.ts';
import { envelope, id, refuseUsers, role, success } from './user-rules.ts';

/** Roles, departments and the audit log. */
export function directory(clock: Clock): readonly DemoOperation[] {
  const code = {
    name: 'code',
    in: 'path',
    required: true,
    schema: oneOf('admin', 'operator', 'viewer'),
  } as const;
  const tree = [{ id: 1, name: '总部', children: [{ id: 2, name: '研发部', children: [] }] }];
  const now = () => new Date(clock.now()).toISOString();
  const day = (name: string): DemoParameter => ({ name, in: 'query', schema: date, description: '日期' });
  return [
    {
      id: 'listRoles',
      method: 'GET',
      path: '/roles',
      summary: '角色列表',
      tag: 'roles',
      secured: true,
      answer: envelope(list(ref('Role'))),
      handle: () => success(['admin', 'operator', 'viewer'].map(role)),
    },
    {
      id: 'getRole',
      method: 'GET',
      path: '/roles/{code}',
      summary: '角色详情',
      tag: 'roles',
      secured: true,
      parameters: [code],
      answer: envelope(ref('Role')),
      handle: ({ path }) => success(role(path['code'] ?? '')),
    },
    {
      id: 'departmentTree',
      method: 'GET',
      path: '/departments/tree',
      summary: '部门树',
      tag: 'departments',
      secured: true,
      answer: envelope(list(ref('Department'))),
      handle: () => success(tree),
    },
    {
      id: 'getDepartment',
      method: 'GET',
      path: '/departments/{id}',
      summary: '部门详情',
      tag: 'departments',
      secured: true,
      parameters: [{ name: 'id', in: 'path', required: true, schema: id, example: 2 }],
      answer: envelope(ref('Department')),
      others: { 404: '部门不存在' },
      handle: ({ path }) =>
        path['id'] === '2' ? success({ id: 2, name: '研发部' }) : refuseUsers(404, '部门不存在'),
    },
    {
      id: 'auditLogs',
      method: 'GET',
      path: '/audit-logs',
      summary: '操作日志',
      tag: 'audit',
      secured: true,
      parameters: [day('from'), day('to')],
      answer: envelope(list(ref('AuditLog'))),
      handle: () => success([{ id: 1, at: now(), operator: 'zhangsan', action: '登录', ip: '10.0.0.8' }]),
    },
    {
      id: 'usersHealth',
      method: 'GET',
      path: '/health',
      summary: '健康检查',
      tag: 'operation',
      secured: false,
      answer: envelope(record({ status: text })),
      handle: () => success({ status: 'UP' }),
    },
  ];
}
