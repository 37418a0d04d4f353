export * from "./call-record.ts";
export { projectFact } from "./project-fact.ts";
export { projectRoom } from "./project-room.ts";
