import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/input.tsx";
import { languageChoices } from "./languages.ts";

export interface LanguageFieldProps {
  label: string;
  error: string | null | undefined;
  /** Its tag; empty for whichever the transcriber hears. */
  value: string;
  onChange: (tag: string) => void;
}

/** Which language is spoken. */
export function LanguageField({ label, error, value, onChange }: LanguageFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Select {...control} value={value} onChange={(e) => onChange(e.currentTarget.value)}>
          {languageChoices(value).map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
