import { html, raw } from "hono/html";
import { BUILT_IN_SCRIPTS, DEFAULT_SCRIPT } from "../../script/built-in.ts";
import type { ControlContext } from "../context.ts";
import { type Html, layout } from "./layout.ts";

/** The page on which a developer is the rest of the telephone world: rings in, and sees what rings out. */
export function phonePage({ carrier }: ControlContext): Html {
  const numbers = [...carrier.numbers.keys()].map((number) => html`<option>${number}</option>`);
  const scripts = Object.entries(BUILT_IN_SCRIPTS).map(
    ([name, { title, language }]) =>
      html`<option value="${name}" ${name === DEFAULT_SCRIPT ? raw("selected") : ""}>${title} (${language})</option>`,
  );
  return layout(
    "Phone",
    html`<header><h1>Phone</h1><a href="/mailbox">Mailbox</a></header>
      <p>You are the other end of the line. A call from here reaches the application as a call from the carrier does; what the
        application dials rings below.</p>
      <form id="call">
        <label>From<input name="from" value="+14155550123" required pattern="\\+[1-9][0-9]{6,14}" title="A number like +14155550123" /></label>
        <label>To<select name="to">${numbers}</select></label>
        <label>They say<select name="script">${scripts}</select></label>
        <label>Or the caller plays (WAV)<input name="wav" type="file" accept="audio/wav,.wav" /></label>
        <button>Call</button>
      </form>
      <div role="status" id="status"></div>
      <h2>Calls</h2>
      <table>
        <thead><tr><th>Direction</th><th>From</th><th>To</th><th>State</th><th>Length</th><th>What is said</th><th></th></tr></thead>
        <tbody id="calls"></tbody>
      </table>
      <script type="module">${raw(SCRIPT)}</script>`,
  );
}

/** Runs in the browser: no build step, so plain JavaScript. */
const SCRIPT = `
const status = document.getElementById("status");
const calls = document.getElementById("calls");

document.getElementById("call").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  if (form.get("wav")?.size) form.delete("script"); else form.delete("wav");
  say("Ringing…");
  const response = await fetch("/calls", { method: "POST", body: form });
  const answer = await response.json();
  if (response.ok) say(""); else say(answer.error, true);
  await refresh();
});

calls.addEventListener("click", async (event) => {
  const session = event.target.dataset?.hangup;
  if (!session) return;
  await fetch("/calls/" + session + "/hangup", { method: "POST" });
  await refresh();
});

function say(text, isError) {
  status.textContent = text;
  status.className = isError ? "error" : "";
}

function lengthOf(call) {
  if (call.answeredMs === null) return "";
  const endedMs = call.endedMs ?? (Date.now() - Date.parse(call.startedAt)) * call.pace;
  return ((endedMs - call.answeredMs) / 1000).toFixed(1) + " s";
}

function row(call) {
  const tr = document.createElement("tr");
  const ended = call.state === "ended" ? "ended: " + call.hangupCause.replaceAll("_", " ") : call.state;
  const cells = [call.direction === "incoming" ? "in" : "out", call.from, call.to, ended, lengthOf(call), call.script ?? ""];
  for (const text of cells) tr.insertCell().textContent = text;
  const last = tr.insertCell();
  if (call.state !== "ended") {
    const button = document.createElement("button");
    button.className = "small";
    button.textContent = "Hang up";
    button.dataset.hangup = call.callLegId;
    last.append(button);
  }
  return tr;
}

async function refresh() {
  const { calls: list } = await (await fetch("/calls")).json();
  const focused = calls.contains(document.activeElement) ? document.activeElement.dataset.hangup : undefined;
  calls.replaceChildren(...list.slice(0, 50).map(row));
  if (focused) calls.querySelector('[data-hangup="' + focused + '"]')?.focus();
  if (list.length === 0) calls.innerHTML = "<tr><td colspan=7>No calls yet.</td></tr>";
}

await refresh();
setInterval(() => refresh().catch(() => say("The stand-ins are not running.", true)), 1000);
`;
