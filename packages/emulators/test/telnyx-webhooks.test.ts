import { createPublicKey, verify } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmulatorOptions, type Emulators, startEmulators } from "../src/index.ts";
import { telnyxClient } from "./support/answering-app.ts";
import { door } from "./support/door.ts";
import { type Arrived, type Receiver, startReceiver } from "./support/receiver.ts";

let emulators: Emulators;
let receiver: Receiver;
let answerWith: (arrived: Arrived) => number | Promise<number>;

beforeEach(async () => {
  answerWith = () => 200;
  receiver = await startReceiver((arrived) => answerWith(arrived));
});
afterEach(async () => {
  await emulators.close();
  await receiver.close();
});

async function start(telnyx: EmulatorOptions["telnyx"] = {}): Promise<void> {
  emulators = await startEmulators({
    telnyx: { pace: 50, webhookUrl: receiver.url, webhookRetriesMs: [20, 40], ...telnyx },
  });
}

async function ring(request: object = {}): Promise<{ id: string; legId: string }> {
  const placed = await door(emulators.control.url).call({ script: "short", ...request });
  return { id: placed.callControlId, legId: placed.callLegId };
}

const types = () => receiver.arrived.map(({ body: { data } }) => data?.event_type);

test("a webhook carries a signature that Node and the vendor's SDK verify with the published key, over the exact bytes", async () => {
  await start();
  await ring();
  const arrived = await receiver.waitFor(() => true);
  const raw = Buffer.from(emulators.telnyx.publicKey, "base64");
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  const signature = Buffer.from(arrived.headers["telnyx-signature-ed25519"] ?? "", "base64");
  const signed = (body: string) => Buffer.from(`${arrived.headers["telnyx-timestamp"]}|${body}`);
  expect(verify(null, signed(arrived.rawBody), key, signature)).toBe(true);
  expect(verify(null, signed(`${arrived.rawBody} `), key, signature)).toBe(false);
  const client = telnyxClient(emulators);
  const event = await client.webhooks.unwrap(arrived.rawBody, {
    headers: { ...arrived.headers },
    key: emulators.telnyx.publicKey,
  });
  expect(event).toMatchObject({ data: { event_type: "call.initiated" } });
  expect(Math.abs(Number(arrived.headers["telnyx-timestamp"]) - Date.now() / 1000)).toBeLessThan(5);
});

test("a new call says who calls whom in the form seen live", async () => {
  await start();
  const { legId } = await ring({ from: "+14155550123" });
  expect(await receiver.event("call.initiated", legId)).toMatchObject({
    connection_id: emulators.telnyx.connectionId,
    client_state: null,
    direction: "incoming",
    state: "parked",
    from: "+14155550123",
    to: emulators.telnyx.numbers[0],
  });
  expect(receiver.arrived[0]?.body.meta).toEqual({ attempt: 1, delivered_to: receiver.url });
  expect(receiver.arrived[0]?.body.data?.occurred_at).toMatch(/T\d\d:\d\d:\d\d\.\d{6}Z$/);
});

test("5xx is tried again with a rising attempt and the same event id, until it is taken", async () => {
  await start();
  answerWith = ({ body }) => (body.meta?.attempt === 3 ? 200 : 503);
  await ring({ patienceMs: 60_000 });
  await receiver.waitFor(({ body }) => body.meta?.attempt === 3);
  expect(receiver.arrived.map(({ body }) => body.meta?.attempt)).toEqual([1, 2, 3]);
  expect(new Set(receiver.arrived.map(({ body }) => body.data?.id)).size).toBe(1);
});

test("when the primary URL fails three times, the failover URL gets it", async () => {
  await start();
  emulators.configure({ telnyx: { failoverUrl: `${receiver.url}/failover` } });
  answerWith = ({ path }) => (path.endsWith("/failover") ? 200 : 500);
  await ring();
  const arrived = await receiver.waitFor(({ path }) => path.endsWith("/failover"));
  expect(arrived.body.meta).toEqual({ attempt: 4, delivered_to: `${receiver.url}/failover` });
});

test("a 4xx ends the tries, 429 does not", async () => {
  await start();
  answerWith = ({ body }) => (body.meta?.attempt === 1 ? 429 : 404);
  const { legId } = await ring();
  await receiver.waitFor(({ body }) => body.meta?.attempt === 2);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const detail = await door(emulators.control.url).detail(legId);
  expect(detail.webhooks[0]?.attempts.map(({ status }) => status)).toEqual([429, 404]);
  expect(detail.webhooks[0]?.state).toBe("failed");
});

