// The type of what the set-up provides, here where both who provides and who asks for it see it.
import type {} from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's Postgres, as its superuser. */
    postgresAdminUrl: string;
    /** The port by which what is tested reaches it: the server's own, or that of a pooler before it. */
    postgresPort: number;
  }
}

/** The migrated, empty database that each test file gets a copy of. */
export const TEMPLATE = "earwitness_template";
