import type { SearchAnswer } from "@earwitness/shared";
import { isRefused } from "../../api/api-error.ts";
import { asksSomething, isNarrowed, NO_SEARCH_FILTERS } from "../../api/search.ts";
import { languageNames } from "../../format/language.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failure } from "../failure/failure.tsx";
import styles from "./search-screen.module.css";
import { SearchSkeleton } from "./search-skeleton.tsx";
import type { TypedSearch } from "./use-search.ts";

export interface NothingFoundProps {
  answer: { isError: boolean; isFetching: boolean; isPlaceholderData: boolean; error: unknown; refetch: () => unknown };
  search: TypedSearch;
  /** Where it was looked; undefined while nothing was asked. */
  searched: SearchAnswer["searched"] | undefined;
}

/** Why there is no line: nothing is asked yet, it could not be asked, or nobody said it. */
export function NothingFound({ answer, search, searched }: NothingFoundProps) {
  const { filters, change } = search;
  if (!asksSomething(filters)) {
    return (
      <Empty className={styles.empty} title="What was said?">
        Type a word, and see each call in which somebody said it. <b>cancel</b> also finds “cancelled”, <b>cancel*</b>{" "}
        whatever begins so, <b>"flame sensor"</b> just these words, and <b>-test</b> leaves lines out.
      </Empty>
    );
  }
  if (answer.isError && isRefused(answer.error)) {
    return (
      <Empty className={styles.empty} title="This cannot be looked for" role="status">
        {answer.error.message} Ask for less.
      </Empty>
    );
  }
  if (answer.isError) {
    return (
      <Failure
        className={styles.empty}
        title="The search did not come back"
        error={answer.error}
        meaning="Your calls are safe; only this answer is missing."
        isTrying={answer.isFetching}
        onTryAgain={answer.refetch}
      />
    );
  }
  if (answer.isPlaceholderData) return <SearchSkeleton callsOnly />;
  return (
    <Empty
      role="status"
      className={styles.empty}
      title={`Nobody said “${filters.q}” here.`}
      action={
        isNarrowed(filters) && (
          <Button look="line" onClick={() => change(NO_SEARCH_FILTERS)}>
            Clear filters
          </Button>
        )
      }
    >
      {searched && searchedWords(searched)}
    </Empty>
  );
}

function searchedWords({ calls, isMore, languages }: SearchAnswer["searched"]): string {
  if (calls === 0) return "There is no call with words to search yet. Words come with the transcript, after the call.";
  const known = languages.filter((language) => language !== "und");
  const among = `${isMore ? "more than " : ""}${counted(calls, "call")}`;
  return `Searched ${among}${known.length > 0 ? ` in ${languageNames(known)}` : ""}. Try fewer words, or another week.`;
}
