/** One session as the control door shows it. */
export interface StreamRecord {
  readonly id: string;
  /** The query, without a token; `UpdateConfiguration` changes it. */
  readonly parameters: Record<string, unknown>;
  readonly openedAt: string;
  closedAt: string | null;
  /** 1006: the connection broke without a close. */
  closeCode: number | null;
  closedBy: "client" | "server" | null;
  /** The sentence of the `Error` frame, where there was one. */
  refusal: string | null;
  /** Whether the client asked for the end. */
  isTerminated: boolean;
  audioMs: number;
  /** `Turn` frames that went out, and those of them that end a turn. */
  turns: number;
  turnsEnded: number;
  /** The vendor bills the time that the socket is open. 0 for a session that was refused. */
  billedMs: number;
}
