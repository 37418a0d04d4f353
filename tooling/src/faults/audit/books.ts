import type { CarrierLeg } from "../books/carrier-books.ts";
import type { DeliveredMail } from "../books/mail-books.ts";
import type { RecordBooks, Row } from "../books/record-books.ts";
import type { StorageBooks } from "../books/storage-books.ts";
import type { TranscriberBooks } from "../books/transcriber-books.ts";
import type { PlannedCall } from "../plan/draw-plan.ts";

/** What everybody has written down of one run. */
export interface Books {
  readonly planned: readonly PlannedCall[];
  readonly record: RecordBooks;
  readonly storage: StorageBooks;
  readonly carrier: readonly CarrierLeg[];
  readonly transcriber: TranscriberBooks;
  readonly mailbox: readonly DeliveredMail[];
}

/** One planned call as the carrier and the record have it, each any number of times. */
export interface MatchedCall {
  readonly planned: PlannedCall;
  readonly legs: readonly CarrierLeg[];
  readonly rows: readonly Row<"calls">[];
}

/** Puts together what is written of each planned call, by its other party, whom it has alone. */
export function matchCalls({ planned, carrier, record }: Books): MatchedCall[] {
  const legs = Map.groupBy(carrier, ({ direction, from, to }) => (direction === "incoming" ? from : to));
  const rows = Map.groupBy(record.calls, ({ direction, from_address, to_address }) =>
    direction === "inbound" ? from_address : to_address,
  );
  return planned.map((call) => ({
    planned: call,
    legs: legs.get(call.party) ?? [],
    rows: rows.get(call.party) ?? [],
  }));
}
