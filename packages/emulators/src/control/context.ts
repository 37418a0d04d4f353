import type { Laboratory } from "../assemblyai/laboratory.ts";
import type { Faults } from "../faults/faults.ts";
import type { Received } from "../http/received.ts";
import type { People } from "../oauth/people.ts";
import type { PostOffice } from "../resend/post-office.ts";
import type { Courier } from "../resend/webhooks/courier.ts";
import type { Carrier } from "../telnyx/carrier.ts";

/** Everything that the control door can see and move. */
export interface ControlContext {
  readonly carrier: Carrier;
  readonly laboratory: Laboratory;
  readonly office: PostOffice;
  readonly courier: Courier;
  readonly people: People;
  readonly faults: Faults;
  readonly received: Received;
}

/** A refusal of the control door: `{"error": "…"}` with a sentence for the person at the keyboard. */
export class ControlProblem extends Error {
  override readonly name = "ControlProblem";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
