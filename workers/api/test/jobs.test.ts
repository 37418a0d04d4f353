import { deadLetters, outbox } from "@earwitness/db/schema";
import {
  AuditList,
  CallView,
  JobDetail,
  type JobId,
  JobList,
  JobsRunAgain,
  type MailId,
  newId,
  OpsView,
  PickedJobs,
  RetryTaken,
  type WorkspaceId,
} from "@earwitness/shared";
import { eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { asSystem, readRows } from "./setup/database.ts";
import { addMember, type Member } from "./setup/members.ts";
import { addCall, addRecording } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
let stranger: Tenant;
let agent: Member;
let viewer: Member;
beforeAll(async () => {
  [tenant, stranger] = [await newTenant(), await newTenant()];
  [agent, viewer] = [await addMember(tenant, "agent"), await addMember(tenant, "viewer")];
});

const VENDOR = { vendor: "Telnyx", status: 503, requestId: "req-of-telnyx", answer: "upstream is away" };

const addJob = (requestedBy: string | null = null, { workspaceId } = tenant): Promise<JobId> =>
  asSystem((tx) => {
    const wish = { workspaceId, kind: "numbers.sync", key: newId("job"), payload: { workspaceId } } as const;
    return tx.jobs.add({ ...wish, requestedBy });
  });

/** Has a job given up as its runner does. */
const bury = (id: JobId, code = "vendor_failed") =>
  asSystem(async (tx) => {
    const now = new Date();
    const job = await tx.jobs.lease(id, { now, leasedUntil: new Date(now.getTime() + 30_000) });
    if (job === null) throw new Error("It is not due.");
    const message = code === "internal" ? "undefined is not a function" : "Telnyx: It is away.";
    await tx.jobs.bury(job, { attempt: 1, code, message, at: now.toISOString(), vendor: VENDOR });
  });

const begin = (id: JobId) =>
  asSystem((tx) => tx.jobs.lease(id, { now: new Date(), leasedUntil: new Date(Date.now() + 30_000) }));

const read = async (id: JobId) => JobDetail.parse(await (await tenant.call(`/v1/jobs/${id}`)).json());
const act = async (verb: "run-again" | "dismiss", pick: object, of = tenant) =>
  PickedJobs.parse(await (await of.call(`/v1/jobs/${verb}`, { method: "POST", json: pick })).json()).changed;

describe("jobs", () => {
  test("are told to those who look after the system, with what the vendor answered", async () => {
    const id = await addJob();
    await bury(id);
    const vendor = { name: "Telnyx", status: 503, requestId: "req-of-telnyx", answer: "upstream is away" };
    const job = await read(id);
    expect(job).toMatchObject({ state: "dead", queue: "bulk", requestedBy: null, lastFailure: { attempt: 1, vendor } });
    expect(job.failures).toEqual([job.lastFailure]);
    expect((await stranger.call(`/v1/jobs/${id}`)).status).toBe(404);
  });

  test("are told to a person who asked for them, and to no other; what went wrong inside of us is not", async () => {
    const [own, others] = [await addJob(agent.userId), await addJob(newId("user"))];
    await bury(own, "internal");
    const mine = JobList.parse(await (await agent.browser.fetch("/v1/jobs")).json());
    expect(mine.jobs.map(({ id }) => id)).toEqual([own]);
    expect(mine.jobs[0]?.lastFailure).toMatchObject({ code: "internal", vendor: null });
    expect(mine.jobs[0]?.lastFailure?.message).not.toContain("undefined");
    expect((await agent.browser.fetch(`/v1/jobs/${others}`)).status).toBe(404);
  });

  test("are listed page by page, newest first, each once", async () => {
    const fresh = await newTenant();
    const { workspaceId } = fresh;
    const ids = await asSystem(async (tx) => {
      const made: JobId[] = [];
      for (let i = 0; i < 5; i++) {
        made.push(
          await tx.jobs.add({ workspaceId, kind: "numbers.sync", key: newId("job"), payload: { workspaceId } }),
        );
      }
      return made;
    });
    const seen: JobId[] = [];
    let cursor: string | null = null;
    do {
      const search = new URLSearchParams({ limit: "2", kind: "numbers.sync", ...(cursor !== null && { cursor }) });
      const page = JobList.parse(await (await fresh.call(`/v1/jobs?${search}`)).json());
      seen.push(...page.jobs.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    // The workspace's own first one, which asked for its numbers, comes last.
    expect(seen.slice(0, 5)).toEqual(ids.toReversed());
    expect(new Set(seen).size).toBe(seen.length);
    expect((await fresh.call("/v1/jobs?cursor=nonsense")).status).toBe(400);
  });

  test("are listed by their cause, and with or without those that somebody has dismissed", async () => {
    const fresh = await newTenant();
    const [dismissed, open, other] = [await addJob(null, fresh), await addJob(null, fresh), await addJob(null, fresh)];
    await bury(dismissed, "timeout");
    await bury(open, "timeout");
    await bury(other, "conflict");
    expect(await act("dismiss", { jobIds: [dismissed] }, fresh)).toBe(1);
    const listed = async (search: string) => {
      const answer = await fresh.call(`/v1/jobs?kind=numbers.sync&code=timeout${search}`);
      return JobList.parse(await answer.json()).jobs.map(({ id }) => id);
    };
    expect(await listed("")).toEqual([open, dismissed]);
    expect(await listed("&dismissed=false")).toEqual([open]);
    expect(await listed("&dismissed=true")).toEqual([dismissed]);
  });
});

describe("cancelling a job", () => {
  const cancel = (id: JobId, of: Member) => of.browser.json(`/v1/jobs/${id}/cancel`, "POST", {});

  test("ends one that waits at once, for who asked for it, and stands in the audit log", async () => {
    const id = await addJob(agent.userId);
    expect((await cancel(id, viewer)).status).toBe(403);
    const answer = await cancel(id, agent);
    expect(JobDetail.parse(await answer.json())).toMatchObject({ state: "cancelled", isCancelling: false });
    expect(await begin(id)).toBeNull();
    expect((await cancel(id, agent)).status).toBe(409);
    const log = AuditList.parse(await (await tenant.browser.fetch(`/v1/audit?objectId=${id}`)).json());
    expect(log.entries).toMatchObject([{ action: "job.cancelled", actor: { id: agent.userId } }]);
  });

  test("has one that runs end at its next step", async () => {
    const id = await addJob(agent.userId);
    const job = await begin(id);
    expect(JobDetail.parse(await (await cancel(id, agent)).json())).toMatchObject({
      state: "running",
      isCancelling: true,
    });
    if (job === null) throw new Error("It was due");
    expect(await asSystem((tx) => tx.jobs.look(job))).toBe("cancelling");
  });

  test("of somebody else's is for those who act on the whole system", async () => {
    const id = await addJob(newId("user"));
    expect((await cancel(id, agent)).status).toBe(404);
    expect((await tenant.call(`/v1/jobs/${id}/cancel`, { method: "POST", scope: "read" })).status).toBe(403);
    expect((await stranger.call(`/v1/jobs/${id}/cancel`, { method: "POST" })).status).toBe(404);
    expect((await tenant.call(`/v1/jobs/${id}/cancel`, { method: "POST" })).status).toBe(200);
  });
});

describe("dead jobs", () => {
  test("run again from their first attempt, and keep why they failed; those that are not dead are left alone", async () => {
    const [dead, waiting] = [await addJob(), await addJob()];
    await bury(dead);
    expect(await act("run-again", { jobIds: [dead, waiting] }, stranger)).toBe(0);
    expect(await act("run-again", { jobIds: [dead, waiting, newId("job")] })).toBe(1);
    expect(await read(dead)).toMatchObject({
      state: "queued",
      attempts: 0,
      finishedAt: null,
      failures: [{ attempt: 1 }],
    });
    expect(await begin(dead)).toMatchObject({ attempts: 1 });
  });

  test("run again by kind and cause", async () => {
    const [ofCause, ofAnother] = [await addJob(), await addJob()];
    await bury(ofCause, "timeout");
    await bury(ofAnother, "unprocessable");
    expect(await act("run-again", { kind: "numbers.sync", code: "timeout" })).toBe(1);
    expect([(await read(ofCause)).state, (await read(ofAnother)).state]).toEqual(["queued", "dead"]);
  });

  test("run again though one of them cannot, which is named and stays dead", async () => {
    const { workspaceId } = tenant;
    const anImport = (state: "failed" | "running") =>
      asSystem(async (tx) => {
        const id = newId("import");
        const wish = { workspaceId, kind: "import.take", key: newId("job"), payload: { importId: id } } as const;
        const jobId = await tx.jobs.add(wish);
        const createdAt = new Date();
        const told = { jobId, rowCount: null, reason: null, requestedBy: "key_x", createdAt, finishedAt: null };
        await tx.imports.add({ id, workspaceId, prefix: `imports/${workspaceId}/same/`, state, ...told });
        return jobId;
      });
    const [stopped, plain] = [await anImport("failed"), await addJob()];
    await anImport("running");
    await bury(stopped, "internal");
    await bury(plain);
    const pick = { jobIds: [stopped, plain] };
    const answer = await tenant.call("/v1/jobs/run-again", { method: "POST", json: pick });
    expect(answer.status).toBe(200);
    expect(JobsRunAgain.parse(await answer.json())).toEqual({
      changed: 1,
      refused: [{ jobId: stopped, reason: expect.stringContaining("is being taken over") }],
    });
    expect([(await read(stopped)).state, (await read(plain)).state]).toEqual(["dead", "queued"]);
  });

  test("run again by kind and cause without those that somebody has dismissed, which still do by their ids", async () => {
    const [dismissed, open] = [await addJob(), await addJob()];
    await bury(dismissed, "conflict");
    expect(await act("dismiss", { jobIds: [dismissed] })).toBe(1);
    await bury(open, "conflict");
    expect(await act("run-again", { kind: "numbers.sync", code: "conflict" })).toBe(1);
    expect([(await read(dismissed)).state, (await read(open)).state]).toEqual(["dead", "queued"]);
    expect(await act("run-again", { jobIds: [dismissed] })).toBe(1);
    expect(await read(dismissed)).toMatchObject({ state: "queued", isDismissed: false });
  });

  test("run again once though two people ask at the same moment", async () => {
    const ids = [await addJob(), await addJob(), await addJob()];
    for (const id of ids) await bury(id, "timeout");
    const pick = { kind: "numbers.sync", code: "timeout" };
    const counts = await Promise.all([act("run-again", pick), act("run-again", { jobIds: ids.toReversed() })]);
    expect(counts.reduce((sum, each) => sum + each)).toBe(ids.length);
    const messages = await readRows(({ db }) => db.select().from(outbox).where(eq(outbox.kind, "job")));
    for (const id of ids) {
      const ofJob = messages.filter(({ payload }) => JSON.stringify(payload).includes(id));
      // One for each wish: the first, and the one to run it again. Nothing is drained here.
      expect(ofJob).toHaveLength(2);
    }
  });

  test("are picked 500 at a time by their ids, and of no kind that there is not are any", async () => {
    const ids = Array.from({ length: 501 }, () => newId("job"));
    expect((await tenant.call("/v1/jobs/run-again", { method: "POST", json: { jobIds: ids } })).status).toBe(400);
    expect(await act("run-again", { jobIds: ids.slice(1) })).toBe(0);
    expect(await act("run-again", { kind: "nothing.of_that_kind" })).toBe(0);
    expect(await act("dismiss", { kind: "nothing.of_that_kind" })).toBe(0);
  });

  test("tell what they are for: a recording that could not be stored is being stored again", async () => {
    const failure = { code: "vendor_failed", message: "It is away.", at: new Date().toISOString(), canRetry: true };
    const call = await addCall(tenant, { recordingState: "failed" });
    const recording = await addRecording(call, { state: "failed", failure });
    const retried = await tenant.call(`/v1/recordings/${recording.id}/retry`, { method: "POST" });
    const { jobId } = RetryTaken.parse(await retried.json());
    await bury(jobId);
    await asSystem((tx) => tx.recordings.save({ ...recording, state: "failed", failure }));
    expect(await act("run-again", { jobIds: [jobId] })).toBe(1);
    const view = CallView.parse(await (await tenant.call(`/v1/calls/${call.id}`)).json());
    expect(view.recordings[0]).toMatchObject({ state: "storing", failure: null });
    expect(await read(jobId)).toMatchObject({ callId: call.id, callLabel: call.fromAddress });
  });

  test("can be left as they are, once", async () => {
    const id = await addJob();
    await bury(id, "too_large");
    expect(await act("dismiss", { kind: "numbers.sync", code: "too_large" })).toBe(1);
    expect(await act("dismiss", { jobIds: [id] })).toBe(0);
    expect(await read(id)).toMatchObject({ state: "dead", isDismissed: true });
  });
});

test("what begins slow work begins it once for one key, however often it is asked", async () => {
  const key = crypto.randomUUID();
  const ask = () => tenant.call("/v1/numbers/sync", { method: "POST", headers: { "idempotency-key": key } });
  const first = RetryTaken.parse(await (await ask()).json());
  const again = await ask();
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(RetryTaken.parse(await again.json())).toEqual(first);
});

test("what is to be gone for good is: nobody cancels the deletion of a purged call's files", async () => {
  const { id: callId } = await addCall(tenant);
  const jobId = await asSystem((tx) =>
    tx.jobs.add({
      workspaceId: tenant.workspaceId,
      kind: "call.purge_objects",
      key: newId("job"),
      payload: { callId },
    }),
  );
  expect((await tenant.call(`/v1/jobs/${jobId}/cancel`, { method: "POST" })).status).toBe(409);
  expect(await begin(jobId)).not.toBeNull();
  expect((await tenant.call(`/v1/jobs/${jobId}/cancel`, { method: "POST" })).status).toBe(409);
  expect(await read(jobId)).toMatchObject({ state: "running", isCancelling: false });
});

describe("dead jobs of no workspace", () => {
  const SAID = "RCPT TO was answered 451 <ana@visitor.example>: try again later";

  /** A mail of a workspace or of none that was given up, with the server's words that name whom it was to. */
  async function aDeadMail(workspaceId: WorkspaceId | null, code: string): Promise<{ jobId: JobId; mailId: MailId }> {
    const mail = { id: newId("mail"), workspaceId, kind: "sign_in", to: "ana@visitor.example", about: {} } as const;
    const { jobId } = await asSystem((tx) => tx.mails.add(mail));
    await asSystem(async (tx) => {
      const now = new Date();
      const job = await tx.jobs.lease(jobId, { now, leasedUntil: new Date(now.getTime() + 30_000) });
      if (job === null) throw new Error("It is not due.");
      const vendor = { vendor: "Mail", status: 451, requestId: null, answer: SAID };
      await tx.jobs.bury(job, { attempt: 1, code, message: SAID, at: now.toISOString(), vendor });
      await tx.mails.settle(mail.id, { state: "rejected", reason: SAID, at: now });
    });
    return { jobId, mailId: mail.id };
  }
  const textOf = async (path: string, of = tenant) => (await of.call(path)).text();

  test("are told to whoever looks after the system, in whatever workspace, without anybody's address", async () => {
    const code = newId("request");
    const { jobId: nobodys } = await aDeadMail(null, code);
    const { jobId: own } = await aDeadMail(tenant.workspaceId, code);
    const group = { kind: "mail.send", code };
    for (const [of, ids] of [
      [tenant, [own, nobodys]],
      [stranger, [nobodys]],
    ] as const) {
      const ops = OpsView.parse(JSON.parse(await textOf("/v1/ops", of)));
      const told = ops.deadGroups.filter((each) => each.code === code);
      expect(told).toMatchObject([{ ...group, count: ids.length }]);
      const list = await textOf(`/v1/jobs?state=dead&kind=mail.send&code=${code}`, of);
      expect(JobList.parse(JSON.parse(list)).jobs.map(({ id }) => id)).toEqual(ids);
    }
    expect(await textOf("/v1/ops", stranger)).not.toContain("ana@");
    expect(await textOf(`/v1/jobs?code=${code}`, stranger)).not.toContain("ana@");
    const detail = await textOf(`/v1/jobs/${nobodys}`);
    expect(detail).not.toContain("ana@");
    const vendor = { name: "Mail", status: 451, requestId: null, answer: null };
    const failure = { code, message: expect.stringContaining("only its row"), vendor };
    expect(JobDetail.parse(JSON.parse(detail))).toMatchObject({ lastFailure: failure, failures: [failure] });
    expect((await agent.browser.fetch(`/v1/jobs/${nobodys}`)).status).toBe(404);
    expect(await (await agent.browser.fetch(`/v1/jobs?code=${code}`)).text()).not.toContain(nobodys);
    expect(await act("dismiss", group)).toBe(2);
  });

  test("are listed page by page among the workspace's, newest first, each once", async () => {
    const code = newId("request");
    const ids: JobId[] = [];
    for (const of of [null, tenant.workspaceId, tenant.workspaceId, null, null]) {
      ids.push((await aDeadMail(of, code)).jobId);
    }
    const seen: JobId[] = [];
    let cursor: string | null = null;
    do {
      const search = new URLSearchParams({ limit: "2", code, ...(cursor !== null && { cursor }) });
      const page = JobList.parse(JSON.parse(await textOf(`/v1/jobs?${search}`)));
      seen.push(...page.jobs.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids.toReversed());
    expect(await act("dismiss", { kind: "mail.send", code })).toBe(5);
  });

  test("run again and are dismissed by any of those; what is another workspace's is neither told nor touched", async () => {
    const code = newId("request");
    const { jobId: nobodys, mailId } = await aDeadMail(null, code);
    const { jobId: foreign } = await aDeadMail(stranger.workspaceId, code);
    const pick = { kind: "mail.send", code };
    expect(await textOf(`/v1/jobs?code=${code}`)).not.toContain(foreign);
    expect((await tenant.call(`/v1/jobs/${foreign}`)).status).toBe(404);
    expect(await act("run-again", { jobIds: [foreign] })).toBe(0);
    expect(await act("dismiss", { jobIds: [foreign] })).toBe(0);
    expect(await act("run-again", pick)).toBe(1);
    // What is no longer dead is nobody's to see.
    expect((await tenant.call(`/v1/jobs/${nobodys}`)).status).toBe(404);
    expect(await begin(nobodys)).toMatchObject({ attempts: 1, workspaceId: null });
    expect(await asSystem((tx) => tx.mails.find(mailId))).toMatchObject({ state: "queued" });
    const { jobId: next } = await aDeadMail(null, code);
    expect(await act("dismiss", pick)).toBe(1);
    expect(await act("dismiss", pick)).toBe(0);
    const theirs = JobDetail.parse(JSON.parse(await textOf(`/v1/jobs/${foreign}`, stranger)));
    expect(theirs).toMatchObject({ state: "dead", isDismissed: false, lastFailure: { message: SAID } });
    for (const [id, action] of [
      [nobodys, "job.run_again"],
      [next, "job.dismissed"],
    ]) {
      const log = AuditList.parse(await (await tenant.browser.fetch(`/v1/audit?objectId=${id}`)).json());
      expect(log.entries).toMatchObject([{ action, actor: { kind: "apiKey" }, details: { jobIds: [id] } }]);
    }
  });
});

describe("messages that queues gave up", () => {
  const keep = (queue: string, reason: string) =>
    asSystem(async (tx) => {
      const id = newId("request");
      await tx.deadLetters.keep({ id, queue, body: { room: "r", upTo: 1 }, reason });
      return id;
    });
  const entriesOf = async (messageId = "") => {
    const log = AuditList.parse(await (await tenant.browser.fetch(`/v1/audit?objectId=${messageId}`)).json());
    return log.entries;
  };
  const ask = async (verb: string, pick: object) => {
    const response = await tenant.browser.json(`/v1/dead-messages/${verb}`, "POST", pick);
    expect(response.status).toBe(200);
    return response.json();
  };
  const dealtWith = async (...ids: string[]) => {
    const rows = await readRows(({ db }) => db.select().from(deadLetters).where(inArray(deadLetters.id, ids)));
    const fates = rows.map(({ id, sentAgainAt, dismissedAt }) => [
      id,
      sentAgainAt !== null ? "sent" : dismissedAt !== null ? "dismissed" : "open",
    ]);
    return Object.fromEntries(fates);
  };

  test("are sent again once, or left as they are, by their ids", async () => {
    const [one, another, unreadable] = [
      await keep("earwitness-facts", "Away"),
      await keep("earwitness-facts", "Away"),
      await keep("earwitness-jobs-dead", "Away"),
    ];
    const messageIds = [one, unreadable, newId("request")];
    const sent = { changed: 1, refused: [{ messageId: unreadable, reason: "Nothing could read it." }] };
    expect(await ask("send-again", { messageIds })).toEqual(sent);
    expect(await ask("send-again", { messageIds: [one] })).toEqual({ changed: 0, refused: [] });
    expect(await ask("dismiss", { messageIds: [one, another] })).toEqual({ changed: 1 });
    expect(await dealtWith(one, another, unreadable)).toEqual({
      [one]: "sent",
      [another]: "dismissed",
      [unreadable]: "open",
    });
    // Whoever thinks better of it can send it all the same.
    expect(await ask("send-again", { messageIds: [another] })).toMatchObject({ changed: 1 });
  });

  test("stand in the audit log by the ids of those that were dealt with, and with each queue that they were on", async () => {
    const [fact, notice] = [await keep("earwitness-facts", "Away"), await keep("earwitness-notices", "Away")];
    const sent = [await keep("earwitness-facts", "Away"), await keep("earwitness-notices", "Away")];
    expect(await ask("dismiss", { messageIds: [newId("request"), fact, notice] })).toEqual({ changed: 2 });
    const entries = [...(await entriesOf(fact)), ...(await entriesOf(notice))];
    expect(entries).toMatchObject([{ action: "job.dismissed", details: { count: 2 } }]);
    expect(entries[0]?.details.messageIds).toEqual(expect.arrayContaining([fact, notice]));
    expect(await ask("send-again", { messageIds: sent })).toMatchObject({ changed: 2 });
    const queues = ["earwitness-facts", "earwitness-notices"];
    expect(await entriesOf(sent[0])).toMatchObject([
      { action: "job.run_again", details: { queues, messageIds: sent } },
    ]);
  });

  test("are dealt with as far as they had come when somebody looked", async () => {
    const queue = `earwitness-${newId("request")}`;
    const seen = await keep(queue, "Away");
    const [{ at } = { at: new Date(0) }] = await readRows(({ db }) =>
      db.select({ at: deadLetters.at }).from(deadLetters).where(eq(deadLetters.id, seen)),
    );
    await new Promise((done) => setTimeout(done, 5));
    const later = await keep(queue, "Away");
    const pick = { queue, reason: "Away", until: at.toISOString() };
    expect(await ask("send-again", pick)).toMatchObject({ changed: 1 });
    expect(await ask("dismiss", pick)).toEqual({ changed: 0 });
    expect(await dealtWith(seen, later)).toEqual({ [seen]: "sent", [later]: "open" });
  });

  test("are dealt with together by queue and reason, and no others", async () => {
    const queue = `earwitness-${newId("request")}`;
    const [first, second, other] = [await keep(queue, "Away"), await keep(queue, "Away"), await keep(queue, "Unread")];
    expect(await ask("dismiss", { messageIds: [second] })).toEqual({ changed: 1 });
    expect(await ask("send-again", { queue, reason: "Away" })).toMatchObject({ changed: 1 });
    expect(await dealtWith(first, second, other)).toEqual({ [first]: "sent", [second]: "dismissed", [other]: "open" });
    expect(await ask("dismiss", { queue, reason: "Unread" })).toEqual({ changed: 1 });
    expect(await dealtWith(other)).toEqual({ [other]: "dismissed" });
    expect((await tenant.browser.json("/v1/dead-messages/dismiss", "POST", { queue })).status).toBe(400);
  });
});
