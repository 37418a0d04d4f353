export { dismissDeadMessages } from "./dismiss.ts";
export { type Resend, type Resent, sendDeadMessagesAgain } from "./send-again.ts";
