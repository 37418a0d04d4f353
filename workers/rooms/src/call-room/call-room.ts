import { DurableObject } from "cloudflare:workers";
import {
  type Call,
  type CallEvent,
  type CallFact,
  type CallRoomDoor,
  callOf,
  type Decision,
  deadlineOf,
  type FactPage,
  isSettled,
  Observation,
  PlaceCallCommand,
  SteerCommand,
  steerAnswer,
} from "@earwitness/core";
import { EarwitnessError, notFound, type RawNotice } from "@earwitness/shared";
import { errorFields, type LogContext, withLogContext, workerLogger } from "@earwitness/shared/log";
import { roomServices } from "../services.ts";
import { Announcer } from "./announcer.ts";
import { Drain } from "./drain.ts";
import { type Entry, Journal } from "./journal.ts";
import { LiveMoment } from "./live-moment.ts";
import { keptNotice, repeatedNotice } from "./notice-facts.ts";
import { OpenCommands } from "./open-commands.ts";
import { type Pace, paceOf } from "./pace.ts";
import { isUnderstood, readNotice } from "./read-notice.ts";
import { withoutPausedKeys } from "./redact-notice.ts";
import { RoomAlarm } from "./room-alarm.ts";
import { Watchers } from "./watchers.ts";

const log = workerLogger("rooms");

/**
 * How long a settled room keeps its rows after the last event. The carrier repeats a notice for a minute and its records
 * are searched for lost ones for a day: until then a repeat meets its first copy.
 */
const QUIET_MS = 24 * 3_600_000;
/** A command on its way is answered within its time limit; if this instance dies meanwhile, the alarm sends it again. */
const ON_ITS_WAY_MS = 6000;

/**
 * One call's room: the only place that decides about the call. What happens is written, decided and committed in one
 * synchronous step; only then are commands sent and facts announced. All of that is done again by alarm until it is done,
 * so that a reset at any moment loses nothing.
 */
