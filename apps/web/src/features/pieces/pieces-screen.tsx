"use client";
import { Bar } from "../shell/bar.tsx";
import { Body } from "../shell/body.tsx";
import { CallPieces } from "./call-pieces.tsx";
import { ColourPiece, MarkPiece, TypePiece } from "./colour-pieces.tsx";
import { ButtonPiece, ChipPiece, FieldPiece } from "./control-pieces.tsx";
import { FloatPiece } from "./float-pieces.tsx";
import { FactPiece, StatePiece, StatusPiece } from "./state-pieces.tsx";

/** Every piece of the product in every state, in the scheme and width that one looks at it with. */
export default function PiecesScreen() {
  return (
    <>
      <Bar
        title="Pieces"
        beside={<p className="quiet no-phone">Every part in every state. What is not here is not built.</p>}
      />
      <Body>
        <ColourPiece />
        <TypePiece />
        <MarkPiece />
        <ButtonPiece />
        <FieldPiece />
        <ChipPiece />
        <StatusPiece />
        <FactPiece />
        <CallPieces />
        <FloatPiece />
        <StatePiece />
      </Body>
    </>
  );
}
