import { answerLeg } from "../leg/answer-leg.ts";
import { endLeg } from "../leg/end-leg.ts";
import { streamRequestOf } from "../media/request.ts";
import { startStream } from "../media/start-stream.ts";
import { problems } from "../problem.ts";
import { AnswerBody } from "../schema/commands.ts";
import { refuseUnemulated } from "../schema/unemulated.ts";
import { command } from "./command.ts";
import { recordFromAnswer } from "./record-from-answer.ts";
import { setHooks } from "./set-hooks.ts";

export const answer = command("answer", AnswerBody, "alive", (carrier, leg, body) => {
  if (leg.direction === "outgoing") throw problems.outboundAnswer();
  refuseUnemulated(body);
  const recording = recordFromAnswer(carrier, body, "AnswerAPI");
  const stream = streamRequestOf(body, leg);
  setHooks(leg, body);
  // What a second answer does is not documented: here it has no second effect.
  if (leg.state.kind !== "ringing" || leg.answering) return undefined;
  leg.answering = true;
  leg.agenda.at(leg.now + leg.answerAfterMs, () => {
    if (leg.state.kind !== "ringing") return;
    answerLeg(leg, stream);
    recording?.start(leg);
    if (stream !== undefined) startStream(carrier, leg, stream);
    const { hangupAfterMs, conversation } = leg;
    if (hangupAfterMs === undefined || conversation === undefined) return;
    leg.agenda.at(leg.now + hangupAfterMs, () => endLeg(carrier, leg, conversation.ending()));
  });
  return recording === null ? undefined : { recording_id: recording.id };
});
