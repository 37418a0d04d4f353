/** What the platform bills, each with its price. */
export const PRICES = {
  workerRequests: { name: "Worker requests", usdPerMillion: 0.3 },
  workerCpuMs: { name: "Worker processor time, ms", usdPerMillion: 0.02 },
  objectRequests: { name: "Object requests", usdPerMillion: 0.15 },
  objectGbSeconds: { name: "Object duration, GB-s", usdPerMillion: 12.5 },
  rowsRead: { name: "Object rows read", usdPerMillion: 0.001 },
  rowsWritten: { name: "Object rows written", usdPerMillion: 1 },
  queueOperations: { name: "Queue operations", usdPerMillion: 0.4 },
  kvReads: { name: "KV reads", usdPerMillion: 0.5 },
  kvWrites: { name: "KV writes", usdPerMillion: 5 },
  r2ClassA: { name: "R2 writes (class A)", usdPerMillion: 4.5 },
  r2ClassB: { name: "R2 reads (class B)", usdPerMillion: 0.36 },
  logEvents: { name: "Log events", usdPerMillion: 0.6 },
} as const satisfies Record<string, { name: string; usdPerMillion: number }>;

/** Counted units, by what the platform bills. */
export type Units = Record<keyof typeof PRICES, number>;

/**
 * Where the prices are from: Cloudflare's pricing pages of the Workers Paid plan (newest stored copies of 2026), "Prices in
 * one place": Workers 0.30/M requests and 0.02/M ms of processor time; Objects 0.15/M requests, 12.50/M GB-s, rows 0.001/M
 * read and 1.00/M written; Queues 0.40/M operations; R2 4.50/M class A, 0.36/M class B; KV 0.50/M read, 5/M written; Logs
 * 0.60/M. Hyperdrive, service bindings, static assets and egress cost nothing. What the plan includes is left out of account,
 * and so are its $5 a month: this is what one more minute costs.
 */
export const PRICES_OF = "2026-11";

/** An object is billed as this much memory whatever it uses (pricing of Durable Objects). */
const OBJECT_GB = 0.128;
/** Incoming WebSocket messages count as a request by twenties; outgoing ones are free. */
const MESSAGES_A_REQUEST = 20;
/** A message that is delivered at the first attempt is written, read and deleted; ours stay far below 64 KB. */
const OPERATIONS_A_MESSAGE = 3;

/** What an object that is active so long is billed. */
export function objectGbSeconds(activeMs: number): number {
  return (activeMs / 1000) * OBJECT_GB;
}

/** As how many requests incoming WebSocket messages are billed. */
export function requestsOfMessages(messagesIn: number): number {
  return messagesIn / MESSAGES_A_REQUEST;
}

/** As how many operations a queue's messages are billed. */
export function operationsOfMessages(messages: number): number {
  return messages * OPERATIONS_A_MESSAGE;
}
