import { says, sentence } from '../../../messages/sentence.ts';
import { ellipsize } from '../../../lib/text/text.ts';
import { isObject } from '../../../model/json.ts';
import type { PostResponse, SendOutcome } from '../channel.ts';
import { jsonBody, judgeStatus, textOf } from '../shared/http-answer.ts';

const wrongAddress = says(
  'the signature in the address is wrong, or not everybody may trigger the workflow: set its trigger to "Anyone", copy its URL again and put it into webhook:',
  '地址中的签名有误，或工作流不允许任何人触发：请将触发器设为“任何人”，重新复制 URL 并写入 webhook:',
);
const gone = says(
  'the workflow is gone or has a new address: copy the URL of its trigger again, or make a new workflow, and put it into webhook:',
  '工作流已删除，或地址已更换：请重新复制触发器的 URL，或新建工作流，并写入 webhook:',
);
const off = says(
  'the workflow is turned off: turn it on in Power Automate',
  '工作流已关闭：请在 Power Automate 中将其启用',
);
const ourMistake = says(
  'the card is not as the workflow wants it: make it from the template that posts to a channel when a webhook request is received, or report this',
  '卡片不符合工作流的要求：请用“收到 Webhook 请求时发布到频道”的模板创建工作流，或将此情况反馈给我们',
);
const retired = says(
  'connectors of Microsoft 365 are retired: in the channel choose Workflows, post to a channel when a webhook request is received, and put the new URL into webhook:',
  'Microsoft 365 连接器已停用：请在频道中选择“工作流”，使用“收到 Webhook 请求时发布到频道”，并把新的 URL 写入 webhook:',
);

const connectorMs = 60_000;

/** What a connector of old says with HTTP 200, whatever became of the message; `undefined`: it says nothing of that kind. */
export function judgeConnector(body: string): SendOutcome | undefined {
  if (body === '1') return { kind: 'sent' };
  if (!/^Webhook message delivery failed/i.test(body)) return undefined;
  const [, status = 'failed'] = /HTTP error (\d{3})/.exec(body) ?? [];
  const told = { code: `connector-${status}`, message: ellipsize(body, 200) };
  if (status === '429') return { ...told, kind: 'retry', afterMs: connectorMs };
  if (status === '413') return { ...told, kind: 'shrink', hint: retired };
  return { ...told, kind: 'broken', hint: retired };
}

/** By status, and by the `{"error":{"code","message"}}` that Power Automate gives. */
export function judgeWorkflow(response: PostResponse, now: number): SendOutcome | undefined {
  const failed = judgeStatus(response, now);
  const error = jsonBody(response)?.['error'];
  if (failed === undefined || !isObject(error)) return failed;
  const [code, said] = [textOf(error['code']), textOf(error['message'])];
  const told = { code, message: sentence('coded', { code, said: ellipsize(said, 200) }) };
  if (failed.kind === 'retry' || failed.kind === 'shrink') return { ...failed, ...told };
  if (/NotEnabled|Disabled/i.test(code)) return { ...told, kind: 'broken', hint: off };
  if (failed.kind === 'rejected') return { ...told, kind: 'rejected', hint: ourMistake };
  const isGone = response.status === 404 || response.status === 410;
  return { ...told, kind: 'broken', hint: isGone ? gone : wrongAddress };
}