export class CallRoom extends DurableObject<object> implements CallRoomDoor {
  readonly #journal: Journal;
  readonly #commands = new OpenCommands();
  readonly #announcer: Announcer;
  readonly #drain: Drain;
  readonly #live: LiveMoment;
  readonly #watchers: Watchers;
  readonly #room: string;
  readonly #alarm: RoomAlarm;

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env);
    const services = roomServices(env);
    this.#room = nameOf(ctx);
    this.#alarm = new RoomAlarm(ctx.storage);
    const journal = new Journal(ctx.storage, this.#commands, log);
    this.#journal = journal;
    const lastFact = () => journal.lastFact;
    const lastWrittenMs = () => journal.lastAtMs;
    const announcing = { services, log, room: this.#room, lastFact, lastWrittenMs };
    this.#announcer = new Announcer(announcing, journal.settledFact);
    this.#drain = new Drain({
      commands: this.#commands,
      services,
      log,
      settle: (event) => {
        this.#happen(event);
      },
    });
    const tell = (facts: CallFact[], pace: Pace) => {
      this.#write({ event: null, facts: () => facts }, pace);
    };
    this.#watchers = new Watchers({
      ctx,
      log,
      secret: services.liveSecret,
      callIdFor: ({ workspaceId }) => {
        const call = callOf(journal.state);
        return call?.workspaceId === workspaceId ? call.callId : null;
      },
      snapshot: () => this.#live.snapshot(),
      admit: (watcher) => services.admitWatcher(this.#room, watcher),
      onListen: ({ actorId }) => {
        tell(
          [{ type: "call.steered", at: new Date().toISOString(), by: actorId, action: "listen", detail: null }],
          "burst",
        );
      },
    });
    this.#live = new LiveMoment({
      journal,
      sql: ctx.storage.sql,
      services,
      log,
      watchers: this.#watchers,
      happen: (event) => {
        this.#happen(event);
      },
      tell,
      withinCall: (act) => withLogContext(this.#logContext(), act),
      roomCounts: () => ({ journalRows: journal.rowsWritten, alarmsSet: this.#alarm.timesSet }),
    });
    // Sockets do not outlive an instance: what was open is not, and what was ending goes on.
    if (!this.#live.isOver) void this.#watch();
  }

  /**
   * Takes sockets that other workers hand on: `/media?key=<the stream's>`, the carrier's, and `/watch`, a browser's, with the
   * watcher's header where the API knows who it is.
   */
  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") return new Response(null, { status: 426 });
    return withLogContext(this.#logContext(), async () => {
      if (pathname === "/media") return this.#live.accept(searchParams.get("key"));
      if (pathname === "/watch") return this.#watchers.accept(request);
      return new Response(null, { status: 404 });
    });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    await withLogContext(this.#logContext(), () => this.#watchers.onMessage(socket, message));
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    this.#watchers.onClose(socket);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    this.#watchers.onClose(socket);
  }

  async deliver(delivered: RawNotice): Promise<{ kept: boolean }> {
    return withLogContext(this.#logContext(), () => {
      const notice = withoutPausedKeys(delivered, this.#journal.state, this.#journal.carrierClock);
      const eventId = `${notice.vendor}:${notice.eventId}`;
      const heard = this.#journal.heard(eventId);
      const event = heard === "understood" ? null : readNotice(notice);
      // One that only a version before this one did not understand is as new as one that never came.
      const isKnown = heard === "understood" || (heard === "kept" && !isUnderstood(event));
      const entry = isKnown ? repeatedNotice(notice) : { ...keptNotice(notice, event), eventId };
      this.#write(entry);
      return { kept: !isKnown };
    });
  }

  async placeCall(asked: PlaceCallCommand) {
    const command = PlaceCallCommand.parse(asked);
    return withLogContext(this.#logContext(), () => {
      const call = callOf(this.#journal.state);
      if (call !== null && call.callId !== command.callId) {
        throw new EarwitnessError("conflict", "This room holds another call.", { retryable: false });
      }
      if (call === null) this.#happen({ type: "place_call", command });
      return { callId: command.callId, effect: call === null ? ("begun" as const) : ("already" as const) };
    });
  }

  async hangUp(input: { by: string; workspaceId: string }) {
    return withLogContext(this.#logContext(), () => {
      const call = this.#callFor(input.workspaceId);
      if (this.#journal.state.phase === "ended") {
        throw new EarwitnessError("conflict", "The call has ended already.", { retryable: false });
      }
      const { isApplied } = this.#happen({ type: "hang_up", by: input.by });
      return { callId: call.callId, effect: isApplied ? ("begun" as const) : ("already" as const) };
    });
  }

  async steer(asked: SteerCommand): ReturnType<CallRoomDoor["steer"]> {
    const command = SteerCommand.parse(asked);
    return withLogContext(this.#logContext(), () => {
      const { callId } = this.#callFor(command.workspaceId);
      const known = steerAnswer(this.#journal.state, command);
      if (known !== null) return { callId, ...known };
      const answer = steerAnswer(this.#happen({ type: "steer", command }).state, command);
      if (answer === null) throw new Error("A wish was decided upon, and not answered.");
      return { callId, ...answer };
    });
  }

  async closeSession(sessionId: string): Promise<void> {
    this.#watchers.closeSession(sessionId);
  }

  async renewSession(sessionId: string): Promise<void> {
    this.#watchers.renewSession(sessionId);
  }

  async observe(observation: Observation): Promise<void> {
    const observed = Observation.parse(observation);
    withLogContext(this.#logContext(), () => this.#happen({ type: "observed", observation: observed }));
  }

  async factsAfter(after: number): Promise<FactPage> {
    return { callId: callOf(this.#journal.state)?.callId ?? null, ...this.#journal.factsAfter(after) };
  }

  async confirm(n: number): Promise<void> {
    this.#announcer.confirm(n);
    this.#armAlarm();
  }

  override async alarm(): Promise<void> {
    await withLogContext(this.#logContext(), async () => {
      this.#alarm.forget();
      try {
        this.#passDeadline();
        await Promise.all([this.#drain.run(), this.#announcer.repeat(Date.now()), this.#live.watch()]);
        this.#emptyWhenQuiet();
      } catch (error) {
        // A thrown alarm is tried six times and then dropped: this one must never be.
        log.error("The room's alarm failed; it goes off again.", errorFields(error));
      } finally {
        this.#armAlarm();
      }
    });
  }

  /** The call as one of its workspace may command it. Another's call looks like none. */
  #callFor(workspaceId: string): Call {
    const call = callOf(this.#journal.state);
    const isOthers = call !== null && call.workspaceId !== null && call.workspaceId !== workspaceId;
    if (call === null || isOthers) throw notFound("The call");
    return call;
  }

  #happen(event: CallEvent): Decision {
    return this.#write({ event });
  }

  /** Writes an entry, and begins what its decision asks for without keeping its event waiting. */
  #write(entry: Entry, pace?: Pace): Decision {
    const decision = this.#journal.write(entry, new Date());
    void this.#announcer.run(pace ?? paceOf(decision));
    if (entry.event !== null) this.#live.follow();
    void this.#drain.run().then(() => this.#armAlarm());
    this.#armAlarm();
    return decision;
  }

  async #watch(): Promise<void> {
    try {
      await withLogContext(this.#logContext(), () => this.#live.watch());
    } catch (error) {
      log.error("The room could not look after its call; it will by alarm.", errorFields(error));
    }
    this.#armAlarm();
  }

  #passDeadline(): void {
    const deadline = deadlineOf(this.#journal.state);
    if (deadline === null || Date.parse(deadline.at) > Date.now()) return;
    // A stream that is asked for again is how streams are kept; anything else did not come that should have.
    if (deadline.name !== "stream_due") log.warn("A deadline of the call has passed.", { deadline: deadline.name });
    this.#happen({ type: "deadline_passed", name: deadline.name });
  }

  #emptyWhenQuiet(): void {
    const quietAtMs = this.#quietAtMs();
    if (quietAtMs === null || quietAtMs > Date.now()) return;
    this.#live.empty();
    this.#journal.empty();
    log.info("The room was emptied.");
  }

  /** When the room may be emptied; null while anything is awaited of it, or when it is empty. */
  #quietAtMs(): number | null {
    const { state, lastAtMs } = this.#journal;
    if (lastAtMs === null || !isSettled(state) || !this.#live.isOver || !this.#announcer.isConfirmed) return null;
    return lastAtMs + QUIET_MS;
  }

  #armAlarm(): void {
    const nowMs = Date.now();
    const deadline = deadlineOf(this.#journal.state);
    const commandAtMs = this.#commands.nextDueAtMs();
    this.#alarm.arm([
      commandAtMs !== null && this.#drain.isRunning ? Math.max(commandAtMs, nowMs + ON_ITS_WAY_MS) : commandAtMs,
      this.#announcer.dueAtMs(nowMs),
      deadline === null ? null : Date.parse(deadline.at),
      this.#live.dueAtMs(nowMs),
      this.#quietAtMs(),
    ]);
  }

  #logContext(): LogContext {
    const call = callOf(this.#journal.state);
    return {
      room: this.#room,
      ...(call === null ? {} : { callId: call.callId }),
      ...(call?.workspaceId ? { workspaceId: call.workspaceId } : {}),
    };
  }
}

/** Objects know their name, in an alarm too, if they were reached by it; without one nobody could find this room's facts. */
function nameOf(ctx: DurableObjectState): string {
  if (ctx.id.name === undefined) throw new Error("A call's room is reached by its name.");
  return ctx.id.name;
}
