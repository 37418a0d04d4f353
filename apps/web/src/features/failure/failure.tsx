import { RefreshCw } from "lucide-react";
import { errorMessage, requestIdOf } from "../../api/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";

export interface FailureProps {
  /** What did not happen: "The list did not load". */
  title: string;
  error: unknown;
  /** What it means for the person, after the cause. */
  meaning: string;
  isTrying?: boolean;
  onTryAgain: () => void;
  className?: string | undefined;
}

/** In the place of something that could not be shown. */
export function Failure({ title, error, meaning, isTrying = false, onTryAgain, className }: FailureProps) {
  return (
    <Empty
      role="alert"
      title={title}
      className={className}
      action={
        <Button look="line" busy={isTrying} onClick={onTryAgain}>
          {!isTrying && <Icon of={RefreshCw} small />}
          Load again
        </Button>
      }
    >
      {errorMessage(error)} {meaning} <RequestId error={error} />
    </Empty>
  );
}

/** Above something that is shown, but could not be brought up to date. */
export function StaleNotice({ title, error, isTrying = false, onTryAgain, className }: Omit<FailureProps, "meaning">) {
  return (
    <Notice
      tone="warn"
      role="status"
      className={className}
      action={
        <Button size="sm" busy={isTrying} onClick={onTryAgain}>
          Load again
        </Button>
      }
    >
      <b className="strong">{title}</b> {errorMessage(error)} <RequestId error={error} />
    </Notice>
  );
}

function RequestId({ error }: { error: unknown }) {
  const id = requestIdOf(error);
  return id === null ? null : (
    <>
      Request <span className="receipt">{id}</span>
    </>
  );
}
