"use client";
import { Headphones, Phone, PhoneOff } from "lucide-react";
import { useState } from "react";
import { Button, type ButtonLook } from "../../ui/button.tsx";
import { ButtonGroup } from "../../ui/button-group.tsx";
import { Check, Switch, SwitchRow } from "../../ui/check.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input, SearchInput, Select, TextArea } from "../../ui/input.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Badge } from "../../ui/status.tsx";
import { Line, Piece } from "./piece.tsx";
import styles from "./pieces.module.css";

const LOOKS: readonly [string, NonNullable<ButtonLook["look"]>][] = [
  ["Primary", "primary"],
  ["Line", "line"],
  ["Plain", "plain"],
  ["Bad", "bad"],
  ["Bad, quiet", "bad-quiet"],
];

export function ButtonPiece() {
  const [span, setSpan] = useState<"fit" | "minute" | "ten">("fit");
  const [isPressed, setIsPressed] = useState(true);
  return (
    <Piece title="Buttons" rule="One primary in a region. 32 px; 28 in bars; 40 on phones.">
      {LOOKS.map(([name, look]) => (
        <Line key={look} name={name}>
          <Button look={look}>Save</Button>
          <Button look={look}>
            <Icon of={look === "bad" ? PhoneOff : Phone} small />
            With icon
          </Button>
          <Button look={look} className={styles.isFocus}>
            Focus
          </Button>
          <Button look={look} busy>
            Saving
          </Button>
          <Button look={look} disabled title="Nothing to save">
            Disabled
          </Button>
        </Line>
      ))}
      <Line name="Sizes">
        <Button look="line" size="sm">
          Small
        </Button>
        <Button look="line">Normal</Button>
        <Button look="line" size="lg">
          Large
        </Button>
        <Button look="line" square aria-label="An icon alone">
          <Icon of={Phone} />
        </Button>
        <Button look="line" aria-pressed={isPressed} onClick={() => setIsPressed(!isPressed)}>
          <Icon of={Headphones} small />
          {isPressed ? "Pressed" : "Not pressed"}
        </Button>
        <ButtonGroup
          label="One of a few"
          options={[
            { value: "fit", label: "Fit" },
            { value: "minute", label: "1 min" },
            { value: "ten", label: "10 s" },
          ]}
          value={span}
          onChoose={setSpan}
        />
      </Line>
    </Piece>
  );
}

export function FieldPiece() {
  return (
    <Piece title="Fields" rule="Label above, hint below, error in its place with what to do.">
      <div className={styles.three}>
        <Field label="Number" hint="With the country code">
          {(control) => <Input {...control} placeholder="+1 217 555 0100" />}
        </Field>
        <Field label="Number to ring" error="Four digits are missing.">
          {(control) => <Input {...control} defaultValue="+1 217-555" />}
        </Field>
        <Field label="Region" hint="Set when the workspace was made">
          {(control) => <Input {...control} defaultValue="EU" disabled />}
        </Field>
        <Field label="Language spoken">
          {(control) => (
            <Select {...control}>
              <option>English</option>
              <option>Spanish</option>
            </Select>
          )}
        </Field>
        <Field label="Search">
          {() => <SearchInput label="Search" placeholder="A whole phone number" end={<Kbd>/</Kbd>} />}
        </Field>
        <Field label="Announcement">
          {(control) => <TextArea {...control} rows={2} defaultValue="This call is recorded." />}
        </Field>
      </div>
      <Line name="Choice">
        <Check aria-label="Off" />
        <Check aria-label="On" defaultChecked />
        <Check aria-label="Some" some />
        <Switch aria-label="Off" />
        <Switch aria-label="On" defaultChecked />
        <Switch aria-label="Disabled" disabled />
      </Line>
      <SwitchRow label="Record calls that come in" hint="The announcement is spoken first." defaultChecked />
    </Piece>
  );
}

export function ChipPiece() {
  const [direction, setDirection] = useState<string | null>("inbound");
  const menu = (value: string | null) =>
    ["inbound", "outbound"].map((key) => ({
      key,
      label: key,
      chosen: key === value,
      onSelect: () => setDirection(key),
    }));
  return (
    <Piece title="Chips, badges, keys" rule="Chips change the question; badges say a property.">
      <Line name="Chips">
        <Menu label="Direction" actions={menu(direction)}>
          {(control) => (
            <Chip name="Direction" value={direction} control={control} onClear={() => setDirection(null)} />
          )}
        </Menu>
        <Menu label="State" actions={menu(null)}>
          {(control) => <Chip name="State" value={null} control={control} onClear={() => undefined} />}
        </Menu>
      </Line>
      <Line name="Badges">
        <Badge>exact · v1</Badge>
        <Badge tone="accent">healed</Badge>
        <Badge tone="good">paid</Badge>
        <Badge tone="warn">call back</Badge>
        <Badge tone="bad">refund</Badge>
      </Line>
      <Line name="Keys">
        <Kbd>space</Kbd>
        <Kbd>?</Kbd>
        <Kbd>G</Kbd>
      </Line>
    </Piece>
  );
}
