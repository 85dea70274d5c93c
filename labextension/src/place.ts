/** Where a student is in a lesson, and where Continue leads. Steps are counted from 0. */

import type { Step } from './steps.js';

export interface Place {
  /** The step that is in view. */
  current: number;
  /** The furthest step that has been reached: what comes after it is not shown. */
  reached: number;
}

/** A place as it is kept with the answers. The id finds a step again; the number stands in where the cell is gone. */
export interface KeptPlace {
  current: { cell: string; number: number };
  reached: { cell: string; number: number };
}

/** What Continue does: run the steps from `from` until before `to`, then stand on `current`. */
export interface Move {
  from: number;
  to: number;
  place: Place;
}

export const START: Place = { current: 0, reached: 0 };

/** Where Continue leads; undefined at the end of the lesson. */
export function onward(place: Place, steps: readonly Step[]): Move | undefined {
  const { current, reached } = place;
  const next = current + 1;
  if (current < reached && !steps[current]?.feeds) {
    return { from: reached, to: reached, place: { current: reached, reached } };
  }
  if (next >= steps.length) {
    return undefined;
  }
  const furthest = Math.max(reached, next);
  return { from: next, to: furthest + 1, place: { current: next, reached: furthest } };
}

/** The place that was kept, in the lesson as it is now; the start where there is none. */
export function placeFrom(kept: unknown, steps: readonly Step[]): Place {
  const plain = kept as Partial<KeptPlace> | null | undefined;
  const reached = numberOf(plain?.reached, steps);
  return { reached, current: Math.min(numberOf(plain?.current, steps), reached) };
}

/** A place to keep. */
export function toKeep(place: Place, steps: readonly Step[]): KeptPlace {
  const one = (number: number) => ({ cell: steps[number]?.id ?? '', number });
  return { current: one(place.current), reached: one(place.reached) };
}

/** The same place after cells have been put in, taken out or moved. */
export function follow(place: Place, before: readonly Step[], after: readonly Step[]): Place {
  return placeFrom(toKeep(place, before), after);
}

function numberOf(kept: unknown, steps: readonly Step[]): number {
  const { cell, number } = (kept ?? {}) as { cell?: unknown; number?: unknown };
  const found = steps.findIndex(step => step.id === cell);
  if (found >= 0) {
    return found;
  }
  const whole = Number.isInteger(number) ? (number as number) : 0;
  return Math.max(0, Math.min(whole, steps.length - 1));
}
