import { html } from "hono/html";
import { type Html, layout } from "../control/pages/layout.ts";
import type { Person } from "./people.ts";

/** Asks as whom to sign in: one button a person, and one to cancel. Plain forms, so that a browser without scripts can use it. */
export function consentPage(options: {
  provider: string;
  action: string;
  requestId: string;
  scopes: readonly string[];
  people: readonly Person[];
}): Html {
  const { provider, action, requestId, scopes, people } = options;
  const button = (value: string, label: string) =>
    html`<form method="post" action="${action}">
      <input type="hidden" name="request" value="${requestId}" />
      <button name="person" value="${value}">${label}</button>
    </form>`;
  return layout(
    `Sign in with ${provider}`,
    html`<header><h1>Sign in with ${provider}</h1></header>
      <p>This is a stand-in for ${provider}. The application asks for: ${scopes.join(", ") || "nothing"}.</p>
      ${people.map(({ id, name, email }) => button(id, `Continue as ${name} (${email})`))}
      ${people.length === 0 ? html`<p>Nobody has an account here. Put people by the control door.</p>` : ""}
      <h2>Or</h2>
      ${button("", "Cancel")}`,
  );
}

/** What a person sees where the application must not be told. */
export function refusalPage(provider: string, error: string, description: string): Html {
  return layout(
    `${provider}: ${error}`,
    html`<header><h1>Access blocked</h1></header>
      <p class="error">Error 400: ${error}</p>
      <p>${description}</p>`,
  );
}
