import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach } from "vitest";

// An alarm that an earlier test's commits have set would drain this one's outbox: what it runs by hand would be run beside it.
beforeEach(() =>
  runInDurableObject(env.OUTBOX_ALARM.getByName("outbox"), (_object, { storage }) => storage.deleteAlarm()),
);
