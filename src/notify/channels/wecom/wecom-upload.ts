import { randomUUID } from 'node:crypto';
import type { Failure, SendContext } from '../channel.ts';
import { classify } from '../shared/error-rules.ts';
import {
  numberOf,
  jsonBody,
  judgeStatus,
  notUnderstood,
  textOf,
  withoutTrace,
} from '../shared/http-answer.ts';
import { robotErrors } from './wecom-errors.ts';

/** A file that is uploaded when its message is sent: what is uploaded is good for three days and for one robot. */
export interface Upload {
  readonly name: string;
  readonly text: string;
  /** What the group is told when the file cannot be sent. */
  readonly missing: string;
}

/** The id under which the robot can send the file. */
export async function upload(
  { name, text }: Upload,
  url: string,
  context: SendContext,
): Promise<{ readonly mediaId: string } | Failure> {
  const boundary = `----apipatrol-${randomUUID()}`;
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${name}"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n';
  const body = Buffer.from(`${head}${text}\r\n--${boundary}--\r\n`);
  const response = await context.post(url, body, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
  const failed = judgeStatus(response, context.now());
  if (failed !== undefined) return withoutTrace(failed);
  const answer = jsonBody(response);
  const errcode = numberOf(answer?.['errcode']);
  if (errcode === undefined) return withoutTrace(notUnderstood);
  const outcome = classify(robotErrors, errcode, textOf(answer?.['errmsg']));
  if (outcome.kind !== 'sent') return outcome;
  const mediaId = textOf(answer?.['media_id']);
  return mediaId === '' ? withoutTrace(notUnderstood) : { mediaId };
}
