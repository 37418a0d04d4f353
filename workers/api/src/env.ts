import type { CallRoomDoor, RateLimiterDoor, Resent, WorkspaceRoomDoor } from "@earwitness/core";
import type { BacklogView, VendorHealthView } from "@earwitness/shared";
import { binding, oncePerEnv, origin, parseEnv } from "@earwitness/shared/env";
import { z } from "zod";

/** What takes a socket that is handed on. */
export interface Upgrades {
  fetch(request: Request): Promise<Response>;
}

/** Everything that the API worker takes from outside. Vendor keys may be empty: then the checks say `not_set`. */
const EnvSchema = z.object({
  APP_ORIGIN: origin,
  AUTH_SECRET: z.string().min(32),
  /** Signs tickets between our own workers: the same in api, rooms and webhooks. */
  LIVE_SECRET: z.string().min(32),
  /** The secret of mailed links: the same in api and jobs. */
  LINK_SECRET: z.string().min(32),
  /** Who reads what is written by the contact form; the form is closed without one. */
  CONTACT_TO: z.union([z.literal(""), z.email()]).default(""),
  SIGN_UP: z.enum(["open", "invited"]).default("invited"),
  /** A provider without id or secret is not offered. */
  GOOGLE_ISSUER: z.url().default("https://accounts.google.com"),
  GOOGLE_CLIENT_ID: z.string().default(""),
  GOOGLE_CLIENT_SECRET: z.string().default(""),
  /** Of an enterprise's own GitHub; github.com is the empty one. */
  GITHUB_BASE_URL: z.union([z.literal(""), origin]).default(""),
  GITHUB_CLIENT_ID: z.string().default(""),
  GITHUB_CLIENT_SECRET: z.string().default(""),
  TELNYX_BASE_URL: z.url(),
  TELNYX_API_KEY: z.string().default(""),
  TELNYX_CONNECTION_ID: z.string().default(""),
  ASSEMBLYAI_BASE_URL: z.url(),
  ASSEMBLYAI_API_KEY: z.string().default(""),
  /** The S3 door of the bucket, through which browsers put files. */
  R2_S3_ENDPOINT: z.url(),
  R2_BUCKET: z.string().min(3),
  R2_ACCESS_KEY_ID: z.string().min(1),
  R2_SECRET_ACCESS_KEY: z.string().min(1),
  HYPERDRIVE: binding<{ readonly connectionString: string }>(),
  RECORDINGS: binding<R2Bucket>(),
  CALL_ROOM: binding<{
    getByName(name: string): Pick<CallRoomDoor, "placeCall" | "hangUp" | "steer" | "deliver"> & Upgrades;
  }>(),
  WORKSPACE_ROOM: binding<{
    getByName(name: string): Pick<WorkspaceRoomDoor, "closeSession" | "renewSession"> & Upgrades;
  }>(),
  JOBS: binding<{
    drainOutbox(): Promise<unknown>;
    armOutbox(): Promise<unknown>;
    vendorHealth(): Promise<VendorHealthView[]>;
    backlogs(): Promise<BacklogView[]>;
    resend(queue: string, body: unknown): Promise<Resent>;
  }>(),
  SIGN_INS_BY_ADDRESS: binding<RateLimit>(),
  SIGN_INS_BY_IP: binding<RateLimit>(),
  CONTACTS_BY_IP: binding<RateLimit>(),
  REQUESTS_BY_IP: binding<RateLimit>(),
  RATE_LIMITER: binding<{ getByName(name: string): RateLimiterDoor }>(),
  /** What one person or key, and a whole workspace, may ask for in a minute; see http/request-costs. */
  REQUESTS_PER_MINUTE_OF_ONE: z.coerce.number().int().positive().default(600),
  REQUESTS_PER_MINUTE_OF_WORKSPACE: z.coerce.number().int().positive().default(6_000),
});
export type Env = z.infer<typeof EnvSchema>;

/** The environment, parsed at the first request of an isolate. Throws an error that names what is missing, never a value. */
export const envOf = oncePerEnv((raw) => parseEnv(EnvSchema, raw));
