import { styleText } from "node:util";
import type { Vendor } from "../stack/bindings.ts";

/** What a person needs to know once it runs. */
export function describeAddresses(options: {
  web: string;
  api: string;
  phone: string;
  signInLink: string | undefined;
  numbers: readonly string[];
  real: ReadonlySet<Vendor>;
  seconds: number;
}): string {
  const { web, api, phone, real } = options;
  const row = (name: string, value: string) => `  ${name.padEnd(12)} ${styleText("cyan", value)}`;
  const call = `curl -s ${phone}/calls -H 'content-type: application/json' -d '${JSON.stringify({ from: "+13125550142", to: options.numbers[0] })}'`;
  return [
    "",
    styleText("bold", `Earwitness runs (${options.seconds.toFixed(1)} s). Ctrl-C stops it.`),
    "",
    row("Web", web),
    row("Sign in", options.signInLink ?? `${web}/login`),
    row("API docs", `${api}/v1/docs`),
    ...(real.has("resend") ? [] : [row("Mailbox", `${phone}/mailbox`)]),
    ...(real.has("telnyx") ? [] : [row("Phone", phone)]),
    "",
    ...(real.has("telnyx")
      ? [`  A test call: ring one of your carrier's numbers.`]
      : [`  A test call: open Phone and press Call, or run`, `    ${call}`]),
    ...(real.size > 0 ? ["", `  Real: ${[...real].join(", ")}. Everything else is a stand-in.`] : []),
    "",
  ].join("\n");
}
