import type { Services } from "../services.ts";

/** Takes one message. Throws when it must come again. */
export type Consumer = (services: Services, message: Message, queue: string) => Promise<void>;