test("a 2xx that is not 200 is taken and noted as 75299", async () => {
  await start();
  answerWith = () => 204;
  const { legId } = await ring();
  await receiver.waitFor(() => true);
  const { webhooks } = await door(emulators.control.url).detail(legId);
  expect(webhooks[0]).toMatchObject({ state: "delivered", attempts: [{ status: 204, errors: [75_299] }] });
});

test("who has not answered after two seconds has not answered", async () => {
  await start({ webhookRetriesMs: [10] });
  answerWith = async ({ body }) => {
    if (body.meta?.attempt === 1) await new Promise((resolve) => setTimeout(resolve, 2600));
    return 200;
  };
  const { legId } = await ring();
  await receiver.waitFor(({ body }) => body.meta?.attempt === 2);
  const { webhooks } = await door(emulators.control.url).detail(legId);
  // The answer of 2.6 s was not waited for.
  const [first] = webhooks[0]?.attempts ?? [];
  expect(first?.status).toBeNull();
  expect(first?.tookMs).toBeGreaterThanOrEqual(1990);
});

test("a call's own retry policy and its own URLs replace the application's", async () => {
  await start();
  answerWith = ({ path }) => (path.endsWith("/hangups") ? 500 : 200);
  const { id, legId } = await ring();
  await telnyxClient(emulators).calls.actions.answer(id, {
    webhook_url: `${receiver.url}/own`,
    webhook_urls: { "call.hangup": [`${receiver.url}/hangups`] },
    webhook_retries_policies: { "call.hangup": { retries_ms: [10, 10, 10] } },
  });
  await receiver.event("call.answered", legId);
  await telnyxClient(emulators).calls.actions.hangup(id, {});
  await receiver.waitFor(({ body: { data, meta } }) => data?.event_type === "call.hangup" && meta?.attempt === 4);
  const paths = new Set(receiver.arrived.map(({ path, body: { data } }) => `${data?.event_type} ${path}`));
  expect(paths).toEqual(
    new Set(["call.initiated /webhooks", "call.answered /webhooks/own", "call.hangup /webhooks/hangups"]),
  );
});

test("faults: a webhook is doubled, dropped, or overtaken by the next one", async () => {
  await start();
  const control = door(emulators.control.url);
  await control.fault({ target: "webhook", match: { event: "call.initiated" }, effect: "duplicate" });
  await control.fault({ target: "webhook", match: { event: "call.answered" }, effect: "reorder", delayMs: 5000 });
  await control.fault({ target: "webhook", match: { event: "call.speak.started" }, effect: "drop" });
  const { id, legId } = await ring();
  await receiver.waitFor(() => receiver.arrived.length === 2);
  expect(receiver.arrived[0]?.body.data?.id).toBe(receiver.arrived[1]?.body.data?.id);
  const { actions } = telnyxClient(emulators).calls;
  await actions.answer(id, {});
  // The answer itself is not held back, only the news of it.
  for (let tries = 0; tries < 200 && (await control.detail(legId)).state !== "answered"; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await actions.speak(id, { payload: "Hello.", voice: "AWS.Polly.Joanna" });
  await receiver.event("call.answered", legId);
  expect(types()).toEqual(["call.initiated", "call.initiated", "call.speak.ended", "call.answered"]);
  const detail = await control.detail(legId);
  expect(detail.webhooks.find(({ event }) => event === "call.speak.started")?.state).toBe("dropped");
  expect(await control.get("/faults")).toEqual({ faults: [] });
});

test("a fault may be one call's, named by who rings", async () => {
  await start();
  const control = door(emulators.control.url);
  await control.fault({
    target: "webhook",
    match: { event: "call.initiated", call: "+14155550199" },
    effect: "drop",
    times: 5,
  });
  const other = await ring({ from: "+14155550123" });
  const struck = await ring({ from: "+14155550199" });
  const initiated = async (id: string) =>
    (await control.detail(id)).webhooks.find(({ event }) => event === "call.initiated")?.state;
  expect(await initiated(struck.id)).toBe("dropped");
  expect(await initiated(other.id)).not.toBe("dropped");
});

test("a carrier whose clock is ahead stamps and signs by it", async () => {
  await start();
  await fetch(`${emulators.control.url}/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ aheadMs: 120_000 }),
  });
  await ring();
  const { headers, body } = await receiver.waitFor(() => true);
  const aheadMs = (stamp: number) => Math.abs(stamp - Date.now() - 120_000);
  expect(aheadMs(Number(headers["telnyx-timestamp"]) * 1000)).toBeLessThan(5_000);
  expect(aheadMs(Date.parse(body.data?.occurred_at ?? ""))).toBeLessThan(5_000);
});
