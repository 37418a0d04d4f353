import { DurableObject } from "cloudflare:workers";
import { drainOutbox, nextAlarmMs, OUTBOX_ALARM_MS, type OutboxAlarmDoor } from "@earwitness/core";
import { errorFields } from "@earwitness/shared/log";
import { envOf } from "../env.ts";
import { outboxDoors } from "../outbox-doors.ts";
import { createServices } from "../services.ts";

/** While the record is away nobody commits; what was committed before waits for it. */
const RECORD_AWAY_MS = 10_000;

/**
 * The one object that has the outbox drained where those who committed into it did not: its alarm rings some seconds after
 * anybody began to commit, and again when the next row's time has come, until there is none.
 */
export class OutboxAlarm extends DurableObject<object> implements OutboxAlarmDoor {
  /** Not kept: an object that is moved has an alarm that is. */
  #armedAtMs: number | null = null;

  async arm(): Promise<void> {
    this.#armedAtMs = Date.now();
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + OUTBOX_ALARM_MS);
  }

  /** Throws nothing: after some attempts the platform would forget the alarm. */
  override async alarm(): Promise<void> {
    const nextDueMs = await this.#drain();
    const next = nextAlarmMs({ nowMs: Date.now(), nextDueMs, armedAtMs: this.#armedAtMs });
    if (next !== null) await this.ctx.storage.setAlarm(next);
  }

  /** Lets out what is due. Returns when the next row is, null where there is none. */
  async #drain(): Promise<number | null> {
    const services = createServices(this.env, "outbox alarm", { arms: false });
    try {
      await drainOutbox(services.ctx, outboxDoors(envOf(this.env)));
      const next = await services.ctx.unitOfWork((tx) => tx.outbox.nextDue());
      return next?.getTime() ?? null;
    } catch (error) {
      services.log.warn("The outbox's alarm could not drain it", errorFields(error));
      return Date.now() + RECORD_AWAY_MS;
    } finally {
      await services.close();
    }
  }
}
