import { announceLeg } from "../leg/announce-leg.ts";
import { bridgeLegs } from "../leg/bridge.ts";
import { ringOut } from "../ring-out.ts";
import { TransferBody } from "../schema/commands.ts";
import { refuseUnemulated } from "../schema/unemulated.ts";
import { command } from "./command.ts";
import { recordFromAnswer } from "./record-from-answer.ts";
import { setHooks } from "./set-hooks.ts";

export const transfer = command("transfer", TransferBody, "alive", (carrier, leg, body) => {
  refuseUnemulated(body);
  const recording = recordFromAnswer(carrier, body, "TransferAPI");
  const target = carrier.addLeg({
    direction: "outgoing",
    from: body.from ?? leg.to,
    to: body.to,
    connectionId: leg.connectionId,
    sessionId: leg.sessionId,
  });
  Object.assign(target.hooks, leg.hooks);
  setHooks(target, body);
  target.clientState = body.target_leg_client_state ?? null;
  leg.parksAfterUnbridge = body.park_after_unbridge === "self";
  announceLeg(target);
  ringOut(carrier, target, {
    timeoutSecs: body.timeout_secs,
    timeLimitSecs: body.time_limit_secs,
    retryOnTimeout: true,
    machineDetection: body.answering_machine_detection,
    stream: undefined,
    onAnswer: () => {
      recording?.start(target);
      if (leg.isAlive) bridgeLegs(leg, target);
    },
  });
  return recording === null ? undefined : { recording_id: recording.id };
});
