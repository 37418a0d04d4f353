import {
  type Actor,
  armingOutbox,
  type CallRooms,
  type CarrierRecords,
  type CheckPorts,
  type ClosedSession,
  type Context,
  type RequestOrigin,
  systemClock,
  type Transcriber,
} from "@earwitness/core";
import type { Database } from "@earwitness/db";
import { connect } from "@earwitness/db/worker";
import { createR2Store, newSha256 } from "@earwitness/providers/blob-store";
import { createTelnyxRecords } from "@earwitness/providers/telephony";
import { createAssemblyAi } from "@earwitness/providers/transcriber";
import { newId } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import type { Env } from "./env.ts";
import { callRooms } from "./rooms.ts";

/** What a request may use. Made for each request, because a connection to the database belongs to one. */
export interface Services {
  readonly env: Env;
  readonly log: Logger;
  readonly database: Database;
  /** The same, for a body that is still being sent when the request is over: whoever opens it closes it. */
  openDatabase(): Database;
  readonly rooms: CallRooms;
  /** Where the request came from. */
  readonly origin: RequestOrigin;
  readonly carrier: CarrierRecords;
  readonly transcriber: Transcriber;
  /** Where files are put, looked at and kept. */
  readonly files: CheckPorts;
  /** `Set-Cookie` lines by their cookie's name, settled on the way to the answer, which carries them whatever it is. */
  readonly cookies: Map<string, string>;
  /** What a verb of `actor` may touch. */
  contextOf<A extends Actor>(actor: A): Context<A>;
  /** Has the outbox drained now, in the background: call it after a write that has effects. The cron would find them too. */
  kickOutbox(): void;
  /**
   * Has the live sockets of sessions that were just ended closed, in the background: at once, and by the outbox, which tries
   * again where that fails.
   */
  closeSockets(sessions: readonly ClosedSession[]): void;
  /** The same for sessions that go on, whose owner may something else from now on: their sockets come back. */
  renewSockets(sessions: readonly ClosedSession[]): void;
}

const armed = armingOutbox(Date.now);

/** `origin` is where the request came from, for the audit log. */
export function createServices(
  env: Env,
  log: Logger,
  waitUntil: (work: Promise<unknown>) => void,
  origin: RequestOrigin,
): Services {
  const openDatabase = () => connect(env.HYPERDRIVE.connectionString, origin);
  const database = openDatabase();
  const kickOutbox = () =>
    waitUntil(env.JOBS.drainOutbox().catch((error: unknown) => log.warn("outbox not drained", errorFields(error))));
  const armOutbox = () =>
    waitUntil(env.JOBS.armOutbox().catch((error: unknown) => log.warn("outbox not armed", errorFields(error))));
  return {
    env,
    log,
    database,
    cookies: new Map(),
    openDatabase,
    rooms: callRooms(env),
    origin,
    carrier: createTelnyxRecords({
      baseUrl: env.TELNYX_BASE_URL,
      apiKey: env.TELNYX_API_KEY,
      connectionId: env.TELNYX_CONNECTION_ID,
    }),
    transcriber: createAssemblyAi({
      baseUrl: env.ASSEMBLYAI_BASE_URL,
      apiKey: env.ASSEMBLYAI_API_KEY,
      // The API asks for no transcript, so none is ever called back.
      callbackSecret: "",
    }),
    files: {
      store: createR2Store({
        bucket: env.RECORDINGS,
        bucketName: env.R2_BUCKET,
        s3Endpoint: env.R2_S3_ENDPOINT,
        accessKeyId: env.R2_ACCESS_KEY_ID,
        secretAccessKey: env.R2_SECRET_ACCESS_KEY,
      }),
      newSha256,
    },
    contextOf: (actor) => ({
      actor,
      clock: systemClock,
      random: Math.random,
      newId,
      log,
      unitOfWork: armed(database.unitOfWork(actor), armOutbox),
    }),
    kickOutbox,
    closeSockets(sessions) {
      for (const { workspaceId, sessionId } of sessions) {
        const closing = env.WORKSPACE_ROOM.getByName(workspaceId).closeSession(sessionId);
        waitUntil(closing.catch((error: unknown) => log.warn("sockets not closed yet", errorFields(error))));
      }
      kickOutbox();
    },
    renewSockets(sessions) {
      for (const { workspaceId, sessionId } of sessions) {
        const renewing = env.WORKSPACE_ROOM.getByName(workspaceId).renewSession(sessionId);
        waitUntil(renewing.catch((error: unknown) => log.warn("sockets not renewed yet", errorFields(error))));
      }
      kickOutbox();
    },
  };
}
