import { problems } from "../problem.ts";

/** Refuses what no file of this stand-in could honour. `prefix` is `record_` for dial, answer, transfer and bridge. */
export function refuseUnrecordable(
  request: { readonly format: string; readonly trim: string | undefined; readonly timeoutSecs: number },
  prefix: "" | "record_",
): void {
  if (request.format !== "wav") throw problems.notEmulated("MP3 recordings: ask for wav", `/${prefix}format`);
  if (request.trim !== undefined) throw problems.notEmulated("trimmed recordings", `/${prefix}trim`);
  if (request.timeoutSecs > 0) throw problems.notEmulated("recordings that end on silence", `/${prefix}timeout_secs`);
}
