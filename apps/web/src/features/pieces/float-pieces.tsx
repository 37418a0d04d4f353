"use client";
import { LogOut, Phone } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Line, Piece } from "./piece.tsx";

/** What floats is shown by opening it, as it is in use. */
export function FloatPiece() {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <Piece title="Floating" rule="The only things with a shadow, because they float. Escape closes the topmost.">
      <Line name="Menu">
        <Menu
          label="Example"
          head="Signed in as dana@northgate.example"
          actions={[
            { key: "call", label: "Call a number", icon: Phone, onSelect: close },
            { key: "leave", label: "Sign out", icon: LogOut, onSelect: close },
          ]}
        >
          {(control) => (
            <Button look="line" {...control}>
              Open the menu
            </Button>
          )}
        </Menu>
      </Line>
      <Line name="Dialog">
        <Button look="line" onClick={() => setIsOpen(true)}>
          Open the dialog
        </Button>
      </Line>
      {isOpen && (
        <Dialog
          title="Hang up this call?"
          onClose={close}
          foot={
            <>
              <Button onClick={close}>Stay on the line</Button>
              <Button look="bad" onClick={close}>
                Hang up
              </Button>
            </>
          }
        >
          <p className="second">The line closes for both sides. What was recorded until then is kept.</p>
        </Dialog>
      )}
    </Piece>
  );
}
