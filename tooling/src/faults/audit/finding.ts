/** In which of the sums something counts that is not as it must be. */
export type FindingKind =
  /** Something that was told and acknowledged, and is not in the record. */
  | "lost"
  /** Something that was to happen once and happened again. */
  | "duplicate"
  /** An answered moment that is neither in stored audio nor explained. */
  | "uncovered"
  /** Work that is not done and that nobody will do any more. */
  | "stuck"
  /** A row or an object that nothing else knows. */
  | "orphan"
  /** A call that has not come to its end. */
  | "unfinished"
  /** What the record says and the other side says otherwise. */
  | "different";

/** Something in the books that does not agree: what, and where to look. */
export interface Finding {
  readonly kind: FindingKind;
  readonly what: string;
  readonly where: string;
  /** For `uncovered`. */
  readonly ms?: number;
}
