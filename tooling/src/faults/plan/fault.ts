/** A fault as the stand-ins' control door takes it; its README says what each does. */
export interface VendorFault {
  readonly target: "telnyx" | "assemblyai" | "resend" | "recording" | "webhook" | "media" | "streaming";
  readonly effect: string;
  readonly match?: {
    readonly method?: string;
    readonly path?: string;
    readonly event?: string;
    readonly vendor?: "telnyx" | "assemblyai";
    /** The other party's number: the fault is that call's alone. */
    readonly call?: string;
  };
  readonly times?: number;
  readonly status?: number;
  readonly retryAfterSecs?: number;
  readonly delayMs?: number;
  readonly bytes?: number;
  readonly afterMs?: number;
  readonly code?: number;
}

/** What happens to all of the product at once, or to whatever of it runs at that moment. */
export type Blow =
  /** kill -9 of workerd: memory, sockets and the queues' messages are gone. */
  | { readonly kind: "runtime_killed" }
  /** Objects of calls forget what is not on disk. */
  | { readonly kind: "rooms_reset"; readonly oneIn: number }
  | { readonly kind: "database_stopped" | "database_killed"; readonly forMs: number }
  /** The next so many requests to the storage are refused. */
  | { readonly kind: "storage_refuses"; readonly requests: number }
  /** The next so many batches of the queues are delivered twice at once. */
  | { readonly kind: "queue_redelivers"; readonly batches: number }
  /** The next so many batches of the queues are never delivered. */
  | { readonly kind: "queue_loses"; readonly batches: number }
  /** The carrier's clock jumps: calls from now on are stamped and signed by it. */
  | { readonly kind: "clock_stepped"; readonly aheadMs: number }
  | { readonly kind: "vendor_fails"; readonly fault: VendorFault };

/** What a fault is called in the sums: where it strikes and what it does. */
export function nameOfFault({
  target,
  effect,
  status,
  match,
}: Pick<VendorFault, "target" | "effect" | "status" | "match">): string {
  const where = target === "webhook" ? `notice.${match?.vendor ?? "telnyx"}` : target;
  return effect === "status" ? `${where}.${status}` : `${where}.${effect}`;
}
