import styles from "./avatar.module.css";

/** Two letters for a person, made from the name or the address. */
export function initials(name: string): string {
  const words =
    name
      .split("@")[0]
      ?.split(/[\s._-]+/u)
      .filter(Boolean) ?? [];
  const letters = words.length > 1 ? [words[0]?.[0], words.at(-1)?.[0]] : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toLocaleUpperCase();
}

export interface AvatarProps {
  name: string;
  /** Where the person's picture is; null shows their initials. */
  picture?: string | null;
}

export function Avatar({ name, picture = null }: AvatarProps) {
  if (picture !== null) return <img className={styles.avatar} src={picture} alt="" width={22} height={22} />;
  return (
    <span className={styles.avatar} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
