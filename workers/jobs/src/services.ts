import {
  armingOutbox,
  type CallRoomDoor,
  type Context,
  drainOutbox,
  type JobHandlers,
  type OutboxDoors,
  type SystemActor,
  systemClock,
  type VendorGate,
} from "@earwitness/core";
import { type Database, exportSource } from "@earwitness/db";
import { connect } from "@earwitness/db/worker";
import { newId } from "@earwitness/shared";
import { errorFields, type Logger, workerLogger } from "@earwitness/shared/log";
import { runCronByHand } from "./crons/index.ts";
import { envOf } from "./env.ts";
import { fontShelf } from "./fonts/font-shelf.ts";
import { jobHandlers } from "./handlers/index.ts";
import { outboxDoors } from "./outbox-doors.ts";
import { vendorGate } from "./vendor-gate.ts";
import { vendorPorts } from "./vendor-ports.ts";

type RoomDoor = Pick<CallRoomDoor, "deliver" | "factsAfter" | "confirm" | "observe">;

/** What one invocation may use. Made for each, because a connection to the database belongs to one. */
export interface Services {
  readonly ctx: Context<SystemActor>;
  readonly log: Logger;
  readonly database: Database;
  readonly handlers: JobHandlers;
  readonly gate: VendorGate;
  /** Where the outbox's effects go. */
  readonly doors: OutboxDoors;
  readonly ports: ReturnType<typeof vendorPorts>;
  readonly storage: R2Bucket;
  /** The room of a name. */
  rooms(name: string): RoomDoor;
  /**
   * Lets out the effects that were committed until now. Asked again while it runs, it goes round once more; it never throws,
   * because the sweep finds what it leaves.
   */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const armed = armingOutbox(Date.now);

/**
 * `reason` is what the invocation is for, in the log. Its commits arm the outbox's alarm, unless it is the alarm's own: that would
 * ring for ever.
 */
export function createServices(rawEnv: object, reason: string, { arms = true } = {}): Services {
  const env = envOf(rawEnv);
  const log = workerLogger("jobs");
  const database = connect(env.HYPERDRIVE.connectionString);
  const actor = { kind: "system", reason } as const;
  const unitOfWork = database.unitOfWork(actor);
  const arm = () => {
    const arming = env.OUTBOX_ALARM.getByName("outbox").arm();
    arming.catch((error: unknown) => log.warn("The outbox's alarm was not armed", errorFields(error)));
  };
  const ctx = {
    actor,
    clock: systemClock,
    random: Math.random,
    newId,
    log,
    unitOfWork: arms ? armed(unitOfWork, arm) : unitOfWork,
  };
  const doors = outboxDoors(env);
  const ports = vendorPorts(env);
  const services: Services = {
    ctx,
    log,
    database,
    handlers: jobHandlers({ ...ports, exportSource: exportSource(database), fonts: fontShelf }, (name, requestedBy) =>
      runCronByHand(services, name, requestedBy),
    ),
    gate: vendorGate(env),
    doors,
    ports,
    storage: env.RECORDINGS,
    rooms: (name) => env.CALL_ROOM.getByName(name),
    drain: drainer(ctx, doors, log),
    close: () => database.close(),
  };
  return services;
}

function drainer(ctx: Context<SystemActor>, doors: OutboxDoors, log: Logger): () => Promise<void> {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const run = async () => {
    try {
      while (isAskedAgain) {
        isAskedAgain = false;
        await drainOutbox(ctx, doors);
      }
    } catch (error) {
      log.warn("The outbox was not drained", errorFields(error));
    } finally {
      // In the same breath as the last look at `isAskedAgain`: whoever asks from now on begins a new round.
      running = undefined;
    }
  };
  return () => {
    isAskedAgain = true;
    running ??= run();
    return running;
  };
}
