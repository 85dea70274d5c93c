// A QR code out of rows of "0" and "1", drawn as one path.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 4; // modules around it that stay light: cameras need them

/**
 * The path of all dark modules: a rectangle for each run of them in a row.
 * @param {string[]} rows
 */
export function darkPath(rows) {
  return rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map(({ 0: run, index: x }) => `M${x} ${y}h${run.length}v1h-${run.length}z`))
    .join("");
}

/**
 * @param {string[]} rows
 * @param {string} name
 */
export function qrCode(rows, name) {
  const picture = document.createElementNS(SVG, "svg");
  const size = rows.length + 2 * MARGIN;
  picture.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${size} ${size}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", name);
  picture.setAttribute("shape-rendering", "crispEdges");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", darkPath(rows));
  picture.append(dark);
  return picture;
}
