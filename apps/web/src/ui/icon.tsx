import type { LucideIcon } from "lucide-react";

export interface IconProps {
  of: LucideIcon;
  /** 14 px instead of 16, for bars and badges. */
  small?: boolean;
  className?: string | undefined;
}

/** One drawn sign in the product's line weight. It is decoration: the word beside it, or the control's label, says it. */
export function Icon({ of: Glyph, small = false, className }: IconProps) {
  return <Glyph size={small ? 14 : 16} strokeWidth={1.75} aria-hidden="true" className={className} />;
}
