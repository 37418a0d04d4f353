import { createServer, type Server } from "node:http";
import {
  type CallEvent,
  type CallFact,
  type CarrierEvent,
  deadlineOf,
  decideCall,
  initialState,
  liveStateOf,
  type MachineState,
  type PlaceCallCommand,
  type RoutingSnapshot,
  type SteerCommand,
  steerAnswer,
  type Telephony,
} from "@earwitness/core";
import { type LiveCallState, newId, uuidOf } from "@earwitness/shared";
import { type WebSocket, WebSocketServer } from "ws";
import { createTelnyxVerifier, readTelnyxEvent, readTelnyxNoticeHead } from "../../src/telephony/index.ts";

/** The call machine driven by a carrier over the wire: what a room does, without its storage. */
export class CarrierCall {
  state: MachineState = initialState;
  readonly events: CarrierEvent[] = [];
  readonly facts: CallFact[] = [];
  readonly rooms = new Set<string | null>();
  readonly faults: string[] = [];
  /** The carrier's media sockets and how many frames came over each, by the key of their stream. */
  readonly sockets = new Map<string, WebSocket>();
  readonly frames = new Map<string, number>();
  /** What became of each command, in the order in which they were sent. */
  readonly outcomes: string[] = [];
  #n = 0;
  #server: Server | null = null;
  #work: Promise<void> = Promise.resolve();
  readonly #telephony: Telephony;
  readonly #snapshot: RoutingSnapshot;

  constructor(telephony: Telephony, snapshot: RoutingSnapshot) {
    this.#telephony = telephony;
    this.#snapshot = snapshot;
  }

  /**
   * Listens for the carrier and gives the address: its notices, each verified as the door does, its media sockets under
   * `/media/<key>`, of which the call is told, and the sounds that it fetches under `/audio/`.
   */
  async listen(publicKey: string): Promise<string> {
    const verify = createTelnyxVerifier(publicKey);
    const server = createServer(async (request, response) => {
      if (request.method === "GET") {
        response.writeHead(200, { "content-type": "audio/wav" }).end(silentWav(1000));
        return;
      }
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
    new WebSocketServer({ server }).on("connection", (socket, request) => this.#takeMedia(socket, request.url ?? ""));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    return `http://127.0.0.1:${address.port}`;
  }

  place(command: PlaceCallCommand): void {
    this.#happen({ type: "place_call", command });
  }

  hangUp(): void {
    this.#happen({ type: "hang_up", by: "usr_test" });
  }

  /** A person's wish, new each time; throws what the room's door throws. */
  steer(wish: SteerCommand["wish"]): void {
    const command = { workspaceId: this.#snapshot.workspaceId, by: "usr_test", key: String(this.#n), wish };
    this.#happen({ type: "steer", command });
    steerAnswer(this.state, command);
  }

  get live(): LiveCallState | null {
    return liveStateOf(this.state);
  }

  fact<T extends CallFact["type"]>(type: T): Extract<CallFact, { type: T }> | undefined {
    return this.facts.findLast((fact): fact is Extract<CallFact, { type: T }> => fact.type === type);
  }

  async until(check: () => boolean, limitMs = 10_000): Promise<void> {
    const endMs = Date.now() + limitMs;
    while (!check()) {
      if (Date.now() > endMs)
        throw new Error(`Not in time: ${JSON.stringify({ state: this.state, facts: this.facts })}`);
      const deadline = deadlineOf(this.state);
      if (deadline !== null && Date.parse(deadline.at) <= Date.now()) {
        this.#happen({ type: "deadline_passed", name: deadline.name });
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.values()) socket.terminate();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server === null ? resolve(null) : this.#server.close(resolve)));
  }

  #takeMedia(socket: WebSocket, path: string): void {
    const key = decodeURIComponent(path.replace("/media/", ""));
    this.sockets.set(key, socket);
    this.#happen({ type: "media_opened", key });
    socket.on("message", () => this.frames.set(key, (this.frames.get(key) ?? 0) + 1));
    socket.on("close", () => this.#happen({ type: "media_lost", key, reason: "drop" }));
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
        const outcome = await this.#telephony.send(command);
        this.outcomes.push(`${command.kind} ${outcome.kind}`);
        this.#happen({ type: "command_done", key: command.key, outcome });
      });
    }
  }
}

/** A WAV of silence: PCM, 16 bits, 8 kHz, mono. */
function silentWav(durationMs: number): Buffer {
  const sizeBytes = durationMs * 16;
  const wav = Buffer.alloc(44 + sizeBytes);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + sizeBytes, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(sizeBytes, 40);
  return wav;
}
