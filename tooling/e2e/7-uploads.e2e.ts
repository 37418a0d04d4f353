import { createHash } from "node:crypto";
import { AnnouncedUpload, CallList, type CallSummary, UploadView } from "@earwitness/shared";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

// A call of its own comes first, and then one out of its sound.
test.setTimeout(120_000);

// The sound of one call, uploaded as if it had been recorded elsewhere, is a call like any other.
test("a recording that was uploaded is read and heard like a call", async ({ page, product, signIn, ringIn }) => {
  await signIn(page);
  const from = await ringIn();
  const origin = { origin: product.web };
  const api = (path: string) => `${product.web}/api/v1${path}`;
  const spoken = await transcribed(page, api(`/calls?number=${encodeURIComponent(from)}`));
  const { recordings } = await (await page.request.get(api(`/calls/${spoken.id}/recordings`))).json();
  const bytes = await (await page.request.get(api(`/recordings/${recordings[0].id}/audio`))).body();

  const announced = AnnouncedUpload.parse(
    await (
      await page.request.post(api("/uploads"), {
        headers: origin,
        data: {
          kind: "recording",
          contentType: "audio/wav",
          sizeBytes: bytes.length,
          sha256: createHash("sha256").update(bytes).digest("hex"),
        },
      })
    ).json(),
  );
  const { method, url, headers } = announced;
  expect((await fetch(url, { method, headers, body: Uint8Array.from(bytes) })).status).toBe(200);
  const uploader = "+493012345678";
  const completed = await page.request.post(api(`/uploads/${announced.id}/complete`), {
    headers: origin,
    data: {
      kind: "recording",
      direction: "outbound",
      from: product.numbers[0],
      to: uploader,
      startedAt: "2026-10-01T09:30:00Z",
    },
  });
  expect(completed.status(), await completed.text()).toBe(202);
  const { id } = await transcribed(page, api(`/calls?number=${encodeURIComponent(uploader)}`));
  expect(UploadView.parse(await (await page.request.get(api(`/uploads/${announced.id}`))).json())).toMatchObject({
    callId: id,
  });

  await page.goto(`/calls/${id}`);
  await expect(page.locator("[data-word]").first()).toBeVisible();
  await expect(page.locator("audio")).toHaveCount(1);
  await expect
    .poll(() => page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.readyState))
    .toBeGreaterThan(0);
  await page.goto("/calls");
  await expect(page.locator(`a[href="/calls/${id}"]`)).toBeVisible();
});

/** The call of a list, once its words are there. */
async function transcribed(page: Page, list: string): Promise<CallSummary> {
  let found: CallSummary | undefined;
  await expect
    .poll(
      async () => {
        found = CallList.parse(await (await page.request.get(list)).json()).calls[0];
        return found?.transcriptState;
      },
      { timeout: 45_000 },
    )
    .toBe("ready");
  if (found === undefined) throw new Error("There is no call");
  return found;
}
