import type { CallEvent } from "@earwitness/core";
import type { RawNotice } from "@earwitness/shared";
import type { Entry } from "./journal.ts";

/** Why a kept notice has no effect that anybody would look for elsewhere. */
const NOTICE_FLAGS = {
  /** Rightly signed, but not understood. */
  unreadable: "unreadable",
  /** Understood, but of a call that has not begun, or not here. */
  noCall: "no_call",
} as const;

/** The entry of a notice that is heard for the first time: its body goes into the record whatever becomes of it. */
export function keptNotice(notice: RawNotice, event: CallEvent | null): Entry {
  return {
    event,
    facts: ({ isApplied, state }) => {
      const isWithoutCall = !isApplied && state.phase === "awaited";
      const flag = event === null ? NOTICE_FLAGS.unreadable : isWithoutCall ? NOTICE_FLAGS.noCall : null;
      return [{ type: "notice.kept", at: notice.receivedAt, notice, applied: isApplied, flag }];
    },
  };
}

/** The entry of a notice that came before: it is only counted. */
export function repeatedNotice(notice: RawNotice): Entry {
  const { receivedAt, eventId } = notice;
  return { event: null, facts: () => [{ type: "notice.repeated", at: receivedAt, eventId }] };
}
