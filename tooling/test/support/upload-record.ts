import { withClient } from "@earwitness/local-postgres";
import { CallList, CreatedApiKey, type UploadId, uuidOf } from "@earwitness/shared";
import { type ApiClient, apiClient } from "../../src/session/api-client.ts";
import type { OpenWorkspace } from "../../src/session/open-workspace.ts";
import { confirmSignIn, requestSignInLink } from "../../src/session/sign-in.ts";
import type { Product } from "./use-stack.ts";

/** Somebody else with a workspace of their own, in which there is no number yet, by a key of it. */
export async function newcomer(product: Product): Promise<ApiClient> {
  const { urls, emulators } = product.stack;
  const at = { apiUrl: urls.api, appOrigin: urls.api, mailboxUrl: emulators.control.url };
  const link = await requestSignInLink({ ...at, email: `newcomer-${crypto.randomUUID()}@example.com` });
  const cookie = await confirmSignIn({ ...at, link });
  const browser = apiClient(urls.api, { cookie, origin: urls.api });
  const { key } = await browser.request(CreatedApiKey, "POST", "/v1/api-keys", { name: "Theirs", scope: "write" });
  return apiClient(urls.api, { authorization: `Bearer ${key}` });
}

/** Whether the storage has something under a key. */
export async function inStorage(product: Product, key: string): Promise<boolean> {
  const bucket = await product.stack.runtime.miniflare.getR2Bucket("RECORDINGS", "earwitness-jobs");
  return (await bucket.head(key)) !== null;
}

/** Asks the record as the system does, for which there is no wall between workspaces. */
export async function asked(product: Product, sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  return withClient(product.stack.databaseUrl, async (client) => {
    await client.query("select set_config('app.actor', 'system', false)");
    return (await client.query(sql, values)).rows;
  });
}

/** Where the bytes of an upload lie, by the record. */
export async function keyOf(product: Product, id: UploadId): Promise<string> {
  const [row] = await asked(product, "select r2_key from uploads where id = $1", [uuidOf(id)]);
  if (row === undefined) throw new Error(`There is no upload ${id}`);
  return String(row.r2_key);
}

/** What the audit log says of an upload, in order. */
export async function logOf(product: Product, id: UploadId): Promise<unknown[]> {
  return (await asked(product, "select action from audit_entries where object_id = $1 order by n", [id])).map(
    ({ action }) => action,
  );
}

/** Some call of the workspace. Throws where there is none. */
export async function aCall({ client }: Pick<OpenWorkspace, "client">) {
  const [call] = (await client.request(CallList, "GET", "/v1/calls")).calls;
  if (call === undefined) throw new Error("There is no call");
  return call;
}
