import type { UtteranceView } from "@earwitness/shared";

/** Who speaks, as a person names them. */
export function speakerName({ party, speaker }: Pick<UtteranceView, "party" | "speaker">): string {
  switch (party) {
    case "caller":
      return "Caller";
    case "agent":
      return "Agent";
    case "unknown":
      return `Speaker ${speaker}`;
  }
}
