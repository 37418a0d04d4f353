import type { Mail, Mailer } from "@earwitness/core";
import { EarwitnessError, withinLimit } from "@earwitness/shared";
import { readAddress, readMailbox } from "../message/address.ts";
import { composeMessage } from "../message/compose.ts";
import { handOver, SmtpRefusal, type SmtpServer } from "./hand-over.ts";
import { type Connect, SmtpLine } from "./line.ts";

export interface SmtpOptions extends SmtpServer {
  readonly port: number;
  /** `Name <address>` of a domain for which the server may send. */
  readonly from: string;
  /** `connect` of `cloudflare:sockets`. */
  readonly connect: Connect;
}

/** From the connection's opening to the server's word. Servers that delay their greeting on purpose do so for some seconds. */
const SEND_TIME_LIMIT_MS = 30_000;

/**
 * Mail through an SMTP server: TLS from the first byte, or STARTTLS as a condition. Throws `vendor_failed`: retryable where the
 * server said so (4xx) or the line broke, for good where it refused (5xx). After a break in the last step the mail may have
 * been taken: a second one has the same Message-ID.
 */
export function createSmtpMailer(options: SmtpOptions): Mailer {
  const { hostname, port, security } = options;
  return {
    async send(mail: Mail) {
      const from = readMailbox(options.from);
      const to = readAddress(mail.to);
      if (from === null) throw refused("The sender's address (MAIL_FROM) is none.", false);
      if (to === null) throw refused("The recipient's address is not one that SMTP can carry.", false);
      const message = await composeMessage(mail, from, to, new Date());
      const secureTransport = security === "tls" ? "on" : "starttls";
      let line: SmtpLine | undefined;
      try {
        const socket = options.connect({ hostname, port }, { secureTransport, allowHalfOpen: false });
        // What breaks the connection is thrown by the read or write that it breaks.
        socket.closed.catch(() => {});
        line = new SmtpLine(socket);
        const envelope = { from: from.address, to, message };
        const said = await withinLimit(handOver(line, options, envelope), SEND_TIME_LIMIT_MS);
        await line.write("QUIT\r\n").catch(() => {});
        return { kind: "sent", providerMailId: said };
      } catch (error) {
        if (error instanceof SmtpRefusal && error.isOfAddress) {
          return { kind: "refused", cause: "bounced", detail: `SMTP: ${error.message}` };
        }
        throw failureOf(error);
      } finally {
        await line?.close().catch(() => {});
      }
    },
  };
}

function failureOf(error: unknown): EarwitnessError {
  if (error instanceof SmtpRefusal) {
    const { code, message } = error;
    return refused(message, code < 500, { code, answer: message, cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return refused(`The line to the server broke: ${reason}`, true, { code: null, answer: null, cause: error });
}

/** `asked`: what came where the server was asked. */
function refused(
  reason: string,
  retryable: boolean,
  asked?: { code: number | null; answer: string | null; cause: unknown },
): EarwitnessError {
  return new EarwitnessError("vendor_failed", `SMTP: ${reason}`, {
    retryable,
    ...(asked && {
      vendorAnswer: { vendor: "SMTP", status: asked.code, requestId: null, answer: asked.answer },
      cause: asked.cause,
    }),
  });
}
