import type { Json } from '../../model/json.ts';

/** Fields of the items of a list, the most telling first; `isInside`: only of one that is called after `noun`. */
export interface FieldPick {
  readonly fields: readonly string[];
  readonly noun: string;
  readonly isInside: boolean;
  /** Names of a record's own field that can mean nothing else, however it is asked for; absent: none. */
  readonly own?: readonly string[];
  /** What is asked for shows one record: lists in it are of other things. */
  readonly isOne?: boolean;
  /** The list is one of each item of the list of these, whose own id is the value of another parameter. */
  readonly within?: { readonly parameter: string; readonly fields: readonly string[]; readonly noun: string };
}

/** One value of one check that can be taken from the answer of another. */
export interface CaptureRule {
  /** Ids of checks. */
  readonly from: string;
  readonly to: string;
  readonly parameter: string;
  /** Where it is: a JSON pointer (from a link), one to an object whose members are called so, or names of an item's field, the best first. */
  readonly pick: { readonly pointer: string } | { readonly keysOf: string } | FieldPick;
  /** Values of `from`'s own request that go with it: its parameter → the parameter of `to`. */
  readonly carry: Readonly<Record<string, string>>;
  /** Other parameters of `to` that the record may hold as well, under their own names: whose order it is. */
  readonly beside: readonly string[];
  /** Values that go with it whatever the answer. */
  readonly fixed: Readonly<Record<string, Json>>;
  /** The more a rule knows, the higher; the highest that yields something wins. */
  readonly rank: number;
}
