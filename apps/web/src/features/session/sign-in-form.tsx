"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { returnPath } from "../../api/sign-in-address.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";
import { requestSignInLink } from "./auth.ts";
import { wrongWithAddress } from "./check-address.ts";
import styles from "./door.module.css";
import { ProviderButtons } from "./provider-buttons.tsx";
import { SignedOut } from "./signed-out.tsx";
import { useWaysIn } from "./use-ways-in.ts";

/** Asks for an address and has a link mailed to it, or leads to an account elsewhere. */
export function SignInForm() {
  const router = useRouter();
  const [address, setAddress] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const ways = useWaysIn();

  async function send(event: FormEvent) {
    event.preventDefault();
    if (isSending) return;
    const found = wrongWithAddress(address);
    setWrong(found);
    setFailure(null);
    if (found) {
      field.current?.focus();
      return;
    }
    setIsSending(true);
    try {
      const next = returnPath(new URLSearchParams(window.location.search).get("next"), window.location.origin);
      await requestSignInLink(address.trim(), next);
      router.push(`/login/check-mail?${new URLSearchParams({ next })}#${encodeURIComponent(address.trim())}`);
    } catch (error) {
      setFailure(errorMessage(error));
      setIsSending(false);
    }
  }

  return (
    <div className={styles.stack}>
      <SignedOut />
      <h1>Sign in</h1>
      <p className="second">We mail you a link. It works once, for 15 minutes.</p>
      <form noValidate onSubmit={send}>
        <Field label="Work e-mail" error={wrong}>
          {(control) => (
            <Input
              {...control}
              ref={field}
              large
              type="email"
              name="email"
              autoComplete="email"
              value={address}
              onChange={(event) => {
                setAddress(event.currentTarget.value);
                setWrong(null);
              }}
            />
          )}
        </Field>
        <Button type="submit" look="primary" size="lg" busy={isSending}>
          {isSending ? "Mailing the link" : "Mail me a link"}
        </Button>
      </form>
      {failure && (
        <Notice tone="bad" role="alert">
          {failure}
        </Notice>
      )}
      <ProviderButtons providers={ways?.providers ?? []} />
      {ways && (
        <p className="small quiet">
          {ways.signUp === "open"
            ? "A first sign-in makes your workspace."
            : "New here? Somebody has to invite you first."}
        </p>
      )}
    </div>
  );
}
