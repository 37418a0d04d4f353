import type { Stack } from "../stack/start-stack.ts";
import { type OpenWorkspace, openWorkspace } from "./open-workspace.ts";

/** `openWorkspace` on a stack without the app, where the API's own origin is the one that browsers come from. */
export function openWorkspaceOn(
  { urls, emulators }: Pick<Stack, "urls" | "emulators">,
  email: string,
): Promise<OpenWorkspace> {
  return openWorkspace({ apiUrl: urls.api, appOrigin: urls.api, mailboxUrl: emulators.control.url, email });
}
