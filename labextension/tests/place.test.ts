import assert from 'node:assert/strict';
import { test } from 'node:test';
import { START, follow, onward, placeFrom, toKeep } from '../src/place.js';
import { stepsOf, type Cell } from '../src/steps.js';

const steps = (...names: string[]) =>
  stepsOf(
    names.map((id): Cell => ({ id, type: 'code', source: 'kit.show(x)', notes: id.startsWith('feeds') ? { feeds: true } : {} }))
  );
const FIVE = steps('a', 'b', 'c', 'd', 'e');

test('on from the furthest step, the next one runs', () => {
  assert.deepEqual(onward({ current: 2, reached: 2 }, FIVE), { from: 3, to: 4, place: { current: 3, reached: 3 } });
});

test('on from an earlier one leads back to the furthest, and nothing runs', () => {
  assert.deepEqual(onward({ current: 0, reached: 3 }, FIVE), { from: 3, to: 3, place: { current: 3, reached: 3 } });
});

test('on from what feeds later steps, those run again that were reached', () => {
  const fed = steps('a', 'feeds b', 'c', 'd', 'e');
  assert.deepEqual(onward({ current: 1, reached: 3 }, fed), { from: 2, to: 4, place: { current: 2, reached: 3 } });
  assert.deepEqual(onward({ current: 1, reached: 1 }, fed), { from: 2, to: 3, place: { current: 2, reached: 2 } });
});

test('after the last step there is no way on', () => {
  assert.equal(onward({ current: 4, reached: 4 }, FIVE), undefined);
  assert.equal(onward(START, []), undefined);
});

test('a place that is kept is found again, wherever its cells have gone', () => {
  const kept: unknown = JSON.parse(JSON.stringify(toKeep({ current: 1, reached: 3 }, FIVE)));
  assert.deepEqual(placeFrom(kept, FIVE), { current: 1, reached: 3 });
  assert.deepEqual(placeFrom(kept, steps('x', 'a', 'b', 'c', 'd', 'e')), { current: 2, reached: 4 });
  assert.deepEqual(placeFrom(kept, steps('a', 'b', 'c', 'e')), { current: 1, reached: 3 }, 'd is gone: its number');
  assert.deepEqual(placeFrom(kept, steps('a')), { current: 0, reached: 0 });
  assert.deepEqual(placeFrom(kept, []), { current: 0, reached: 0 });
});

test('what is in view was reached, whatever has been moved', () => {
  assert.deepEqual(follow({ current: 1, reached: 3 }, FIVE, steps('a', 'd', 'c', 'b', 'e')), { current: 1, reached: 1 });
});

test('what is no place is the start', () => {
  for (const kept of [null, undefined, 7, 'x', {}, { reached: 4 }, { reached: { number: -3 }, current: { number: 0.5 } }]) {
    assert.deepEqual(placeFrom(kept, FIVE), START);
  }
});
