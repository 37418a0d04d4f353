import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type GateReport, REQUESTS_AT_ONCE } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { envOf } from "../src/env.ts";
import { vendorHealth } from "../src/vendor-gate.ts";
import { withServices } from "./setup/record.ts";

const failed: GateReport = {
  kind: "failed",
  durationMs: 20,
  code: "http_503",
  message: "It is closed.",
  retryAfterMs: null,
};

test("a vendor that mostly fails is let alone by all who run jobs, also by those who come after a crash", async () => {
  await withServices(async ({ gate, log }) => {
    const holders = Array.from({ length: REQUESTS_AT_ONCE.assemblyai }, () => newId("job"));
    for (const holder of holders) expect(await gate.enter("assemblyai", holder)).toEqual({ kind: "go" });
    expect(await gate.enter("assemblyai", "one too many")).toMatchObject({ kind: "wait" });
    for (const holder of holders) await gate.leave("assemblyai", holder, failed);
    expect(await gate.enter("telnyx", "of another vendor")).toEqual({ kind: "go" });
    await gate.leave("telnyx", "of another vendor", { kind: "other" });

    await abortAllDurableObjects();
    expect(await gate.enter("assemblyai", newId("job"))).toMatchObject({ kind: "wait" });
    const health = await vendorHealth(envOf(env), log);
    expect(health.map(({ vendor }) => vendor)).toEqual(["telnyx", "assemblyai", "mail"]);
    expect(health[1]).toMatchObject({
      breaker: "open",
      running: 0,
      recentFailures: REQUESTS_AT_ONCE.assemblyai,
      lastFailure: { code: "http_503" },
    });
  });
});
