import { env } from "cloudflare:workers";
import {
  AcceptedExport,
  AcceptedImport,
  AnnouncedUpload,
  type ApiKeyId,
  type CallId,
  CreatedApiKey,
  type ExportId,
  type HoldId,
  HoldView,
  type ImportId,
  type InvitationId,
  InvitationView,
  type NoteId,
  NoteView,
  newId,
  type RecordingId,
  type UploadId,
  type UserId,
} from "@earwitness/shared";
import type { z } from "zod";
import { carrierNotice } from "../setup/carrier-notice.ts";
import { addPlace } from "../setup/members.ts";
import { addCall, addRecording } from "../setup/records.ts";
import type { Tenant } from "../setup/tenant.ts";

/** A workspace with one of everything that a route can be asked about. */
export interface World {
  readonly tenant: Tenant;
  readonly callId: CallId;
  readonly recordingId: RecordingId;
  readonly noteId: NoteId;
  readonly apiKeyId: ApiKeyId;
  readonly invitationId: InvitationId;
  readonly uploadId: UploadId;
  readonly exportId: ExportId;
  readonly importId: ImportId;
  /** Released: what it is on can be deleted. */
  readonly holdId: HoldId;
  /** Somebody of the workspace who does nothing. */
  readonly userId: UserId;
}

const AUDIO = new Uint8Array(1_000);

/**
 * Fills a workspace by its own API, and with a call and its recording as their projection would. Only so many uploads of a person
 * may be awaited at a time, so most worlds have none.
 */
export async function worldOf(tenant: Tenant, options = { withUpload: false }): Promise<World> {
  const call = await addCall(tenant, { room: await endedRoom(tenant) });
  const r2Key = `recordings/${call.id}.wav`;
  await env.RECORDINGS.put(r2Key, AUDIO);
  const recording = await addRecording(call, {
    state: "stored",
    r2Key,
    sizeBytes: AUDIO.length,
    sha256: "ab".repeat(32),
    contentType: "audio/wav",
    durationMs: 31,
  });
  const note = await made(NoteView, tenant, `/v1/calls/${call.id}/notes`, { text: "Called back." });
  const invitation = await made(InvitationView, tenant, "/v1/invitations", {
    email: `guest-${crypto.randomUUID()}@tenant.example`,
    role: "viewer",
  });
  const key = await made(CreatedApiKey, tenant, "/v1/api-keys", { name: "One more" });
  const transfer = options.withUpload ? await transferred(tenant) : null;
  const upload = options.withUpload ? await made(AnnouncedUpload, tenant, "/v1/uploads", anUpload()) : null;
  const hold = await made(HoldView, tenant, "/v1/holds", { callId: call.id, reason: "A lawsuit" });
  await tenant.browser.json(`/v1/holds/${hold.id}/release`, "POST", {});
  const userId = await addPlace(tenant, "viewer");
  return {
    tenant,
    callId: call.id,
    recordingId: recording.id,
    noteId: note.id,
    apiKeyId: key.id,
    invitationId: invitation.id,
    uploadId: upload?.id ?? newId("upload"),
    exportId: transfer?.exportId ?? newId("export"),
    importId: transfer?.importId ?? newId("import"),
    holdId: hold.id,
    userId,
  };
}

/** An export and an import that wait for somebody to begin them: a workspace may have only so many of each. */
async function transferred({ browser, workspaceId }: Tenant) {
  await env.RECORDINGS.put(`imports/${workspaceId}/old/calls.csv`, "file,started_at\n");
  const wish = { kind: "calls", format: "csv" };
  const { exportId } = AcceptedExport.parse(await (await browser.json("/v1/exports", "POST", wish)).json());
  const { importId } = AcceptedImport.parse(
    await (await browser.json("/v1/imports", "POST", { prefix: "old" })).json(),
  );
  return { exportId, importId };
}

/** The room of a call that came in and ended: it refuses what only a call on the line can do. */
async function endedRoom({ e164 }: Tenant): Promise<string> {
  const session = crypto.randomUUID();
  const name = `telnyx:${session}`;
  const room = env.CALL_ROOM.getByName(name);
  const parties = { from: "+4915112345678", to: e164 };
  const end = { hangup_cause: "normal_clearing", hangup_source: "caller", sip_hangup_cause: "200" };
  await room.deliver(carrierNotice(session, "call.initiated", { ...parties, direction: "incoming", state: "parked" }));
  await room.deliver(carrierNotice(session, "call.hangup", { ...parties, ...end }));
  return name;
}

/** A world of nothing: ids that are well-formed and nobody's. */
export function nowhere(): Omit<World, "tenant"> {
  return {
    callId: newId("call"),
    recordingId: newId("recording"),
    noteId: newId("note"),
    apiKeyId: newId("apiKey"),
    invitationId: newId("invitation"),
    uploadId: newId("upload"),
    exportId: newId("export"),
    importId: newId("import"),
    holdId: newId("hold"),
    userId: newId("user"),
  };
}

/** An upload of a picture that never comes. */
export function anUpload() {
  return { kind: "avatar", contentType: "image/png", sizeBytes: 100, sha256: "cd".repeat(32) };
}

async function made<S extends z.ZodType>(view: S, { browser }: Tenant, path: string, body: unknown) {
  const response = await browser.json(path, "POST", body);
  if (response.status !== 201) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return view.parse(await response.json());
}
