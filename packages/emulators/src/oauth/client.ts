import type { Context } from "hono";
import type { NodeBindings } from "../http/listen.ts";

/** An application that is registered with an identity provider. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Compared to the letter. */
  redirectUris: readonly string[];
}

/** The fields of a token request; a field that comes twice is refused by RFC 6749 (3.2), so it counts as absent here. */
export async function formOf(c: Context<NodeBindings>): Promise<Record<string, string>> {
  const isForm = c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  if (!isForm) return {};
  const fields = new URLSearchParams(await c.req.text());
  return Object.fromEntries([...fields].filter(([name]) => fields.getAll(name).length === 1));
}

/** Whether the request comes from the client: by HTTP Basic (each part form-urlencoded, RFC 6749 2.3.1) or by its fields. */
export function isFromClient(
  client: OAuthClient,
  authorization: string | undefined,
  form: Record<string, string>,
): boolean {
  const basic = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? "")?.[1];
  if (basic === undefined) return form.client_id === client.clientId && form.client_secret === client.clientSecret;
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":").map(formDecoded);
  return id === client.clientId && secret === client.clientSecret && (form.client_id ?? id) === id;
}

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text}`).get("v") ?? "";
}
