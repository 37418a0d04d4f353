import { keepNewest } from "../../keep-newest.ts";
import type { Carrier } from "../carrier.ts";
import { announceLeg } from "../leg/announce-leg.ts";
import { bridgeLegs } from "../leg/bridge.ts";
import type { Leg } from "../leg/leg.ts";
import { streamRequestOf } from "../media/request.ts";
import { startStream } from "../media/start-stream.ts";
import { problems } from "../problem.ts";
import { ringOut } from "../ring-out.ts";
import { DialBody } from "../schema/commands.ts";
import { refuseUnemulated } from "../schema/unemulated.ts";
import { check } from "../validate.ts";
import { findLeg } from "./bridge.ts";
import { recordFromAnswer } from "./record-from-answer.ts";
import { setHooks } from "./set-hooks.ts";

/** 30 dials a second, counted as a sum over five. */
const DIALS_IN_WINDOW = 150;
const DIAL_WINDOW_MS = 5000;
const SAME_COMMAND_MS = 60_000;
const COMMAND_IDS_KEPT = 25_000;

/** Places outbound calls for one account: the dial command with its own scope of `command_id`s and its own limit. */
export class Dialler {
  readonly #carrier: Carrier;
  readonly #done = new Map<string, { at: number; answer: object }>();
  #dials: number[] = [];

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  /** Takes the body of `POST /calls` and returns the `data` of its answer. */
  dial(request: unknown): object {
    const carrier = this.#carrier;
    const body = check(request, DialBody);
    const now = Date.now();
    const before = body.command_id === undefined ? undefined : this.#done.get(body.command_id);
    if (before !== undefined && now - before.at < SAME_COMMAND_MS) return before.answer;
    const { id, webhookUrl } = carrier.application;
    if (body.connection_id !== id || (webhookUrl === null && body.webhook_url === undefined)) {
      throw problems.unknownConnection();
    }
    if (typeof body.to !== "string") throw problems.notEmulated("simultaneous ringing", "/to");
    refuseUnemulated(body);
    const recording = recordFromAnswer(carrier, body, "DialAPI");
    const stream = streamRequestOf(body, { codec: "PCMU" });
    this.#count(now);
    const linked = body.link_to === undefined ? undefined : findLeg(carrier, body.link_to);
    const leg = carrier.addLeg({
      direction: "outgoing",
      from: body.bridge_intent === true && linked !== undefined ? linked.from : body.from,
      to: body.to,
      connectionId: body.connection_id,
      ...(linked === undefined ? {} : { sessionId: linked.sessionId }),
    });
    setHooks(leg, body);
    leg.clientState = body.client_state ?? null;
    leg.parksAfterUnbridge = body.park_after_unbridge === "self";
    leg.note("command", "dial", request);
    announceLeg(leg);
    ringOut(carrier, leg, {
      timeoutSecs: body.timeout_secs,
      timeLimitSecs: body.time_limit_secs,
      retryOnTimeout: body.retry_on_timeout,
      machineDetection: body.answering_machine_detection,
      stream,
      onAnswer: () => {
        recording?.start(leg);
        if (stream !== undefined) startStream(carrier, leg, stream);
        if (body.bridge_on_answer === true && linked?.state.kind === "answered") bridgeLegs(linked, leg);
      },
    });
    const answer = answerOf(leg, recording?.id);
    if (body.command_id !== undefined) this.#done.set(body.command_id, { at: now, answer });
    keepNewest(this.#done, COMMAND_IDS_KEPT);
    return answer;
  }

  #count(now: number): void {
    this.#dials = this.#dials.filter((at) => now - at < DIAL_WINDOW_MS);
    if (this.#dials.length >= DIALS_IN_WINDOW) throw problems.dialsPerSecond();
    this.#dials.push(now);
  }
}

/** Dialling is asynchronous: `is_alive` is always false here. */
function answerOf(leg: Leg, recordingId: string | undefined): object {
  return {
    record_type: "call",
    call_control_id: leg.controlId,
    call_leg_id: leg.legId,
    call_session_id: leg.sessionId,
    is_alive: false,
    client_state: leg.clientState,
    ...(recordingId === undefined ? {} : { recording_id: recordingId }),
  };
}
