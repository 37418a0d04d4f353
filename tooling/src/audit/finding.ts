/** What is wrong with a log, and where. */
export interface Finding {
  /** Of the file, from 1; null for what is missing from it altogether. */
  readonly line: number | null;
  readonly workspaceId: string | null;
  readonly what: string;
}

/** More of them say nothing new, and a file of any size must fit into memory with what is wrong with it. */
export const MOST_FINDINGS = 1000;

/** A place in a log that somebody noted: entry `n` had this hash. */
export interface NotedHead {
  /** null where the file holds one log alone. */
  readonly workspaceId: string | null;
  readonly n: number;
  readonly sha256: string;
}
