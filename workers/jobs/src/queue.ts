import { EarwitnessError } from "@earwitness/shared";
import { errorFields } from "@earwitness/shared/log";
import type { Consumer } from "./consumers/consumer.ts";
import { consumeDeadLetter, keepFailed } from "./consumers/dead-letter.ts";
import { consumeFacts } from "./consumers/facts.ts";
import { consumeJob } from "./consumers/job.ts";
import { consumeMailNotice } from "./consumers/mail-notice.ts";
import { consumeNotice } from "./consumers/notice.ts";
import type { Services } from "./services.ts";

const CONSUMERS: Readonly<Record<string, Consumer>> = {
  "earwitness-facts": consumeFacts,
  "earwitness-notices": consumeNotice,
  "earwitness-mail-notices": consumeMailNotice,
  "earwitness-recordings": consumeJob,
  "earwitness-transcripts": consumeJob,
  "earwitness-mail": consumeJob,
  "earwitness-bulk": consumeJob,
  "earwitness-facts-dead": consumeDeadLetter,
  "earwitness-notices-dead": consumeDeadLetter,
  "earwitness-mail-notices-dead": consumeDeadLetter,
  "earwitness-jobs-dead": consumeDeadLetter,
};

/** One connection to the database each, see `CONNECTIONS_PER_INVOCATION`. */
const MESSAGES_AT_A_TIME = 4;
/** As wrangler.toml says of every queue. */
export const MAX_RETRIES = 100;
/** With so many retries, the first nine of which come sooner, this outlasts an outage of nine hours. */
const MAX_RETRY_DELAY_S = 360;

/** How long a message waits that has been delivered `attempts` times, 1 for the first. */
export function retryDelayS(attempts: number): number {
  return Math.min(MAX_RETRY_DELAY_S, 2 ** (attempts - 1));
}

/** Takes a batch. Each message is acknowledged or asked for again by itself: one that fails repeats no other. */
export async function consumeBatch(services: Services, batch: MessageBatch): Promise<void> {
  const consumer = CONSUMERS[batch.queue];
  if (consumer === undefined) throw new EarwitnessError("internal", `No consumer for the queue ${batch.queue}.`);
  const waiting = [...batch.messages];
  const work = async () => {
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      await take(services, consumer, message, batch.queue);
    }
  };
  await Promise.all(Array.from({ length: MESSAGES_AT_A_TIME }, work));
  await services.drain();
}

async function take(services: Services, consumer: Consumer, message: Message, queue: string): Promise<void> {
  try {
    await consumer(services, message, queue);
    message.ack();
    // Its effects need not wait for the rest of the batch.
    void services.drain();
  } catch (error) {
    if (await isKept(services, message, queue, error)) return message.ack();
    const delaySeconds = retryDelayS(message.attempts);
    const about = { queue, messageId: message.id, attempts: message.attempts, delaySeconds };
    services.log.warn("A message must come again", { ...about, ...errorFields(error) });
    message.retry({ delaySeconds });
  }
}

/** Whether this was a message's last delivery, and it is kept now with its cause. Where it cannot be, it goes to the dead-letter queue. */
async function isKept(services: Services, message: Message, queue: string, error: unknown): Promise<boolean> {
  if (message.attempts <= MAX_RETRIES) return false;
  return keepFailed(services, message, queue, error).then(
    () => true,
    (failure: unknown) => {
      services.log.warn("A message could not be kept", { queue, messageId: message.id, ...errorFields(failure) });
      return false;
    },
  );
}
