export { dismissDeadMessage, type Resend, sendDeadMessageAgain } from "./dead-messages.ts";
