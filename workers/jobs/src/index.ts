import { WorkerEntrypoint } from "cloudflare:workers";
import { app } from "./app.ts";
import { runDueCrons } from "./crons/index.ts";
import { consumeBatch } from "./queue.ts";
import { createServices, type Services } from "./services.ts";

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
}

async function withServices(
  env: object,
  reason: string,
  context: Pick<ExecutionContext, "waitUntil">,
  work: (services: Services) => Promise<void>,
): Promise<void> {
  const services = createServices(env, reason);
  try {
    await work(services);
  } finally {
    context.waitUntil(services.close());
  }
}
