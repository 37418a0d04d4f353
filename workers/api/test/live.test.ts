import { env } from "cloudflare:workers";
import { LiveFrame } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { problemIn, request } from "./setup/browser.ts";
import { present } from "./setup/expect-value.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

function open(headers: Record<string, string> = {}, query = ""): Promise<Response> {
  const standard = { upgrade: "websocket", origin: APP_ORIGIN, cookie: tenant.browser.cookieHeader };
  return request(`/live${query}`, { headers: { ...standard, ...headers } });
}

/** The socket's first `count` frames. */
async function framesOf(response: Response, count: number): Promise<LiveFrame[]> {
  const socket = present(response.webSocket);
  const frames: LiveFrame[] = [];
  const done = new Promise<void>((resolve) => {
    socket.addEventListener("message", ({ data }) => {
      frames.push(LiveFrame.parse(JSON.parse(String(data))));
      if (frames.length === count) resolve();
    });
  });
  socket.accept();
  await done;
  socket.close();
  return frames;
}

describe("the live socket", () => {
  test("opens for a signed-in browser and tells what changes in its workspace", async () => {
    const response = await open();
    expect(response.status).toBe(101);
    const frames = framesOf(response, 2);
    await env.WORKSPACE_ROOM.getByName(tenant.workspaceId).publish([{ entity: "number", callId: null }]);
    expect(await frames).toMatchObject([
      { type: "hello", workspaceId: tenant.workspaceId },
      { type: "changed", entity: "number" },
    ]);
  });

  test("gives who comes back what was missed", async () => {
    const [hello] = await framesOf(await open(), 1);
    await env.WORKSPACE_ROOM.getByName(tenant.workspaceId).publish([{ entity: "number", callId: null }]);
    const frames = await framesOf(await open({}, `?after=${present(hello).seq}`), 2);
    expect(frames[1]).toMatchObject({ type: "changed", seq: present(hello).seq + 1 });
  });

  test.each([
    ["another site's page", { origin: "https://evil.test" }, 403],
    ["a page without an origin", { origin: "null" }, 403],
    ["nobody", { cookie: "" }, 401],
    ["a forged cookie", { cookie: `__Secure-authjs.session-token=${"e".repeat(64)}` }, 401],
    ["a request that is no upgrade", { upgrade: "h2c" }, 400],
  ])("stays shut for %s, before the upgrade", async (_who, headers, status) => {
    const response = await open(headers);
    expect(response.status).toBe(status);
    expect(response.webSocket).toBeFalsy();
    await problemIn(response);
  });

  test("an API key does not open it", async () => {
    const response = await open({ cookie: "", authorization: `Bearer ${tenant.keys.write}` });
    expect(response.status).toBe(401);
  });
});
