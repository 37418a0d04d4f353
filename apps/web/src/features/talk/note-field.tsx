"use client";
import type { CallView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { StickyNote } from "lucide-react";
import { type FormEvent, useId, useRef, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { addNote, deleteNote } from "../../api/steer.ts";
import { clock } from "../../format/time.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input } from "../../ui/input.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useKeys } from "../shell/use-keys.ts";
import styles from "./talk.module.css";

export interface NoteFieldProps {
  call: CallView;
  /** The server's clock, which places the note. */
  now: () => number;
}

/** Takes a note at the moment at which its first letter was typed. */
export function NoteField({ call, now }: NoteFieldProps) {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [text, setText] = useState("");
  const [begunMs, setBegunMs] = useState<number | null>(null);
  useNow(1_000);
  useKeys({ n: () => input.current?.focus() });

  const positionNow = () =>
    call.answeredAt === null ? 0 : Math.max(0, Math.round(now() - Date.parse(call.answeredAt)));
  const refresh = () => client.invalidateQueries({ queryKey: ["notes", call.id] });
  const keeping = useMutation({
    mutationFn: (note: { text: string; positionMs: number }) => addNote(call.id, note.text, note.positionMs),
    onSuccess: () => {
      setText("");
      setBegunMs(null);
      return refresh();
    },
  });
  const undoing = useMutation({
    mutationFn: (noteId: string) => deleteNote(call.id, noteId),
    onSuccess: () => {
      keeping.reset();
      // The button that had the focus goes with the sentence it stood in.
      input.current?.focus();
      return refresh();
    },
  });
  const positionMs = begunMs ?? positionNow();
  const label = `Note at ${clock(positionMs)}`;

  function keep(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== "" && !keeping.isPending) keeping.mutate({ text: text.trim(), positionMs });
  }

  return (
    <form className={styles.note} onSubmit={keep}>
      <label className={styles.noteField} htmlFor={id}>
        <span className="vh">{label}</span>
        <Icon of={StickyNote} small />
        <Input
          ref={input}
          id={id}
          type="text"
          maxLength={4_000}
          autoComplete="off"
          placeholder={`${label}, seen by your workspace only`}
          value={text}
          aria-busy={keeping.isPending || undefined}
          onChange={(event) => {
            if (text === "") setBegunMs(positionNow());
            setText(event.currentTarget.value);
          }}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
        <Kbd>N</Kbd>
      </label>
      <div role="status" className={styles.kept}>
        {keeping.isPending && <span className="quiet small">Keeping the note</span>}
        {keeping.data && (
          <span className="small">
            Note kept{keeping.data.positionMs === null ? "" : ` at ${clock(keeping.data.positionMs)}`}.{" "}
            <Button size="sm" busy={undoing.isPending} onClick={() => undoing.mutate(keeping.data.id)}>
              Undo
            </Button>
          </span>
        )}
        {keeping.isError && <Notice tone="bad">The note was not kept. {errorMessage(keeping.error)}</Notice>}
        {undoing.isError && <Notice tone="bad">The note still stands. {errorMessage(undoing.error)}</Notice>}
      </div>
    </form>
  );
}
