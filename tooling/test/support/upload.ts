import { createHash } from "node:crypto";
import { AnnouncedUpload, UploadView } from "@earwitness/shared";
import type { z } from "zod";
import type { ApiClient } from "../../src/session/api-client.ts";
import { eventually } from "./use-stack.ts";

export interface LocalFile {
  readonly kind: "recording" | "screenshot" | "avatar";
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Announces a file as it is, or as `changes` say that it is. */
export function announce(client: ApiClient, { kind, contentType, bytes }: LocalFile, changes: object = {}) {
  const wish = { kind, contentType, sizeBytes: bytes.length, sha256: sha256Of(bytes), ...changes };
  return client.request(AnnouncedUpload, "POST", "/v1/uploads", wish);
}

/** Puts bytes by the announced request, with other headers where `changes` say so. Gives the storage's status. */
export async function put(
  { method, url, headers }: z.infer<typeof AnnouncedUpload>,
  bytes: Uint8Array<ArrayBuffer>,
  changes: Record<string, string> = {},
): Promise<number> {
  const answer = await fetch(url, { method, headers: { ...headers, ...changes }, body: bytes });
  await answer.body?.cancel();
  return answer.status;
}

/** Posts what a file is. Gives the answer's status and body, whatever they are. */
export async function complete(client: ApiClient, id: string, said: object) {
  const answer = await client.fetch(`/v1/uploads/${id}/complete`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(said),
  });
  const body: unknown = await answer.json();
  return { status: answer.status, body, view: UploadView.safeParse(body).data };
}

/** What became of an upload. */
export function settled(client: ApiClient, id: string): Promise<UploadView> {
  return eventually(`upload ${id} to be settled`, async () => {
    const view = await client.request(UploadView, "GET", `/v1/uploads/${id}`);
    return view.state === "accepted" || view.state === "refused" ? view : undefined;
  });
}

/** Announces, puts, posts, and waits for what becomes of it. */
export async function upload(client: ApiClient, file: LocalFile, said: object): Promise<UploadView> {
  const announced = await announce(client, file);
  const status = await put(announced, file.bytes);
  if (status !== 200) throw new Error(`The storage answered ${status}.`);
  const { status: taken, body } = await complete(client, announced.id, { kind: file.kind, ...said });
  if (taken !== 200 && taken !== 202) throw new Error(`It was not taken: ${taken} ${JSON.stringify(body)}`);
  return settled(client, announced.id);
}
