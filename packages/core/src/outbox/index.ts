export { drainOutbox, type OutboxDoors } from "./drain-outbox.ts";
