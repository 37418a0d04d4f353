export { type CallState, callStateOf, hashOfState, isPurged, type RecordedCall } from "./call-state.ts";
export { compareStates, type Difference } from "./compare-states.ts";
export { type CallLog, holesIn, rebuildCall } from "./rebuild-call.ts";
export { SOURCES, type Source, type StatePart } from "./sources.ts";
