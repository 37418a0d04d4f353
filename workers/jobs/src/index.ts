import { WorkerEntrypoint } from "cloudflare:workers";
import type { Resent } from "@earwitness/core";
import type { BacklogView, VendorHealthView } from "@earwitness/shared";
import { workerLogger } from "@earwitness/shared/log";
import { app } from "./app.ts";
import { readBacklogs } from "./backlogs.ts";
import { runDueCrons } from "./crons/index.ts";
import { envOf } from "./env.ts";
import { consumeBatch } from "./queue.ts";
import { resend } from "./resend.ts";
import { createServices, type Services } from "./services.ts";
import { vendorHealth } from "./vendor-gate.ts";

export { OutboxAlarm } from "./objects/outbox-alarm.ts";
export { VendorGate } from "./objects/vendor-gate.ts";

export default {
  fetch: app.fetch,
  queue: (batch, env, context) =>
    withServices(env, `queue ${batch.queue}`, context, (services) => consumeBatch(services, batch)),
  scheduled: (controller, env, context) =>
    withServices(env, `cron ${controller.cron}`, context, (services) =>
      runDueCrons(services, controller.cron, new Date(controller.scheduledTime)),
    ),
} satisfies ExportedHandler<object>;

/** What other workers may ask of this one. */
export class JobsDoor extends WorkerEntrypoint<object> {
  /** Lets out the effects that a request has just committed. */
  async drainOutbox(): Promise<void> {
    await withServices(this.env, "outbox", this.ctx, (services) => services.drain());
  }

  /** Has the outbox looked at in a few seconds, whatever becomes of whoever is about to commit. */
  async armOutbox(): Promise<void> {
    await envOf(this.env).OUTBOX_ALARM.getByName("outbox").arm();
  }

  /** Puts what a dead message carried on its queue again. */
  async resend(queue: string, body: unknown): Promise<Resent> {
    return withServices(this.env, "resend", this.ctx, (services) => resend(envOf(this.env), services, queue, body));
  }

  /** How each vendor does, as those who run jobs have found. */
  async vendorHealth(): Promise<VendorHealthView[]> {
    return vendorHealth(envOf(this.env), workerLogger("jobs"));
  }

  /** What lies on the queues that carry no jobs. */
  async backlogs(): Promise<BacklogView[]> {
    return readBacklogs(envOf(this.env), Date.now(), workerLogger("jobs"));
  }
}

async function withServices<T>(
  env: object,
  reason: string,
  context: Pick<ExecutionContext, "waitUntil">,
  work: (services: Services) => Promise<T>,
): Promise<T> {
  const services = createServices(env, reason);
  try {
    return await work(services);
  } finally {
    context.waitUntil(services.close());
  }
}
