import {
  type Context,
  cancelJob,
  drainOutbox,
  type OutboxDoors,
  projectRoom,
  type RoutingSnapshot,
  reconcile,
  runJob,
  runJobsAgain,
  type SystemActor,
  sweepJobs,
} from "@earwitness/core";
import { hasCode, idFromUuid, isId, type JobId, newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { aNumber } from "@earwitness/testing/records";
import { userOf } from "../support/factories.ts";
import { openGate } from "../support/gates.ts";
import type { movableClock } from "../support/use-database.ts";
import type { useTimedDatabase } from "../support/use-timed-database.ts";
import { neverSent, readJobs } from "./books.ts";
import { alive, type Death, mortal, QueueShut } from "./death.ts";
import { isForgotten, type JobRow, wrongCancel, wrongRunAgain, wrongStep } from "./reference.ts";
import { type Notice, RoomDriver } from "./room-driver.ts";
import { type VendorMood, Vendors } from "./vendors.ts";

/** Something on its way: it may come at any time, more than once, or never. */
export type Message =
  | { readonly kind: "notice"; readonly room: RoomDriver; readonly notice: Notice }
  | { readonly kind: "facts"; readonly room: RoomDriver }
  | { readonly kind: "job"; readonly id: JobId };

type Clock = ReturnType<typeof movableClock>;
type Rows = ReturnType<typeof useTimedDatabase>;

const SYSTEM = { kind: "system", reason: "model" } as const;

/** In an order in which none is referred to any more. */
const EMPTIED = [
  ...["outbox", "jobs", "job_failures", "transcripts", "recordings", "call_legs", "call_members"],
  ...["call_facts", "inbound_notices", "unrouted_calls", "room_cursors", "calls"],
];

/** What the steps act upon: the real verbs over a real Postgres, with an unreliable way between them. */
export class World {
  readonly messages: Message[] = [];
  readonly rooms: RoomDriver[] = [];
  readonly vendors = new Vendors();
  /** What of a promise was broken, in the order in which it was seen. */
  readonly broken: string[] = [];
  /** Pieces of work that were wished for, with the job that each is. */
  readonly asked = new Map<string, JobId>();
  isQueueShut = false;
  readonly workspaceId: WorkspaceId;
  readonly #rows: Rows;
  readonly #clock: Clock;
  readonly #settings: RoutingSnapshot;
  /** Attempts that wait for a vendor, with what the row said of them. */
  readonly #stalled: { readonly job: JobRow | undefined; readonly end: Promise<void> }[] = [];

  private constructor(rows: Rows, clock: Clock, settings: RoutingSnapshot) {
    this.#rows = rows;
    this.#clock = clock;
    this.#settings = settings;
    this.workspaceId = settings.workspaceId;
  }

  /** A world in a workspace of its own; what an earlier one left undone is gone. */
  static async make(rows: Rows, clock: Clock): Promise<World> {
    for (const table of EMPTIED) await rows.rows(`delete from ${table}`);
    const workspaceId = newId("workspace");
    const number = aNumber(workspaceId, { liveCaptions: false });
    await rows.contextOf(SYSTEM).unitOfWork(async (tx) => {
      await tx.workspaces.add({ id: workspaceId, name: "Model" });
      await tx.numbers.claim(number);
    });
    const { id: numberId, e164, announcement } = number;
    const rules = { recordInbound: true, recordOutbound: true, language: null, keyTerms: [], liveCaptions: false };
    return new World(rows, clock, { v: 1, version: 1, workspaceId, numberId, e164, announcement, ...rules });
  }

  get now(): number {
    return this.#clock.now().getTime();
  }

  ring(): void {
    const room = new RoomDriver(this.#settings, this.#clock.now);
    this.rooms.push(room);
    this.#send(room, room.ring());
  }

  /** A call to its end without anything going wrong, so that there is work. */
  async wholeCall(): Promise<void> {
    const room = new RoomDriver(this.#settings, this.#clock.now);
    this.rooms.push(room);
    for (const notice of room.ring()) room.deliver(notice);
    while (room.hasOpenCommands) for (const notice of room.settleCommand()) room.deliver(notice);
    for (const notice of room.hangUp()) room.deliver(notice);
    await projectRoom(this.#context(null), room, room.name);
  }

  settleCommand(room: RoomDriver): void {
    this.#send(room, room.settleCommand());
    this.#announce(room);
  }

  callerHangsUp(room: RoomDriver): void {
    this.#send(room, room.hangUp());
  }

  personHangsUp(room: RoomDriver): void {
    room.happen({ type: "hang_up", by: "usr_someone" });
    this.#announce(room);
  }

  /** The transcriber tells the room of the call that it has come to an end; perhaps not for the first time. */
  reportTranscription({ id, callbackUrl }: Vendors["submissions"][number]): void {
    const { searchParams } = new URL(callbackUrl);
    const [name, recordingId] = [searchParams.get("room"), searchParams.get("recording") ?? ""];
    const room = this.rooms.find((each) => each.name === name);
    if (room === undefined || !isId("recording", recordingId)) throw new Error("The callback is of no call");
    const told = { recordingId, vendorTranscriptionId: id, status: "completed" as const };
    this.#send(room, [{ eventId: id, event: { type: "transcription_reported", ...told } }]);
  }

  /** Wishes for a piece of work by name: the same name is the same job. */
  async ask(name: string): Promise<void> {
    const { workspaceId } = this;
    const key = `${workspaceId}/${name}`;
    const id = await this.#context(null).unitOfWork((tx) =>
      tx.jobs.add({ workspaceId, kind: "numbers.sync", key, payload: { workspaceId } }),
    );
    if ((this.asked.get(name) ?? id) !== id) this.broken.push(`what was asked for as ${name} is two jobs`);
    this.asked.set(name, id);
  }

  async cancel(name: string): Promise<void> {
    const id = this.asked.get(name);
    if (id === undefined) return;
    const look = async () => (await readJobs(this.#rows)).get(uuidOf(id));
    const before = await look();
    const isRefused = await cancelJob(this.#rows.contextOf(userOf(this.workspaceId)), id).then(
      () => false,
      (error: unknown) => {
        if (hasCode(error, "conflict")) return true;
        throw error;
      },
    );
    const wrong = before === undefined ? "is gone" : wrongCancel(before, await look(), isRefused);
    if (wrong !== null) this.broken.push(`the job ${name} ${wrong}`);
  }

  /** A person has all that is dead run again. */
  async runAgain(): Promise<void> {
    const before = await readJobs(this.#rows);
    const dead = [...before.values()].filter(({ state }) => state === "dead");
    if (dead.length === 0) return;
    // What fails now has failed at another time.
    this.#clock.forward(1);
    const jobIds = dead.map(({ uuid }) => idFromUuid("job", uuid));
    await runJobsAgain(this.#rows.contextOf(userOf(this.workspaceId)), this.#rows.contextOf(SYSTEM), { jobIds });
    const after = await readJobs(this.#rows);
    for (const [uuid, job] of before) {
      const wrong = wrongRunAgain(job, after.get(uuid), this.now);
      if (wrong !== null) this.broken.push(`the job ${job.key} ${wrong}`);
    }
  }

  forward(ms: number): void {
    this.#clock.forward(ms);
    for (const room of this.rooms) {
      room.tick();
      this.#announce(room);
    }
  }

  /** Takes a message in as whoever consumes it does. */
  async receive(message: Message, death: Death, mood: VendorMood): Promise<void> {
    if (message.kind === "notice") {
      message.room.deliver(message.notice);
      this.#announce(message.room);
    } else if (message.kind === "facts") {
      await alive(projectRoom(this.#context(death), message.room, message.room.name));
    } else {
      await this.#run(message.id, 1, death, mood);
    }
  }

  /** Two take the same job at the same moment. */
  receiveTwice(id: JobId): Promise<void> {
    return this.#run(id, 2, null, "answers");
  }

  /** A message comes once more that came long ago, for any job that there is. */
  async receiveAgain(which: number, death: Death, mood: VendorMood): Promise<void> {
    const uuids = [...(await readJobs(this.#rows)).keys()].toSorted();
    const uuid = uuids[which % Math.max(1, uuids.length)];
    if (uuid !== undefined) await this.#run(idFromUuid("job", uuid), 1, death, mood);
  }

  async #run(id: JobId, runners: number, death: Death, mood: VendorMood): Promise<void> {
    const before = await readJobs(this.#rows);
    this.vendors.mood = mood;
    const stall = this.vendors.nextStall();
    const handlers = this.vendors.handlers(this.rooms);
    const runs = Array.from({ length: runners }, async () => {
      const outcome = await alive(runJob(this.#context(death), { handlers, gate: openGate }, id));
      // What goes on, or is tried again, gets a message of its own.
      if (outcome?.kind === "again") this.messages.push({ kind: "job", id });
    });
    const all = Promise.all(runs).then(() => "ended" as const);
    const isStalled = (await Promise.race([all, stall])) === "stalled";
    this.vendors.mood = "answers";
    const after = await readJobs(this.#rows);
    if (isStalled) this.#stalled.push({ job: after.get(uuidOf(id)), end: all.then(() => {}) });
    for (const [uuid, job] of before) {
      const then = after.get(uuid);
      const may = { mayDie: death !== null, mayRefuse: mood === "refuses" };
      const wrong =
        uuid === uuidOf(id)
          ? wrongStep(job, then, this.now, may)
          : wrongStep(job, then, -1, { mayDie: true, mayRefuse: false });
      if (wrong !== null) this.broken.push(`the job ${job.key} ${wrong}`);
    }
  }

  /** Lets what stalled go on, however late. What becomes of a job is not its to say once another has taken it, or it is over. */
  async release(fails: boolean): Promise<boolean> {
    if (!this.vendors.release(fails)) return false;
    const before = await readJobs(this.#rows);
    const late = this.#stalled.shift();
    await late?.end;
    const after = await readJobs(this.#rows);
    for (const [uuid, job] of before) {
      const isItsOwn = uuid === late?.job?.uuid && job.state === "running" && isSameAttempt(job, late.job);
      const then = after.get(uuid);
      const isUntouched = then?.state === job.state && isSameAttempt(then, job);
      if (!isItsOwn && !isUntouched) this.broken.push(`the job ${job.key} was changed by somebody who came late`);
    }
    return true;
  }

  async drain(death: Death): Promise<void> {
    await alive(drainOutbox(this.#context(death), this.#doors()));
    for (const key of await neverSent(this.#rows)) this.broken.push(`nobody sends for the job ${key}`);
  }

  /** Sends for what is forgotten: what the reference says is, and nothing else. */
  async sweep(): Promise<void> {
    const before = [...(await readJobs(this.#rows)).values()];
    const sent: string[] = [];
    const { jobQueue } = this.#doors();
    const heard = await alive(
      sweepJobs(this.#context(null), {
        async send(queue, ids) {
          await jobQueue.send(queue, ids);
          sent.push(...ids.map(uuidOf));
        },
      }),
    );
    if (heard === null) return;
    const expected = before.filter((job) => isForgotten(job, this.now)).map(({ uuid }) => uuid);
    for (const uuid of expected) if (!sent.includes(uuid)) this.broken.push(`the sweep missed the job ${uuid}`);
    for (const uuid of sent) if (!expected.includes(uuid)) this.broken.push(`the sweep sent for the job ${uuid}`);
  }

  /** Asks vendors for what was lost, as if each run of it were due. */
  async reconcile(): Promise<void> {
    const roomOf = (name: string) => {
      const room = this.rooms.find((each) => each.name === name);
      if (room === undefined) throw new Error(`No room ${name}`);
      return room;
    };
    const records = this.vendors.carrierRecords(this.rooms);
    const rooms = (name: string): ReturnType<Parameters<typeof reconcile>[1]["rooms"]> => ({
      observe: async (observation) => roomOf(name).happen({ type: "observed", observation }),
      deliver: async (notice) => {
        roomOf(name).deliverFound(notice);
        return { kept: true };
      },
    });
    await reconcile(this.#context(null), { records, rooms }, this.#clock.now());
    for (const room of this.rooms) this.#announce(room);
  }

  #send(room: RoomDriver, notices: readonly Notice[]): void {
    this.messages.push(...notices.map((notice) => ({ kind: "notice" as const, room, notice })));
  }

  /** As rooms do it: by a hint that may get lost, and is given again as long as the facts are not confirmed. */
  #announce(room: RoomDriver): void {
    const isOnItsWay = this.messages.some((message) => message.kind === "facts" && message.room === room);
    if (room.facts.length > room.confirmed && !isOnItsWay) this.messages.push({ kind: "facts", room });
  }

  #doors(): OutboxDoors {
    return {
      jobQueue: {
        send: async (_queue, ids) => {
          if (this.isQueueShut) throw new QueueShut();
          this.messages.push(...ids.map((id) => ({ kind: "job" as const, id })));
        },
      },
      live: { publish: async () => {}, closeSession: async () => {}, renewSession: async () => {} },
      routing: { put: async () => {} },
    };
  }

  #context(death: Death): Context<SystemActor> {
    return mortal(this.#rows.contextOf(SYSTEM), death);
  }
}

/** A job that is run again counts its attempts anew: they are told apart by when they began. */
function isSameAttempt(one: JobRow, other: JobRow): boolean {
  return one.attempts === other.attempts && one.startedAt === other.startedAt;
}
