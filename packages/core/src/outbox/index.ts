export { armingOutbox, OUTBOX_ALARM_MS, type OutboxAlarmDoor } from "./arm-outbox.ts";
export { drainOutbox, type OutboxDoors } from "./drain-outbox.ts";
export { nextAlarmMs } from "./next-alarm.ts";
