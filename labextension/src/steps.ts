/**
 * The steps of a lesson, told from its cells. A step is what a student sees between one Continue and the next.
 *
 * The rule: a step ends with each code cell that shows something. Cells whose last line is an import, an assignment
 * or a print go on with what follows, and text belongs to the code below it. Text after the last code cell is a step
 * of its own. A cell says otherwise in its metadata: `{"between_the_lines": {"step": "ends"}}` or `"goes on"`.
 */

/** What a cell's own metadata, under "between_the_lines", may say. */
export interface CellNotes {
  /** Whether a step ends with this cell, against the rule. */
  step?: 'ends' | 'goes on';
  /** The code is part of the lesson: shown, to be changed, with a button that runs it. */
  code?: 'shown';
  /** The cell has a button that runs it again. */
  again?: boolean;
  /** The cell is about notebooks, and is left out of the lesson. */
  only?: 'notebook';
  /** What comes later depends on what is given here: going on from here runs it anew. */
  feeds?: boolean;
}

/** What the rule looks at in a cell. */
export interface Cell {
  id: string;
  type: string;
  source: string;
  notes: CellNotes;
}

/** Some cells in a row, half-open: `from` is the number of the first, `to` of the one after the last. */
export interface Step {
  /** The id of its last cell: the place is kept by it, whatever is put in or taken out above. */
  id: string;
  from: number;
  to: number;
  /** Its first heading or its first words, for screen readers. */
  title: string;
  feeds: boolean;
}

const GOES_ON = /^(import |from |print\(|[\w, ]+ = )/;

const LONG_TEXT = /"""[^]*?"""/g;

/** The steps of a lesson in their order; all its cells are in one of them. */
export function stepsOf(cells: readonly Cell[]): Step[] {
  const steps: Step[] = [];
  let from = 0;
  const end = (to: number): void => {
    const own = cells.slice(from, to);
    const last = own.at(-1);
    if (last) {
      steps.push({ id: last.id, from, to, title: titleOf(own), feeds: own.some(cell => cell.notes.feeds === true) });
    }
    from = to;
  };
  cells.forEach((cell, number) => {
    if (endsStep(cell)) {
      end(number + 1);
    }
  });
  end(cells.length);
  return steps;
}

/** What a notebook's or a cell's metadata has for us: an object, whatever somebody has written there. */
export function ours(metadata: unknown): Record<string, unknown> {
  const found = (metadata as Record<string, unknown> | null | undefined)?.['between_the_lines'];
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}

/**
 * The lesson that a notebook's metadata names, with "/" and its part behind it if it is not the lesson itself.
 * Undefined if it names none, null if what stands there is damaged.
 */
export function lessonIn(metadata: unknown): string | null | undefined {
  if ((metadata as Record<string, unknown> | null | undefined)?.['between_the_lines'] === undefined) {
    return undefined;
  }
  const { lesson, part } = ours(metadata);
  if (typeof lesson !== 'string' || !/^\w[\w-]*$/.test(lesson)) {
    return null;
  }
  return typeof part === 'string' ? `${lesson}/${part}` : lesson;
}

function endsStep(cell: Cell): boolean {
  if (cell.notes.step === 'ends' || cell.notes.step === 'goes on') {
    return cell.notes.step === 'ends';
  }
  if (cell.type !== 'code') {
    return false;
  }
  const lines = cell.source.replace(LONG_TEXT, '""').split('\n').filter(line => /^[^\s#]/.test(line));
  const last = lines.at(-1);
  return last !== undefined && !GOES_ON.test(last);
}

function titleOf(cells: readonly Cell[]): string {
  const text = cells
    .filter(cell => cell.type === 'markdown')
    .map(cell => cell.source)
    .join('\n');
  const lines = text.split('\n').filter(line => line.trim());
  const line = lines.find(one => one.startsWith('#')) ?? lines[0] ?? '';
  const plain = line
    .replace(/\]\([^)]*\)/g, '')
    .replace(/[#*_`>[\]|]/g, '')
    .trim();
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
}
