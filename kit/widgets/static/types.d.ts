// What Python and the scripts hand each other, for the type checker alone: the browser never sees it.
// The traits are set in the Python file of the same name, which says what they mean.

interface Model<Traits> {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void;
  save_changes(): void;
  send(content: object, callbacks?: undefined, buffers?: ArrayBuffer[]): void;
  on(events: string, act: (message: any) => void): void;
}

interface View<Traits> {
  model: Model<Traits>;
  el: HTMLElement;
  signal: AbortSignal; // aborted when the widget is gone
}

// The last word on a text exercise: what is saved, and as of which message.
interface Saved {
  ok: boolean;
  text: string;
  heard: string;
  count: number;
}

interface Steps {
  undo: boolean;
  redo: boolean;
  reset?: boolean;
}

interface ReaderMark {
  layer: string;
  kind: string;
  label: string;
  words: string;
  aloud: string;
  rows: [name: string, value: string][];
  terms: Record<string, string>;
}

interface ReaderPiece {
  text: string;
  classes: string[];
  marks: number[];
  stops: number[]; // the marks whose last piece it is: here the keyboard stops
}

interface ReaderTraits {
  title: string;
  notes: string[];
  blocks: { kind: string; note: string; pieces: ReaderPiece[] }[];
  marks: ReaderMark[];
  glossary: Record<string, string[]>;
  switches: { layer: string; question: string; name: string; samples: Record<string, string> }[];
  layers: string[];
  selected: number;
}

// Words are counted from 0 within what is shown.
interface Mark {
  first: number;
  last: number;
  label: string;
  sure: boolean;
}

interface Choice {
  label: string;
  name: string; // as students choose it
  field: string; // as the field calls it
  means: string;
}

interface Place {
  key: string;
  kind: "missed" | "extra" | "label" | "same";
  label: string;
  words: [first: number, last: number][];
  before: string;
  quote: string;
  after: string;
  rows: { who: string; marked: boolean; label: string; why: string }[];
}

interface ReaderSum {
  name: string;
  words: string;
  lines: string[];
  figures: string[]; // for those who want them
}

interface TextBlock {
  kind: string;
  pieces: { text: string; word: number }[]; // -1: between words
}

type MarkedText = ReturnType<typeof import("./marker_text.js").markedText>;

interface MarkerTraits {
  exercise: string;
  title: string;
  task: string;
  layer: string;
  blocks: TextBlock[];
  sentences: number[];
  choices: Choice[]; // the usual one first
  looks: Record<string, string>; // by label
  marks: Mark[];
  committed: boolean;
  reveal: { readers?: ReaderSum[]; places?: Place[] };
  disagree: Record<string, string>;
  steps: Steps;
  message: string;
  saved: Saved;
}

interface Question {
  id: string;
  kind: "choice" | "choices" | "order" | "text" | "span" | "log";
  title: string;
  question: string;
  before: string;
  passage: string;
  words: string[];
  where: string;
  options: { id: string; text: string; card: string; address: string }[];
  hints: number;
  asks_sure: boolean;
  longest: number;
}

interface FeedbackRow {
  text: string;
  mark: "good" | "fair" | "bad" | "missed" | "yours" | "quiet";
  state: string;
  feedback: string;
}

interface FeedbackPoint {
  id: string;
  text: string;
  ours: string;
  feedback: string;
}

interface QuizTraits {
  unsaved: boolean; // what was done can't be saved now
  question: Question;
  picked: string[];
  text: string;
  sure: string;
  hints: string[];
  committed: boolean;
  feedback: {
    verdict?: string;
    headline?: string;
    rows?: FeedbackRow[];
    points?: FeedbackPoint[];
    model?: string;
    after?: string;
  };
  points: Record<string, string>;
  saved: string;
  problem: string;
  can_undo: boolean;
}

interface RewriterMark {
  words: string;
  label: string;
  why: string;
  voice: string;
  terms: Record<string, string[]>;
  choices: { words: string; who: string; advice: boolean }[];
}

interface RewriterPiece {
  text: string;
  marks: number[];
  new: boolean;
}

interface RewriterTraits {
  exercise: string;
  title: string;
  task: string;
  originals: RewriterPiece[][];
  marks: RewriterMark[];
  versions: string[];
  drawn: RewriterPiece[][];
  changes: string[];
  longest: number;
  steps: Steps;
  message: string;
  saved: Saved;
}

interface PasteTraits {
  unsaved: boolean; // what was done can't be saved now
  exercise: string;
  text: string;
  largest: number;
  using: string;
  own: boolean;
  saved: string;
  problem: string;
  can_undo: boolean;
}

interface HandInTraits {
  title: string;
  longest: number;
  written: string;
  problem: string;
  file: string;
  content: string;
  code: string;
  qr: string[];
}
