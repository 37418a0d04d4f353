import {
  ArrowDownToLine,
  BellRing,
  CircleCheck,
  Hourglass,
  Loader,
  type LucideIcon,
  MicOff,
  PhoneMissed,
  PhoneOff,
  TriangleAlert,
  Voicemail,
} from "lucide-react";
import { Status } from "../../ui/status.tsx";
import type { CallShape, CallStatus } from "./call-status.ts";

const PICTURES: Record<CallShape, LucideIcon | "dot"> = {
  ringing: BellRing,
  live: "dot",
  missed: PhoneMissed,
  busy: PhoneOff,
  voicemail: Voicemail,
  stopped: PhoneOff,
  waiting: Hourglass,
  storing: ArrowDownToLine,
  transcribing: Loader,
  done: CircleCheck,
  nothing: MicOff,
  failed: TriangleAlert,
};

/** A call's status as it is drawn everywhere: in the list, in the call's head, among the pieces. */
export function CallStatusView({ status }: { status: CallStatus }) {
  return (
    <Status tone={status.tone} shape={PICTURES[status.shape]} title={status.detail}>
      {status.word}
    </Status>
  );
}
