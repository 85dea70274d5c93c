import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lessonIn, stepsOf, type Cell, type CellNotes } from '../src/steps.js';

const cell = (type: string, source: string, notes: CellNotes = {}, id = source): Cell => ({ id, type, source, notes });
const shown = (...cells: Cell[]) => stepsOf(cells).map(step => [step.from, step.to]);

const TEXT = cell('markdown', '# A lesson\n\nSome words.');
const SETUP = cell('code', 'import kit\n\nstory = kit.load("blinken")\nprint(story.title)');
const QUIZ = cell('code', 'kit.Quiz("02_who_says_so/before")');

test('text and setting up go on with what follows; what shows something ends a step', () => {
  assert.deepEqual(shown(TEXT, SETUP, TEXT, QUIZ, TEXT, QUIZ), [
    [0, 4],
    [4, 6]
  ]);
});

test('the last line of a cell decides, wherever its strings end', () => {
  const text = cell('code', 'text = """Late again.\nNobody knows."""');
  const page = cell('code', 'page = """The ferry is late\nprint(no)\nPassengers wait."""\nkit.show(page)');
  const paste = cell('code', 'yours = kit.Paste("06_your_article/first", example="ferry_1")\nyours');
  const given = cell('code', 'article = yours.article\nprint(article.title)');
  const comment = cell('code', '# nothing here');
  assert.deepEqual(shown(page, paste, given, text, comment, QUIZ), [
    [0, 1],
    [1, 2],
    [2, 6]
  ]);
});

test('text at the end is a step of its own; a notebook of text is one', () => {
  assert.deepEqual(shown(QUIZ, TEXT, TEXT), [
    [0, 1],
    [1, 3]
  ]);
  assert.deepEqual(shown(TEXT, TEXT), [[0, 2]]);
  assert.deepEqual(shown(), []);
});

test('a cell can say otherwise', () => {
  const first = cell('code', 'kit.show(courier)', { step: 'goes on' });
  const last = cell('markdown', 'Think for a moment.', { step: 'ends' });
  assert.deepEqual(shown(first, QUIZ, last, QUIZ), [
    [0, 2],
    [2, 3],
    [3, 4]
  ]);
});

test('a step is called by its heading, or by how it begins, and kept by its last cell', () => {
  const [first, second] = stepsOf([
    cell('markdown', '**Before** that: [a word](glossary.ipynb#cell-id=source).\n\n## 2 · *Look*'),
    cell('code', 'kit.show(1)', {}, 'one'),
    cell('markdown', 'See the `cue`, [here](x.html).'),
    cell('code', 'kit.show(2)', { feeds: true }, 'two')
  ]);
  assert.deepEqual(first, { id: 'one', from: 0, to: 2, title: '2 · Look', feeds: false });
  assert.deepEqual(second, { id: 'two', from: 2, to: 4, title: 'See the cue, here.', feeds: true });
});

test('a notebook says which lesson it is; what is no name is damaged', () => {
  assert.equal(lessonIn({ between_the_lines: { lesson: '02_who_says_so' } }), '02_who_says_so');
  assert.equal(lessonIn({ between_the_lines: { lesson: '02_who_says_so', part: 'exercises' } }), '02_who_says_so/exercises');
  assert.equal(lessonIn({ kernelspec: {} }), undefined);
  assert.equal(lessonIn(undefined), undefined);
  for (const damaged of [null, 5, 'lesson', {}, { lesson: 7 }, { lesson: '' }, { lesson: '../x' }]) {
    assert.equal(lessonIn({ between_the_lines: damaged }), null);
  }
});
