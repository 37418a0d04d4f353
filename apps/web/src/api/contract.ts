// The contract's schemas and the parser behind them come in a file of their own, fetched beside the first request: they are
// a fifth of what a first load may weigh, and nothing can be drawn from an answer before it has come anyway.
export {
  ApiKeyList,
  CallList,
  CallView,
  CheckList,
  CommandTaken,
  CreatedApiKey,
  LiveFrame,
  MeView,
  NumberList,
  NumberView,
  PeaksView,
  PlacedCall,
  Problem,
  RetryTaken,
  TranscriptView,
} from "@earwitness/shared";
