export * from "./call-record.ts";
export { projectRoom } from "./project-room.ts";
