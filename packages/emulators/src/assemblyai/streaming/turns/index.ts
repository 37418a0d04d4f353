import type { StreamParams } from "../params.ts";
import { ProTurns } from "./pro.ts";
import type { TurnMaker, TurnRules } from "./turn.ts";
import { UniversalTurns } from "./universal.ts";

/** The turns of the model that was asked for, by its family's defaults. */
export function turnMakerFor(params: StreamParams): TurnMaker {
  const { isPro } = params;
  const rules: TurnRules = {
    minTurnSilenceMs: params.min_turn_silence ?? params.min_end_of_turn_silence_when_confident ?? (isPro ? 100 : 400),
    maxTurnSilenceMs: params.max_turn_silence ?? (isPro ? 1000 : 1280),
    formatTurns: isPro || (params.format_turns ?? false),
    endOfTurnThreshold: params.end_of_turn_confidence_threshold ?? 0.4,
    includePartials: params.include_partial_turns ?? true,
    continuousPartials: params.continuous_partials ?? false,
    interruptionDelayMs: params.interruption_delay ?? 500,
    detectLanguage: params.language_detection ?? false,
  };
  return isPro ? new ProTurns(rules) : new UniversalTurns(rules);
}
