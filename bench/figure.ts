/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The value that is aimed at: at most this much. */
  readonly aim?: number;
}
