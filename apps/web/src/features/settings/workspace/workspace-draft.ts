import type { UpdateWorkspace, WorkspaceView } from "@earwitness/shared";
import { termsOf } from "../number-draft.ts";

/** The workspace's settings as their form holds them: every field a text or a switch. */
export interface WorkspaceDraft {
  name: string;
  agentsSeeAllCalls: boolean;
  announcement: string;
  /** BCP 47; empty lets the transcriber detect it. */
  language: string;
  /** One term a line. */
  keyTerms: string;
  /** One origin a line. */
  allowedOrigins: string;
}

/** The settings as they are, in the form's words. */
export function draftOf(workspace: WorkspaceView): WorkspaceDraft {
  return {
    name: workspace.name,
    agentsSeeAllCalls: workspace.agentsSeeAllCalls,
    announcement: workspace.announcement ?? "",
    language: workspace.language ?? "",
    keyTerms: workspace.keyTerms.join("\n"),
    allowedOrigins: workspace.allowedOrigins.join("\n"),
  };
}

/** What the draft would change, in the API's words; without keys when it changes nothing. */
export function changesOf(workspace: WorkspaceView, draft: WorkspaceDraft): UpdateWorkspace {
  const before = draftOf(workspace);
  const changed = <Key extends keyof WorkspaceDraft>(key: Key) => draft[key] !== before[key];
  const textOrNull = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    ...(changed("name") && { name: draft.name.trim() }),
    ...(changed("agentsSeeAllCalls") && { agentsSeeAllCalls: draft.agentsSeeAllCalls }),
    ...(changed("announcement") && { announcement: textOrNull(draft.announcement) }),
    ...(changed("language") && { language: textOrNull(draft.language) }),
    ...(changed("keyTerms") && { keyTerms: termsOf(draft.keyTerms) }),
    ...(changed("allowedOrigins") && { allowedOrigins: termsOf(draft.allowedOrigins) }),
  };
}

/** What is wrong with a draft as far as can be seen here, by field; the server has the last word. */
export function wrongWith(draft: WorkspaceDraft): Partial<Record<keyof WorkspaceDraft, string>> {
  const noOrigin = termsOf(draft.allowedOrigins).find((line) => !isOrigin(line));
  return {
    ...(draft.name.trim() === "" && { name: "A workspace has a name." }),
    ...(noOrigin !== undefined && {
      allowedOrigins: `“${noOrigin}” is no origin. Write it as https://app.example.com, without a path.`,
    }),
  };
}

/** An origin as browsers send it (RFC 6454): scheme, host and port, nothing behind. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text.toLowerCase();
}
