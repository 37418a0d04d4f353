import { DurableObject } from "cloudflare:workers";
import {
  enterGate,
  FRESH_GATE,
  type GateReport,
  GateState,
  type GateVerdict,
  healthOf,
  leaveGate,
  REQUESTS_AT_ONCE,
  renewPermit,
  type VendorGateDoor,
  VendorName,
} from "@earwitness/core";
import type { VendorHealthView } from "@earwitness/shared";

const STATE = "state";

/**
 * One object a vendor, named as it is: who may ask it now, and whether it is to be asked at all. Each change is kept, so that a
 * vendor that is let alone stays so when the platform moves the object. It answers by itself alone: nothing is awaited between
 * reading its state and writing it.
 */
export class VendorGate extends DurableObject<object> implements VendorGateDoor {
  readonly #vendor = VendorName.parse(this.ctx.id.name);

  async enter(holder: string): Promise<GateVerdict> {
    const { state, verdict } = enterGate(this.#state(), holder, this.#now());
    this.#keep(state);
    return verdict;
  }

  async renew(holder: string): Promise<void> {
    this.#keep(renewPermit(this.#state(), holder, Date.now()));
  }

  async leave(holder: string, report: GateReport): Promise<void> {
    this.#keep(leaveGate(this.#state(), holder, report, Date.now()));
  }

  async health(): Promise<VendorHealthView> {
    return { vendor: this.#vendor, ...healthOf(this.#state(), this.#now()) };
  }

  #now() {
    return { nowMs: Date.now(), atMost: REQUESTS_AT_ONCE[this.#vendor] };
  }

  /** What another version of us has kept and this one cannot read is forgotten: the vendor teaches it again. */
  #state(): GateState {
    const kept = GateState.safeParse(this.ctx.storage.kv.get(STATE));
    return kept.success ? kept.data : FRESH_GATE;
  }

  #keep(state: GateState): void {
    this.ctx.storage.kv.put(STATE, state);
  }
}
