import type { Env as ApiEnv } from "../src/env.ts";

declare global {
  namespace Cloudflare {
    interface Env extends ApiEnv {}
  }
}
