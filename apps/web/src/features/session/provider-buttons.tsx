"use client";
import type { AccountProvider } from "@earwitness/shared";
import { useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { returnPath } from "../../api/sign-in-address.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { providerPage } from "./auth.ts";
import styles from "./door.module.css";
import { ProviderMark } from "./provider-mark.tsx";
import { PROVIDER_NAMES } from "./provider-names.ts";

/** The ways in by an account elsewhere. They lead to the provider's own page, and from there back to where one wanted to go. */
export function ProviderButtons({ providers }: { providers: readonly AccountProvider[] }) {
  const [leavingFor, setLeavingFor] = useState<AccountProvider | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  if (providers.length === 0) return null;

  async function leave(provider: AccountProvider) {
    setLeavingFor(provider);
    setFailure(null);
    try {
      const next = new URLSearchParams(window.location.search).get("next");
      window.location.assign(await providerPage(provider, returnPath(next, window.location.origin)));
    } catch (error) {
      setFailure(errorMessage(error));
      setLeavingFor(null);
    }
  }

  return (
    <>
      <p className={styles.or}>
        <span>or</span>
      </p>
      <div className={styles.ways}>
        {providers.map((provider) => (
          <Button
            key={provider}
            look="line"
            size="lg"
            busy={leavingFor === provider}
            onClick={() => leavingFor === null && leave(provider)}
          >
            {leavingFor !== provider && <ProviderMark provider={provider} />}
            Continue with {PROVIDER_NAMES[provider]}
          </Button>
        ))}
      </div>
      {failure && (
        <Notice tone="bad" role="alert">
          {failure}
        </Notice>
      )}
    </>
  );
}
