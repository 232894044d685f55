import type { Phrase } from './phrase.ts';

/** What is said of settings of the server. */
export const serverPhrases: readonly Phrase[] = [
  [
    'everybody comes from one address: people share one limit on sign-ins, and the audit does not know them apart',
    '所有人都来自同一个地址：登录次数限制由所有人共用，审计记录也无法区分来源',
  ],
  [
    'Set `server.proxies` to the addresses of what stands before the server and speaks https.',
    '请把提供 https 的前置代理的地址写入 `server.proxies`。',
  ],
];
