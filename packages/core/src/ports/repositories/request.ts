/** How a request by a name is found when it comes again. */
export type BegunRequest =
  | { readonly kind: "begun" }
  /** Somebody else has it in hand. */
  | { readonly kind: "under_way"; readonly requestSha256: string }
  /** It was done, and its answer was lost. */
  | { readonly kind: "done"; readonly requestSha256: string }
  | { readonly kind: "answered"; readonly requestSha256: string; readonly answer: string };

/** One attempt at a request: of several at once under one name, one holds it. */
export interface RequestAttempt {
  readonly name: string;
  readonly attempt: string;
}

/** Requests that came with an Idempotency-Key, with their answers, for a day. */
export interface AnsweredRequestRepository {
  /**
   * Takes the name for an attempt, where nobody has it: free, a day old, or begun so long ago (`abandonedAfterMs`) that who
   * began it is gone without having done anything. Else tells how the earlier one stands, changing nothing.
   */
  begin(request: RequestAttempt & { requestSha256: string }, abandonedAfterMs: number): Promise<BegunRequest>;
  /**
   * Notes, within the transaction that does it, that the request is done. Throws `conflict`, which undoes the transaction, when
   * another attempt has taken it over.
   */
  markDone(attempt: RequestAttempt): Promise<void>;
  /** Keeps the answer of what is done. */
  keepAnswer(attempt: RequestAttempt, answer: string): Promise<void>;
  /** Gives the name free where nothing was done: what failed may be tried again. */
  release(attempt: RequestAttempt): Promise<void>;
}
