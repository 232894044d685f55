import type { Block } from '../blocks/block.ts';
import type { Role } from './labels.ts';
import type { NamedUrl } from './signatures.ts';

/** An operation that a document names by method and path, and the blocks that describe it. */
export interface Section {
  readonly method: string;
  /** As written, the section's base path in front of it. */
  readonly url: string;
  /** The same path on other hosts: `测试环境：https://…`. */
  readonly otherUrls: readonly NamedUrl[];
  readonly title: string;
  /** What is said of it in front of its method and path. */
  readonly about: readonly string[];
  readonly tags: readonly string[];
  readonly line: number;
  /** Lines that name its method or its address. */
  readonly lines: readonly number[];
  /** Blocks from `from` up to, not including, `to`; none for a line of an overview. */
  readonly from: number;
  readonly to: number;
  /** A line of a list or table; a section of its own wins over it. */
  readonly overview: boolean;
}

export interface Outline {
  readonly sections: readonly Section[];
  readonly bases: readonly NamedUrl[];
  readonly title?: string;
  /** Base paths that chapters have. */
  readonly basePaths: readonly string[];
}

export type SectionDraft = { -readonly [K in keyof Section]: Section[K] };

/** Where the reader is. */
export interface SectionPosition {
  readonly index: number;
  readonly line: number;
  readonly next?: Block;
}

/** Method and path stand apart: what has been seen of them since the last operation or heading. */
export interface Half {
  readonly methods?: readonly string[];
  readonly url?: string;
  readonly others: readonly NamedUrl[];
  readonly line: number;
  /** The address is that of the operation that is open; without another method, that is all. */
  readonly again?: boolean;
  /** Further addresses below the same label: in the lines right above, or in the same one. */
  readonly above?: readonly string[];
}

export const nothingYet: Half = { others: [], line: 0 };

/** Addresses that one operation may have; who lists more of them in a row does not mean one operation. */
const maxAddresses = 50;

/** Lists of addresses behind each other, no longer than one operation may have them. */
export function joined<T>(...lists: readonly (readonly T[])[]): readonly T[] {
  return lists.flat().slice(0, maxAddresses);
}

/** Below these labels a call is shown rather than described. */
export function isExample(role: Role | undefined): boolean {
  return role !== undefined && ['requestExample', 'responseExample', 'response', 'error'].includes(role);
}
