export { dismissDeadMessage, type Resend, type Resent, sendDeadMessageAgain } from "./dead-messages.ts";
