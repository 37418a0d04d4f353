import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createHttpAudioSource } from "../../src/audio-source/index.ts";

/** Each path has a fault of its own. */
let server: Server;
let origin = "";
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === "/busy") response.writeHead(503, { "retry-after": "7" }).end();
    else if (url === "/down") response.writeHead(500).end();
    else if (url === "/died") response.writeHead(403).end();
    else if (url === "/broken") response.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port");
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open = (path: string) => createHttpAudioSource().open(`${origin}${path}`, new AbortController().signal);

test.each([
  ["/busy", { code: "vendor_failed", retryAfterMs: 7_000, vendorAnswer: { status: 503 } }],
  ["/down", { code: "vendor_failed", retryAfterMs: undefined, vendorAnswer: { status: 500 } }],
  ["/died", { code: "not_found", retryable: false, vendorAnswer: { status: 403 } }],
  ["/broken", { code: "vendor_failed", retryable: true, vendorAnswer: { status: null } }],
])("a recording's address that fails (%s) says what it answered, and when to come again", async (path, error) => {
  await expect(open(path)).rejects.toMatchObject(error);
});

test("one that does not answer is told to have answered nothing", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const opening = open("/silent");
    const failing = expect(opening).rejects.toMatchObject({ code: "timeout", vendorAnswer: { status: null } });
    await vi.advanceTimersByTimeAsync(15_000);
    await failing;
  } finally {
    vi.useRealTimers();
  }
});
