"use client";
import { useRouter } from "next/navigation";
import { KeysDialog } from "./keys-dialog.tsx";
import { useKeys } from "./use-keys.ts";

export interface ShellKeysProps {
  isShown: boolean;
  onShow: (isShown: boolean) => void;
}

/** The keys that work on every screen, and the dialog that lists them all. */
export default function ShellKeys({ isShown, onShow }: ShellKeysProps) {
  const router = useRouter();
  useKeys({
    "?": () => onShow(true),
    "g c": () => router.push("/calls"),
    "g s": () => router.push("/settings"),
  });
  return isShown ? <KeysDialog onClose={() => onShow(false)} /> : null;
}
