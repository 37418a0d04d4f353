import type { PipelineResult, Spread } from "./bench-pipeline.ts";

/** The result as a person reads it. */
export function describePipeline(result: PipelineResult): string {
  const line = (what: string, { p50Ms, p95Ms }: Spread) => `${what.padEnd(52)} p50 ${p50Ms} ms, p95 ${p95Ms} ms`;
  return [
    line(`hang-up to words on the screen, ${result.calls} calls`, result.all),
    line("without what the carrier and the transcriber took", result.ours),
    line("  the carrier's word to the stored file", result.store),
    line("  the stored file to the transcriber", result.submit),
    line("  the transcriber's last word to the screen", result.show),
  ].join("\n");
}
