/// <reference types="@cloudflare/vitest-plugin/types" />

import type { CallRoomDoor } from "@earwitness/core";
import type { LiveNews } from "@earwitness/shared";
import type { Env as ApiEnv } from "../src/env.ts";

/** The rooms' doors are wider for tests: they also play the webhooks worker and the jobs worker. */
declare global {
  namespace Cloudflare {
    interface Env extends Omit<ApiEnv, "CALL_ROOM" | "WORKSPACE_ROOM"> {
      CALL_ROOM: { getByName(name: string): CallRoomDoor };
      WORKSPACE_ROOM: { getByName(name: string): { publish(news: LiveNews[]): Promise<void> } };
    }
  }
}
