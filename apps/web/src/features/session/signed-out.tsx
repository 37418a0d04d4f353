"use client";
import { SIGNED_OUT } from "../../api/sign-in-address.ts";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { Notice } from "../../ui/notice.tsx";

/** Above the sign-in form, for somebody whose session ended under their hands. */
export function SignedOut() {
  const search = useBrowserValue(() => window.location.search);
  if (search === null || !new URLSearchParams(search).has(SIGNED_OUT)) return null;
  return (
    <Notice role="status">
      You were signed out: in another browser, or because it was too long ago. Sign in again.
    </Notice>
  );
}
