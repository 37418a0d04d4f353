import type { NumberView, UpdateNumber } from "@earwitness/shared";

/** A number's settings as its form holds them: every field a text or a switch. */
export interface NumberDraft {
  label: string;
  announcement: string;
  recordInbound: boolean;
  recordOutbound: boolean;
  /** BCP 47; empty lets the transcriber detect it. */
  language: string;
  /** One term a line. */
  keyTerms: string;
  deleteCarrierCopy: boolean;
  liveCaptions: boolean;
}

export function draftOf(number: NumberView): NumberDraft {
  return {
    label: number.label ?? "",
    announcement: number.announcement ?? "",
    recordInbound: number.recordInbound,
    recordOutbound: number.recordOutbound,
    language: number.language ?? "",
    keyTerms: number.keyTerms.join("\n"),
    deleteCarrierCopy: number.deleteCarrierCopy,
    liveCaptions: number.liveCaptions,
  };
}

/** What the draft would change, in the API's words; without keys when it changes nothing. */
export function changesOf(number: NumberView, draft: NumberDraft): UpdateNumber {
  const before = draftOf(number);
  const changed = <Key extends keyof NumberDraft>(key: Key) => draft[key] !== before[key];
  const textOrNull = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    ...(changed("label") && { label: textOrNull(draft.label) }),
    ...(changed("announcement") && { announcement: textOrNull(draft.announcement) }),
    ...(changed("recordInbound") && { recordInbound: draft.recordInbound }),
    ...(changed("recordOutbound") && { recordOutbound: draft.recordOutbound }),
    ...(changed("language") && { language: textOrNull(draft.language) }),
    ...(changed("keyTerms") && { keyTerms: termsOf(draft.keyTerms) }),
    ...(changed("deleteCarrierCopy") && { deleteCarrierCopy: draft.deleteCarrierCopy }),
    ...(changed("liveCaptions") && { liveCaptions: draft.liveCaptions }),
  };
}

/** The terms of a text, one a line, without empty ones and repetitions. */
export function termsOf(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}
