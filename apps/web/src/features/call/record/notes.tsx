"use client";
import type { CallView, NoteView } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { errorMessage } from "../../../api/api-error.ts";
import { notesQuery } from "../../../api/call-queries.ts";
import { meQuery } from "../../../api/queries.ts";
import { deleteNote } from "../../../api/steer.ts";
import { useMay } from "../../../api/use-may.ts";
import { clock, dayAndTime, exactInstant } from "../../../format/time.ts";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Notice } from "../../../ui/notice.tsx";
import styles from "./record.module.css";

/** What people noted of the call, in its order. One's own notes can be taken back. */
export function Notes({ call }: { call: CallView }) {
  const { data } = useQuery(notesQuery(call.id));
  const ownId = useQuery(meQuery).data?.user.id;
  const mayWrite = useMay()("notes:write");
  const notes = (data?.notes ?? []).toSorted((a, b) => (a.positionMs ?? 0) - (b.positionMs ?? 0));
  if (notes.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="notes">
      <h2 id="notes">
        Notes <span className={styles.count}>{notes.length}</span>
      </h2>
      <ol className={styles.events}>
        {notes.map((note) => (
          <Note key={note.id} note={note} isOwn={mayWrite && note.by === ownId} />
        ))}
      </ol>
    </section>
  );
}

function Note({ note, isOwn }: { note: NoteView; isOwn: boolean }) {
  const client = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => deleteNote(note.callId, note.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["notes", note.callId] }),
  });
  return (
    <li>
      <span className="quiet small">{note.positionMs === null ? "whole call" : clock(note.positionMs)}</span>
      <span>
        {note.text}
        <small>
          {note.byName ?? "Somebody"},{" "}
          <time dateTime={note.createdAt} title={exactInstant(note.createdAt)}>
            {dayAndTime(note.createdAt, new Date())}
          </time>
        </small>
        {deleting.isError && <Notice tone="bad">The note still stands. {errorMessage(deleting.error)}</Notice>}
      </span>
      {isOwn && (
        <Button
          size="sm"
          square
          busy={deleting.isPending}
          aria-label="Delete the note"
          title="Delete the note"
          onClick={() => deleting.mutate()}
        >
          {!deleting.isPending && <Icon of={Trash2} small />}
        </Button>
      )}
    </li>
  );
}
