/** Ceilings for what a document may make us do; well above any real document, well below what would hurt. */
export const limits = {
  /** One file or answer. */
  fileBytes: 64 * 1024 * 1024,
  /** One YAML file: its parser needs some forty times the bytes in memory. */
  yamlBytes: 24 * 1024 * 1024,
  /** Files that one document may consist of, and all of them together. */
  documentFiles: 2000,
  documentBytes: 128 * 1024 * 1024,
  /** The same for the files that a document on a server refers to: each is a request of its own. */
  remoteFiles: 200,
  remoteBytes: 32 * 1024 * 1024,
  /** Objects and arrays inside one another. */
  depth: 200,
  /** Nodes that YAML aliases stand for, when each is counted as often as it is used. */
  aliasNodes: 200_000,
  /** `$ref`s followed one after another. */
  refChain: 50,
  operations: 50_000,
  /** Of one operation; characters of its path. */
  parameters: 1000,
  alternatives: 100,
  tags: 50,
  pathChars: 4000,
  /** A name of an operation, a title, a summary, a tag. */
  nameBytes: 2000,
  /** Text of one problem. */
  textBytes: 4000,
  /** Time that a server may take for one document with all its files; to be looked through for documents. */
  serverMs: 30_000,
  discoveryMs: 60_000,
  /** Time that a thread may take to read one document. */
  readMs: 60_000,
  /** Problems kept for one document: a broken one repeats itself. */
  problems: 100,
} as const;
