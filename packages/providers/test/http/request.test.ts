import { createServer, type RequestListener, type Server } from "node:http";
import { newId } from "@earwitness/shared";
import { afterEach, expect, test } from "vitest";
import { isSameSecret, requestVendor, type VendorRequest, vendorError } from "../../src/http/index.ts";
import { createResendMailer } from "../../src/mailer/index.ts";
import { createTelnyxRecords } from "../../src/telephony/index.ts";
import { createAssemblyAi } from "../../src/transcriber/index.ts";

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const address = started.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
  server = undefined;
});

function get(url: string, more: Partial<VendorRequest> = {}): VendorRequest {
  return { method: "GET", url, headers: {}, timeLimitMs: 2000, ...more };
}

test("an answer of 2xx is its JSON", async () => {
  const url = await serve((_request, response) => response.end('{"data":1}'));
  expect(await requestVendor(get(url))).toMatchObject({ kind: "ok", status: 200, body: { data: 1 } });
});

test("a 2xx that is not JSON is a failure, because nothing can be said about what it means", async () => {
  const url = await serve((_request, response) => response.end("<html>"));
  expect(await requestVendor(get(url))).toMatchObject({ kind: "failed", code: "answer_unreadable" });
});

test("a 4xx is refused with the vendor's body, and no retry is suggested", async () => {
  const url = await serve((_request, response) => response.writeHead(422).end('{"errors":[{"code":"90018"}]}'));
  const outcome = await requestVendor(get(url));
  expect(outcome).toMatchObject({ kind: "refused", status: 422, body: { errors: [{ code: "90018" }] } });
  if (outcome.kind === "ok") throw new Error("unexpected");
  expect(vendorError("Telnyx", outcome, "gone")).toMatchObject({ retryable: false });
});

test.each([408, 425, 429, 500, 503])("status %i may go better later", async (status) => {
  const url = await serve((_request, response) => response.writeHead(status, { "retry-after": "7" }).end());
  const outcome = await requestVendor(get(url));
  expect(outcome).toMatchObject({ kind: "failed", code: `http_${status}`, retryAfterMs: 7000 });
  if (outcome.kind === "ok") throw new Error("unexpected");
  expect(vendorError("Telnyx", outcome, null)).toMatchObject({ retryable: true, retryAfterMs: 7000 });
});

test("a date in Retry-After counts from now", async () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  const url = await serve((_request, response) => response.writeHead(503, { "retry-after": date }).end());
  const outcome = await requestVendor(get(url));
  expect(outcome.kind === "failed" ? outcome.retryAfterMs : null).toBeGreaterThan(55_000);
});

test.each([
  ["1e9", null],
  ["999999999999", 3_600_000],
  [new Date(Date.now() + 10 * 24 * 3_600_000).toUTCString(), 3_600_000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
])("Retry-After: %s waits %s ms: no vendor parks our work for ever", async (value, expected) => {
  const url = await serve((_request, response) => response.writeHead(503, { "retry-after": value }).end());
  expect(await requestVendor(get(url))).toMatchObject({ kind: "failed", retryAfterMs: expected });
});

test("what the record cannot hold is replaced in what a vendor says, and nothing else", async () => {
  const body = '{"a":"x\\u0000y\\ud800","b":["\\ud83d\\ude00","\\\\u0000","ü"]}';
  const url = await serve((_request, response) => response.end(body));
  expect(await requestVendor(get(url))).toMatchObject({ body: { a: "x\ufffdy\ufffd", b: ["😀", "\\u0000", "ü"] } });
});

test("a vendor that says nothing is a timeout, also when it stops in the middle of its answer", async () => {
  const silent = await serve(() => {});
  expect(await requestVendor(get(silent, { timeLimitMs: 80 }))).toMatchObject({ kind: "failed", code: "timeout" });
  server?.closeAllConnections();
  const stuck = await serve((_request, response) => response.write('{"data":'));
  expect(await requestVendor(get(stuck, { timeLimitMs: 80 }))).toMatchObject({ kind: "failed", code: "timeout" });
});

test("a closed door is a network failure", async () => {
  const url = await serve((request) => request.socket.destroy());
  expect(await requestVendor(get(url))).toMatchObject({ kind: "failed", code: "network" });
});

test("an answer over the limit is not read to its end", async () => {
  const url = await serve((_request, response) => response.end("x".repeat(100_000)));
  expect(await requestVendor(get(url, { maxAnswerBytes: 1000 }))).toMatchObject({ code: "answer_too_large" });
});

test("a redirect is refused, so that the key stays with the vendor", async () => {
  const url = await serve((_request, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end());
  expect(await requestVendor(get(url))).toMatchObject({ kind: "refused", status: 302 });
});

test.each([
  ["a secret", "a secret", true],
  ["a secret", "a secreT", false],
  ["a secret", "a secret and more", false],
  ["", "a secret", false],
])("%j against %j is the same: %s", async (given, expected, isSame) => {
  expect(await isSameSecret(given, expected)).toBe(isSame);
});

const FROM = "Earwitness <no-reply@earwitness.test>";
const MAIL = { id: newId("mail"), to: "ana@mail.test", subject: "Hello", text: "Hello", html: "Hello", key: "mail/1" };
const ASKING: Readonly<Record<string, (baseUrl: string) => Promise<unknown>>> = {
  Telnyx: (baseUrl) => createTelnyxRecords({ baseUrl, apiKey: "key", connectionId: "1" }).recording("one"),
  AssemblyAI: (baseUrl) => createAssemblyAi({ baseUrl, apiKey: "key", callbackSecret: "secret" }).fetch("one"),
  Resend: (baseUrl) => createResendMailer({ baseUrl, apiKey: "key", from: FROM }).send(MAIL),
};

test.each(Object.entries(ASKING))(
  "%s that answers in a form that nobody knows is told by it, without a word of it",
  async (vendor, ask) => {
    const url = await serve((_request, response) =>
      response.writeHead(200, { "x-request-id": "r-1" }).end('{"said":"What a caller said"}'),
    );
    const vendorAnswer = { vendor, status: 200, requestId: "r-1", answer: null };
    await expect(ask(url)).rejects.toMatchObject({ code: "vendor_failed", vendorAnswer });
  },
);

test.each([
  ["concurrent_idempotent_requests", 409, true],
  ["daily_quota_exceeded", 429, false],
])("Resend's %s is kept with its answer", async (name, status, retryable) => {
  const answer = JSON.stringify({ name, message: "Not now." });
  const url = await serve((_request, response) => response.writeHead(status).end(answer));
  const sending = createResendMailer({ baseUrl: url, apiKey: "key", from: FROM }).send(MAIL);
  await expect(sending).rejects.toMatchObject({ retryable, vendorAnswer: { vendor: "Resend", status, answer } });
});
