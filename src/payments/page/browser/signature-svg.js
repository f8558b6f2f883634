/** @typedef {readonly [number, number]} Point in pixels of the drawing */

/**
 * A drawn signature as SVG, one path a stroke. A dot is a line without length, which a round pen shows.
 *
 * @param {readonly (readonly Point[])[]} strokes
 * @param {{ readonly width: number, readonly height: number }} size
 */
export function printSignature(strokes, { width, height }) {
  const paths = strokes.map(([first = [0, 0], ...rest]) => {
    const lines = rest.length === 0 ? 'l0 0' : rest.map((point) => `L${printPoint(point)}`).join('')
    return `<path d="M${printPoint(first)}${lines}"/>`
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">` +
    `<g fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g></svg>`
  )
}

/** @param {Point} point */
const printPoint = ([x, y]) => `${Math.round(x)} ${Math.round(y)}`
