"use client";
import { useMemo } from "react";
import { usePhoneFormat } from "../../format/phone.ts";
import { Axis } from "../call/axis/axis.tsx";
import { findSilences, loudnessOf } from "../call/axis/bars.ts";
import { partyNames } from "../call/party-names.ts";
import { Player } from "../call/player/player.tsx";
import { Transcript } from "../call/transcript/transcript.tsx";
import { buildTurns } from "../call/transcript/turns.ts";
import { CallRow, CallTableHead } from "../calls/call-row.tsx";
import tableStyles from "../calls/call-table.module.css";
import { Piece } from "./piece.tsx";
import styles from "./pieces.module.css";
import { SAMPLE_PEAKS, SAMPLE_TRANSCRIPT, STATUS_CALLS } from "./samples.ts";

const LOUDNESS = loudnessOf(SAMPLE_PEAKS, 1);
const SILENCES = findSilences(LOUDNESS, 800);
const nothing = () => undefined;

/** The pieces that only calls are made of: rows, the axis, the player, the turns. */
export function CallPieces() {
  const formatPhone = usePhoneFormat();
  const turns = useMemo(() => buildTurns(SAMPLE_TRANSCRIPT.utterances), []);
  return (
    <>
      <Piece title="Rows" rule="44 px. Hover, cursor, live, and one for each status.">
        <div className={styles.box}>
          <table className={tableStyles.table}>
            <CallTableHead />
            <tbody>
              {STATUS_CALLS.map((call, index) => (
                <CallRow
                  key={index}
                  call={call}
                  index={index}
                  hasCursor={index === 7}
                  formatPhone={formatPhone}
                  measure={nothing}
                  onOpen={nothing}
                />
              ))}
            </tbody>
          </table>
        </div>
      </Piece>
      <Piece
        title="Axis and player"
        rule="Caller above, agent below. Without a recording behind it, this one is silent."
      >
        <div className={styles.sound}>
          <Axis
            loudness={LOUDNESS}
            durationMs={SAMPLE_PEAKS.durationMs}
            silences={SILENCES}
            caller={{ name: "Caller", detail: "spoke 37%" }}
            agent={{ name: "Agent", detail: "spoke 37%" }}
            playback={null}
          />
          <Player playback={null} durationMs={SAMPLE_PEAKS.durationMs} silences={SILENCES} />
        </div>
      </Piece>
      <Piece title="Turns" rule="Speech in serif; dots under what the transcriber was unsure of.">
        <div className={styles.box}>
          <Transcript
            transcript={SAMPLE_TRANSCRIPT}
            turns={turns}
            names={partyNames({ direction: "inbound" })}
            playback={null}
          />
        </div>
      </Piece>
    </>
  );
}
