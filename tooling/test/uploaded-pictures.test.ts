import { MemberList, MeView, ScreenshotList } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { jpeg, png, webp } from "../../packages/core/test/support/pictures.ts";
import { type ApiClient, apiClient } from "../src/session/api-client.ts";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { announce, complete, type LocalFile, put, sha256Of, upload } from "./support/upload.ts";
import { aCall, inStorage, keyOf, newcomer } from "./support/upload-record.ts";
import { useStack } from "./support/use-stack.ts";
import { newCaller, settle } from "./support/whole-call.ts";

const product = useStack();
let workspace: OpenWorkspace;
/** A program of another workspace. */
let stranger: ApiClient;
/** The person of the workspace in their browser. */
let person: ApiClient;

beforeAll(async () => {
  workspace = await product.openWorkspace();
  stranger = await newcomer(product);
  const origin = product.stack.urls.api;
  person = apiClient(origin, { cookie: workspace.cookie, origin });
  const from = newCaller();
  const callSessionId = await product.ringIn({ from });
  await settle(product, workspace, { callSessionId, from });
}, 120_000);

const picture = (bytes = png()): LocalFile => ({ kind: "screenshot", contentType: "image/png", bytes });

describe("a screenshot", () => {
  test("is on its call for those who see the call, as it was uploaded", async () => {
    const { id: callId } = await aCall(workspace);
    const bytes = jpeg({ comment: "Taken at the desk" });
    const file = { kind: "screenshot", contentType: "image/jpg", bytes } as const;
    const view = await upload(workspace.client, file, { callId, caption: "The form" });
    expect(view).toMatchObject({ state: "accepted", contentType: "image/jpeg", callId });
    const { screenshots } = await person.request(ScreenshotList, "GET", `/v1/calls/${callId}/screenshots`);
    expect(screenshots).toMatchObject([{ id: view.id, caption: "The form", sha256: sha256Of(bytes) }]);
    const url = screenshots[0]?.url ?? "";
    const served = await person.fetch(url);
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-length": String(bytes.length),
      "content-disposition": `inline; filename="${view.id}.jpg"`,
      "content-security-policy": expect.stringMatching(/default-src 'none'.*sandbox/),
      "x-content-type-options": "nosniff",
    });
    const etag = served.headers.get("etag") ?? "";
    expect((await person.fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await person.fetch(url, { method: "HEAD" })).headers.get("content-length")).toBe(String(bytes.length));
    expect((await stranger.fetch(url)).status).toBe(404);
    expect((await stranger.fetch(`/v1/calls/${callId}/screenshots`)).status).toBe(404);
    expect((await fetch(`${product.stack.urls.api}${url}`)).status).toBe(401);
  });

  test("cannot be put on another workspace's call", async () => {
    const { id: callId } = await aCall(workspace);
    const announced = await announce(stranger, picture());
    await put(announced, picture().bytes);
    expect(await complete(stranger, announced.id, { kind: "screenshot", callId })).toMatchObject({
      status: 404,
    });
  });

  test.each([
    [
      "a page that says it is a picture",
      new TextEncoder().encode("<!doctype html><script>alert(1)</script>"),
      /not a PNG/,
    ],
    ["a picture with a page behind it", png({ tail: "<html><script>alert(1)</script></html>" }), /follows the end/],
    ["a picture with a page in it", png({ chunks: [["tEXt", "Comment\0<script>alert(1)</script>"]] }), /carries/],
    ["another kind of picture", webp(), /not a PNG/],
  ])("is not %s", async (_, bytes, why) => {
    const { id: callId } = await aCall(workspace);
    const view = await upload(workspace.client, picture(Uint8Array.from(bytes)), { callId });
    expect(view).toMatchObject({ state: "refused", reason: expect.stringMatching(why) });
    expect((await workspace.client.fetch(`/v1/calls/${callId}/screenshots/${view.id}`)).status).toBe(404);
    expect(await inStorage(product, await keyOf(product, view.id))).toBe(false);
  });
});

describe("an avatar", () => {
  test("stands for its person in the workspace, until there is another", async () => {
    const me = () => person.request(MeView, "GET", "/v1/me");
    expect((await me()).user.avatarUrl).toBeNull();
    const first = await upload(person, { kind: "avatar", contentType: "image/png", bytes: png() }, {});
    expect(first).toMatchObject({ state: "accepted", callId: null });
    const key = await keyOf(product, first.id);
    const { user } = await me();
    expect(user.avatarUrl).toBe(`/v1/users/${user.id}/avatar?v=${first.id}`);
    const { members } = await person.request(MemberList, "GET", "/v1/members");
    expect(members.map(({ avatarUrl }) => avatarUrl)).toEqual([user.avatarUrl]);
    const served = await workspace.client.fetch(user.avatarUrl ?? "");
    expect([served.headers.get("content-type"), await served.arrayBuffer()]).toEqual(["image/png", png().buffer]);
    expect((await stranger.fetch(user.avatarUrl ?? "")).status).toBe(404);

    const second = await upload(person, { kind: "avatar", contentType: "image/webp", bytes: webp() }, {});
    expect((await me()).user.avatarUrl).toBe(`/v1/users/${user.id}/avatar?v=${second.id}`);
    expect(await inStorage(product, key)).toBe(false);
    expect((await person.fetch(`/v1/users/${user.id}/avatar`)).headers.get("content-type")).toBe("image/webp");
  });

  test("is a person's, not a key's", async () => {
    const wish = { kind: "avatar", contentType: "image/png", bytes: png() } as const;
    await expect(announce(workspace.client, wish)).rejects.toThrow("403");
  });
});
