"use client";
import { useEffect, useRef, useState } from "react";
import { errorMessage } from "../../../api/api-error.ts";
import type { CallLink } from "../../../live/call-link.ts";
import { type Listener, startListening } from "./listener.ts";

/** Listening in on a call, for as long as the component that offers it is on screen. */
export function useListening(link: CallLink) {
  const [state, setState] = useState<"off" | "starting" | "on">("off");
  const [ended, setEnded] = useState<string | null>(null);
  const listener = useRef<Listener | null>(null);
  useEffect(() => () => listener.current?.stop(), []);

  async function start() {
    setEnded(null);
    setState("starting");
    try {
      listener.current = await startListening(link, (reason) => {
        listener.current = null;
        setState("off");
        setEnded(reason === null ? null : `Listening ended. ${reason}`);
      });
      setState("on");
    } catch (error) {
      setState("off");
      setEnded(`Listening did not begin. ${errorMessage(error)}`);
    }
  }

  return {
    isOn: state === "on",
    isStarting: state === "starting",
    /** Why it is over, where it was not ended here. */
    ended,
    toggle() {
      if (state === "off") void start();
      else if (state === "on") listener.current?.stop();
    },
  };
}
