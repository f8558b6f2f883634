/** @import { Voice } from './voice.js' */
/** @import { Point } from './signature-svg.js' */
import { make } from './elements.js'
import { printSignature } from './signature-svg.js'

const size = { width: 480, height: 160 }

/**
 * A field to sign in with finger, pen or mouse.
 *
 * @param {Voice} voice
 */
export function makeSignature(voice) {
  /** @type {Point[][]} */
  let strokes = []
  const canvas = make('canvas', {
    id: 'signature',
    width: String(size.width),
    height: String(size.height),
    role: 'img',
    'aria-label': voice.say('signature'),
  })
  const clear = () => {
    strokes = []
    canvas.getContext('2d')?.clearRect(0, 0, size.width, size.height)
  }
  draw(canvas, (stroke) => strokes.push(stroke))
  const button = make('button', { type: 'button', class: 'quiet', click: clear }, voice.say('clear'))
  return {
    element: make('div', { class: 'field' }, make('p', {}, voice.say('signature')), canvas, button),
    isEmpty: () => strokes.length === 0,
    /** Base64 of an SVG. */
    print: () => btoa(printSignature(strokes, size)),
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(stroke: Point[]) => void} onStroke gets each stroke when it begins; it grows afterwards
 */
function draw(canvas, onStroke) {
  /** @type {Point[] | undefined} */
  let stroke
  const begin = (/** @type {PointerEvent} */ event) => {
    event.preventDefault()
    canvas.setPointerCapture(event.pointerId)
    const first = readPoint(canvas, event)
    stroke = [first]
    onStroke(stroke)
    drawLine(canvas, first, first)
  }
  const go = (/** @type {PointerEvent} */ event) => {
    const last = stroke?.at(-1)
    if (!stroke || !last) return
    const next = readPoint(canvas, event)
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) < 2) return
    stroke.push(next)
    drawLine(canvas, last, next)
  }
  const end = () => {
    stroke = undefined
  }
  canvas.addEventListener('pointerdown', begin)
  canvas.addEventListener('pointermove', go)
  canvas.addEventListener('pointerup', end)
  canvas.addEventListener('pointercancel', end)
}

/**
 * Where the pen is, in pixels of the drawing, however large the page shows it.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {PointerEvent} event
 * @returns {Point}
 */
function readPoint(canvas, { clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect()
  return [((clientX - left) * size.width) / width, ((clientY - top) * size.height) / height]
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Point} from
 * @param {Point} to
 */
function drawLine(canvas, from, to) {
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.lineWidth = 2
  pen.lineCap = 'round'
  pen.beginPath()
  pen.moveTo(...from)
  pen.lineTo(...to)
  pen.stroke()
}
