import { createServer, type Server } from "node:http";
import {
  type CallEvent,
  type CallFact,
  type CarrierEvent,
  decideCall,
  initialState,
  type MachineState,
  type PlaceCallCommand,
  type RoutingSnapshot,
  type Telephony,
} from "@earwitness/core";
import { newId, uuidOf } from "@earwitness/shared";
import { createTelnyxVerifier, readTelnyxEvent, readTelnyxNoticeHead } from "../../src/telephony/index.ts";

/** The call machine driven by a carrier over the wire: what a room does, without its storage. */
export class CarrierCall {
  state: MachineState = initialState;
  readonly events: CarrierEvent[] = [];
  readonly facts: CallFact[] = [];
  readonly rooms = new Set<string | null>();
  readonly faults: string[] = [];
  #n = 0;
  #server: Server | null = null;
  #work: Promise<void> = Promise.resolve();
  readonly #telephony: Telephony;
  readonly #snapshot: RoutingSnapshot;

  constructor(telephony: Telephony, snapshot: RoutingSnapshot) {
    this.#telephony = telephony;
    this.#snapshot = snapshot;
  }

  /** Listens for the carrier's notices and gives the address. Each is verified as the door does. */
  async listen(publicKey: string): Promise<string> {
    const verify = createTelnyxVerifier(publicKey);
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const body = Buffer.concat(chunks);
      const header = (name: string) => String(request.headers[name] ?? "");
      const fault = await verify({
        signature: header("telnyx-signature-ed25519"),
        timestamp: header("telnyx-timestamp"),
        body,
        nowMs: Date.now(),
      });
      if (fault !== null) this.faults.push(fault);
      response.writeHead(fault === null ? 200 : 403).end();
      if (fault === null) this.#hear(body.toString());
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    return `http://127.0.0.1:${address.port}/webhooks/telnyx`;
  }

  place(command: PlaceCallCommand): void {
    this.#happen({ type: "place_call", command });
  }

  hangUp(): void {
    this.#happen({ type: "hang_up", by: "usr_test" });
  }

  fact<T extends CallFact["type"]>(type: T): Extract<CallFact, { type: T }> | undefined {
    return this.facts.findLast((fact): fact is Extract<CallFact, { type: T }> => fact.type === type);
  }

  async until(check: () => boolean, limitMs = 10_000): Promise<void> {
    const endMs = Date.now() + limitMs;
    while (!check()) {
      if (Date.now() > endMs)
        throw new Error(`Not in time: ${JSON.stringify({ state: this.state, facts: this.facts })}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server === null ? resolve(null) : this.#server.close(resolve)));
  }

  #hear(body: string): void {
    this.rooms.add(readTelnyxNoticeHead(body)?.room ?? null);
    const event = readTelnyxEvent(body, new Date().toISOString());
    if (event === null) throw new Error(`Not understood: ${body}`);
    this.events.push(event);
    this.#happen({ type: "carrier", event });
  }

  #happen(event: CallEvent): void {
    this.#n += 1;
    const logged = { n: this.#n, at: new Date().toISOString(), seed: uuidOf(newId("notice")), event };
    const decision = decideCall(this.state, logged);
    this.state = decision.state;
    this.facts.push(...decision.facts);
    for (const command of decision.commands) {
      this.#work = this.#work.then(async () => {
        if (command.kind === "find_routing") {
          this.#happen({
            type: "routing_resolved",
            key: command.key,
            result: { kind: "found", snapshot: this.#snapshot },
          });
          return;
        }
        this.#happen({ type: "command_done", key: command.key, outcome: await this.#telephony.send(command) });
      });
    }
  }
}
