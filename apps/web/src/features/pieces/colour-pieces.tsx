import { Mark } from "../../ui/mark.tsx";
import { Piece } from "./piece.tsx";
import styles from "./pieces.module.css";

const COLOURS = [
  ["paper", "ground"],
  ["paper-sunk", "rails, bands"],
  ["paper-press", "pressed, empty"],
  ["line-strong", "control edge"],
  ["ink", "text"],
  ["ink-2", "second"],
  ["ink-3", "quiet"],
  ["accent", "proven, here"],
  ["caller", "channel 1"],
  ["agent", "channel 2"],
  ["live", "on air"],
  ["bad", "broken"],
  ["warn-shape", "look"],
  ["good", "done"],
] as const;

export function ColourPiece() {
  return (
    <Piece title="Colour" rule="Paper, ink, one accent that means “proven”, two channels, four statuses.">
      <ul className={styles.swatches}>
        {COLOURS.map(([name, use]) => (
          <li key={name} className={styles.swatch}>
            <i className={styles[name]} />
            <b>{name}</b>
            <small>{use}</small>
          </li>
        ))}
      </ul>
    </Piece>
  );
}

export function TypePiece() {
  return (
    <Piece title="Type" rule="People speak in serif. The product speaks in sans. Receipts are mono.">
      <div className={styles.types}>
        <p className={`said ${styles.display}`}>No calls yet. Make the first one now.</p>
        <p className={styles.title}>+1 217 555 0142</p>
        <p className={`said ${styles.speech}`}>It is, but it says E3, and the furnace clicks three or four times.</p>
        <p>The furnace stopped overnight; it is 58° inside.</p>
        <p className={`second ${styles.meta}`}>Thu 19 Nov, 09:14 · 2:21 · +1 217 555 0142</p>
        <p className="small quiet">Confidence 0.58: listen before you rely on it</p>
        <p className="receipt">4f1c09ae 7b22d9e0</p>
      </div>
    </Piece>
  );
}

export function MarkPiece() {
  return (
    <Piece title="Mark" rule="An ear in the colour of the text beside it, and in accent what it heard.">
      <Mark />
    </Piece>
  );
}
