import { readFileSync } from "node:fs";
import { openWorkspaceOn } from "../session/open-workspace-on.ts";
import type { Stack } from "../stack/start-stack.ts";
import { ringIn } from "./carrier.ts";
import { describeCall } from "./describe-call.ts";
import { followCall } from "./follow-call.ts";
import { type CallReport, judgeCall, unrecordedWords } from "./judge-call.ts";

/** Enough for the longest built-in conversation at its own pace, and for twenty calls' transcripts on two cores. */
const PATIENCE_MS = 120_000;
const PATIENCE_PER_CALL_MS = 5_000;
/** All calls together are asked after five times a second: the API takes ten of one key. */
const LOOK_EVERY_MS_PER_CALL = 200;

/**
 * Rings in `calls` times at once, lets two people speak (or a WAV file, instead of the caller), and follows each call to
 * its transcript. `tell` hears a line at each step.
 */
export async function runDemo(
  stack: Stack,
  options: { calls: number; audioFile: string | undefined; tell: (line: string) => void },
): Promise<CallReport[]> {
  const { tell } = options;
  const controlUrl = stack.emulators.control.url;
  tell("Signing in and waiting for the numbers");
  const { client, numbers } = await openWorkspaceOn(stack, "demo@example.com");
  const to = numbers[0]?.e164;
  const wav = options.audioFile && readFileSync(options.audioFile).toString("base64");
  tell(`Ringing ${to} ${options.calls === 1 ? "once" : `${options.calls} times at once`}`);
  return Promise.all(
    Array.from({ length: options.calls }, async (_, n) => {
      // A caller of its own each, by which the call is found in the list.
      const from = `+1415555${String(1000 + n).padStart(4, "0")}`;
      const callSessionId = await ringIn(controlUrl, { from, to, ...(wav && { wav }) });
      const withinMs = PATIENCE_MS + PATIENCE_PER_CALL_MS * options.calls;
      const everyMs = LOOK_EVERY_MS_PER_CALL * options.calls;
      const followed = await followCall({ client, controlUrl, callSessionId, from, withinMs, everyMs });
      const { report: judged, comparison } = judgeCall(followed);
      const report = { ...judged, problems: [...judged.problems, ...unrecordedWords(followed)] };
      tell(describeCall(report, comparison));
      return report;
    }),
  );
}
