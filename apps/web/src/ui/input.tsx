import { Search } from "lucide-react";
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import styles from "./input.module.css";

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** 40 px, on the front doors. */
  large?: boolean;
  ref?: Ref<HTMLInputElement> | undefined;
}

export function Input({ large = false, className, ...rest }: InputProps) {
  return <input {...rest} className={cx(styles.input, large && styles.large, className)} />;
}

export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select {...rest} className={cx(styles.input, styles.select, className)} />;
}

export function TextArea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea {...rest} className={cx(styles.input, styles.area, className)} />;
}

export interface SearchInputProps extends Omit<InputProps, "type"> {
  label: string;
  /** Shown at the end of the field, such as the key that leads here. */
  end?: ReactNode;
}

/** A field that looks for something. Its label is heard, not seen: the glass and the placeholder say it to the eye. */
export function SearchInput({ label, end, className, ...rest }: SearchInputProps) {
  const id = useId();
  return (
    <label className={cx(styles.withIcon, className)} htmlFor={id}>
      <span className="vh">{label}</span>
      <Icon of={Search} small />
      <Input {...rest} id={id} type="search" />
      {end}
    </label>
  );
}
