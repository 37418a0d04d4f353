import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const LocalSecrets = z.object({
  authSecret: z.string(),
  assemblyaiWebhookSecret: z.string(),
  liveSecret: z.string(),
  linkSecret: z.string(),
  r2AccessKeyId: z.string(),
  r2SecretAccessKey: z.string(),
  databaseOwnerPassword: z.string(),
  databaseAppPassword: z.string(),
});
export type LocalSecrets = z.infer<typeof LocalSecrets>;

/** The secrets that only this local run needs: made at the first start, kept in the state folder, readable by nobody else. */
export function localSecrets(stateFolder: string): LocalSecrets {
  const file = path.join(stateFolder, "secrets.json");
  const secret = () => randomBytes(32).toString("hex");
  const fresh = {
    authSecret: secret(),
    assemblyaiWebhookSecret: secret(),
    liveSecret: secret(),
    linkSecret: secret(),
    r2AccessKeyId: randomBytes(16).toString("hex"),
    r2SecretAccessKey: secret(),
    databaseOwnerPassword: secret(),
    databaseAppPassword: secret(),
  };
  // An earlier version may have made them, and knew fewer.
  const kept: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const secrets = LocalSecrets.parse({ ...fresh, ...z.record(z.string(), z.unknown()).parse(kept) });
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
