const tokenWords =
  'token|令牌|票据|凭证|凭据|会话|session|jwt|credentials?|ticket|登[录陆](?:状态|信息|态)?|身份(?:验证|认证|信息)?|认证|授权';
const notSignedIn = new RegExp(
  [
    '未登[录陆入]|尚未登[录陆]|没有登[录陆]|未认证|未授权|未鉴权|(?:请|需要?|重新|先|必须)登[录陆]',
    `(?:${tokenWords})[^，。,;；]{0,8}?(?:过期|失效|无效|超时|为空|不能为空|不存在|缺失|错误|不正确|不合法|非法|校验失败|验证失败|解析失败)`,
    '(?:无效|过期|非法|失效|缺少|缺失|错误|没有|携带)的?.{0,4}(?:token|令牌|票据|凭证|会话|session)',
    String.raw`(?:认证|鉴权|身份验证)失败`,
    String.raw`not (?:been )?(?:logged|signed)[ -]?in|(?:log|sign)[ -]?in (?:first|again|is required|required|expired)|(?:please|must|need to) (?:re-?)?(?:log|sign)[ -]?in|login (?:required|expired|timeout)`,
    String.raw`(?:invalid|expired|missing|bad|illegal|no|wrong|malformed)[\s_-]+(?:\w+[\s_-]+)?(?:token|session|credentials?|jwt)\b`,
    String.raw`\b(?:\w+_)?(?:token|session|jwt|credentials?)\b.{0,15}(?:invalid|expired|missing|not valid|required|not found|illegal)`,
    String.raw`unauthori[sz]ed|unauthenticated|not authenticated|authentication (?:is )?(?:required|failed)`,
  ].join('|'),
  'i',
);

/** Whether a text of a server says that nobody is signed in, or that the token is no good. */
export function saysNotSignedIn(text: string): boolean {
  return notSignedIn.test(text);
}
