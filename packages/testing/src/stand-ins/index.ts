export { startStandIns } from "./start-stand-ins.ts";
