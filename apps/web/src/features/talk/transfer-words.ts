import type { LiveCallState } from "@earwitness/shared";

type Transfer = NonNullable<LiveCallState["transfer"]>;

/** How far a transfer has come, in a sentence. */
export function transferWords({ state, reason }: Transfer, who: { to: string; by: string; contact: string }): string {
  switch (state) {
    case "asked":
      return `${who.by} asked to connect this call with ${who.to}. The carrier has not rung it yet.`;
    case "ringing":
      return `${who.to} rings. ${who.contact} waits on the line.`;
    case "connected":
      return `Connected with ${who.to}, by ${who.by}.`;
    case "failed":
      return `The transfer to ${who.to} did not go through. ${reason ?? "It was not connected."} ${who.contact} is still with you.`;
  }
}
