"use client";
import { Toolbar } from "@base-ui/react/toolbar";
import type { CallView, LiveCallState, SteerCall } from "@earwitness/shared";
import { useMutation } from "@tanstack/react-query";
import {
  AudioLines,
  CirclePause,
  Grip,
  Headphones,
  type LucideIcon,
  MicOff,
  Music,
  PhoneForwarded,
  PhoneOff,
} from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { hangUp } from "../../api/commands.ts";
import { useMay } from "../../api/use-may.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import type { CallLink } from "../../live/call-link.ts";
import { Button, type ButtonProps } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Notice } from "../../ui/notice.tsx";
import { contactNumber } from "../calls/parties.ts";
import { useKeys } from "../shell/use-keys.ts";
import { useListening } from "./listen/use-listening.ts";
import styles from "./talk.module.css";
import { useHeldPress } from "./use-held-press.ts";
import { useSeen } from "./use-seen.ts";
import { useSteer } from "./use-steer.ts";

const HangUpDialog = lazy(() => import("../call/hang-up-dialog.tsx"));
const TransferDialog = lazy(() => import("./transfer-dialog.tsx"));
const KeypadDialog = lazy(() => import("./keypad-dialog.tsx"));

export interface SteerBarProps {
  call: CallView;
  /** As the call's room tells it; null until it has. */
  state: LiveCallState | null;
  link: CallLink;
}

/**
 * What can be done to the call. A press shows at once that it has begun; whether it is so is told by the call's own state, and
 * a refusal stands below in the server's words.
 */
export function SteerBar({ call, state, link }: SteerBarProps) {
  const formatPhone = usePhoneFormat();
  const steer = useSteer(call.id);
  const ending = useMutation({ mutationFn: () => hangUp(call.id) });
  const listening = useListening(link);
  const [asks, setAsks] = useState<"transfer" | "keypad" | "hang-up" | null>(null);
  const [isMuted, isHeld, isPaused] = [Boolean(state?.muted), Boolean(state?.held), Boolean(state?.paused)];
  const [seesMuted, seesHeld, seesPaused] = [useSeen(isMuted), useSeen(isHeld), useSeen(isPaused)];
  const mute = () => steer.ask({ action: seesMuted() ? "unmute" : "mute" });
  const hold = () => steer.ask({ action: seesHeld() ? "resume" : "hold" });
  const pause = () => steer.ask({ action: seesPaused() ? "resume_recording" : "pause_recording" });
  const endPress = useHeldPress(
    () => setAsks("hang-up"),
    () => ending.mutate(),
  );
  const may = useMay();
  const maySteer = may("calls:steer");
  useKeys(maySteer ? { m: mute, h: hold, r: pause } : {}, { repeats: false });
  const isAsking = (...actions: SteerCall["action"][]) => steer.asking !== undefined && actions.includes(steer.asking);

  // Who only looks has no bar at all.
  if (!maySteer && !may("calls:listen") && !may("calls:hangup")) return null;
  return (
    <>
      <Toolbar.Root className={styles.steer} aria-label="Steer the call">
        {maySteer && (
          <>
            <Act icon={MicOff} pressed={isMuted} busy={isAsking("mute", "unmute")} onClick={mute}>
              {isMuted ? "Muted" : "Mute"}
            </Act>
            <Act icon={Music} pressed={isHeld} busy={isAsking("hold", "resume")} onClick={hold}>
              {isHeld ? "On hold" : "Hold"}
            </Act>
            <Act icon={PhoneForwarded} busy={isAsking("transfer")} onClick={() => setAsks("transfer")}>
              Transfer
            </Act>
            <Act icon={Grip} onClick={() => setAsks("keypad")}>
              Keypad
            </Act>
            <Act
              icon={CirclePause}
              pressed={isPaused}
              busy={isAsking("pause_recording", "resume_recording")}
              onClick={pause}
            >
              {isPaused ? "Resume recording" : "Pause recording"}
            </Act>
            <Menu
              label="Play a sound into the call"
              actions={[
                { key: "chime", label: "Chime", onSelect: () => steer.ask({ action: "play_sound", sound: "chime" }) },
                { key: "beep", label: "Beep", onSelect: () => steer.ask({ action: "play_sound", sound: "beep" }) },
              ]}
            >
              {(control) => (
                <Act {...control} icon={AudioLines} busy={isAsking("play_sound")} aria-label="Play a sound">
                  Sound
                </Act>
              )}
            </Menu>
          </>
        )}
        {may("calls:listen") && (
          <Act icon={Headphones} pressed={listening.isOn} busy={listening.isStarting} onClick={listening.toggle}>
            {listening.isOn ? "Listening in" : "Listen in"}
          </Act>
        )}
        {may("calls:hangup") && (
          <Act
            icon={PhoneOff}
            look="bad"
            busy={ending.isPending}
            title="Asks first; hold it for 0.6 s to hang up at once"
            {...endPress}
          >
            {ending.isPending ? "Hanging up" : "Hang up"}
          </Act>
        )}
      </Toolbar.Root>
      <div role="status" className={styles.answers}>
        {steer.answer && <Notice tone={steer.answer.tone}>{steer.answer.text}</Notice>}
        {listening.ended && <Notice>{listening.ended}</Notice>}
        {ending.isError && <Notice tone="bad">The line is still open. {errorMessage(ending.error)}</Notice>}
      </div>
      {asks !== null && (
        <Suspense>
          {asks === "hang-up" && (
            <HangUpDialog callId={call.id} contact={formatPhone(contactNumber(call))} onClose={() => setAsks(null)} />
          )}
          {asks === "transfer" && (
            <TransferDialog contact={formatPhone(contactNumber(call))} steer={steer} onClose={() => setAsks(null)} />
          )}
          {asks === "keypad" && <KeypadDialog callId={call.id} onClose={() => setAsks(null)} />}
        </Suspense>
      )}
    </>
  );
}

interface ActProps extends Omit<ButtonProps, "look"> {
  icon: LucideIcon;
  look?: "line" | "bad";
  /** For what is on or off: which of the two. */
  pressed?: boolean;
}

/** One button of the bar; the arrow keys lead from one to the next. */
function Act({ icon, look = "line", pressed, busy = false, children, ...rest }: ActProps) {
  return (
    <Toolbar.Button
      render={
        <Button
          {...rest}
          look={look}
          busy={busy}
          aria-pressed={pressed}
          className={look === "bad" ? styles.end : undefined}
        >
          {!busy && <Icon of={icon} />}
          {children}
        </Button>
      }
    />
  );
}
