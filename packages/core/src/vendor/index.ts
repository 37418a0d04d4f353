export { enterGate, leaveGate, PERMIT_MS, renewPermit } from "./breaker.ts";
export { FRESH_GATE, type GateReport, GateState, type GateVerdict } from "./gate-state.ts";
export { healthOf } from "./health-of.ts";
export { REQUESTS_AT_ONCE, type VendorGate, type VendorGateDoor } from "./vendor-gate.ts";
export { VendorName } from "./vendor-name.ts";
