import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import { badRequest } from '../errors/errors.ts'

const MAX_BYTES = 200 * 1024
const prefix = /^data:image\/svg\+xml;base64,/i
const containers = new Set(['svg', 'g'])
const shapes = new Set(['path', 'polyline', 'polygon', 'line', 'rect', 'circle', 'ellipse'])
const notes = new Set(['title', 'desc'])
/** How a shape lies and what it is drawn with; everything else could load or run something. */
const attributes = new Set(
  (
    'd points x y x1 y1 x2 y2 cx cy r rx ry width height viewBox transform version xmlns fill stroke stroke-width ' +
    'stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-opacity fill-opacity fill-rule opacity'
  ).split(' '),
)

const TEXT = '#text'
const ATTRIBUTES = ':@'
const options = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
} as const

type Node = Readonly<Record<string, unknown>>

/**
 * Reads a drawn signature: Base64 of an SVG, at most 200 KiB, and answers a clean copy with shapes alone. Refuses (400) what
 * is no such drawing.
 */
export function readDrawing(base64: string, reference: string): Buffer {
  const refusal = () => badRequest('errormessage.signature.invalid', { reference })
  const plain = base64.replace(prefix, '').replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain) || plain.length > (MAX_BYTES * 4) / 3 + 4) throw refusal()
  const text = Buffer.from(plain, 'base64').toString('utf8')
  if (/<!|<\?(?!xml)/.test(withoutComments(text))) throw refusal()
  const nodes = parse(text)
  if (nodes === undefined) throw refusal()
  const roots = nodes.filter((node) => nameNode(node) !== TEXT)
  if (roots.length !== 1 || nameNode(roots[0]) !== 'svg') throw refusal()
  const clean = cleanNodes(roots)
  if (!hasShape(clean)) throw refusal()
  return Buffer.from(new XMLBuilder(options).build(clean) as string)
}

/** Each comment is looked for once: a pattern would go to the end of the text for each beginning that has no end. */
function withoutComments(text: string): string {
  let kept = ''
  for (let at = 0; ; ) {
    const begin = text.indexOf('<!--', at)
    const end = begin === -1 ? -1 : text.indexOf('-->', begin + 4)
    if (end === -1) return kept + text.slice(at)
    kept += text.slice(at, begin)
    at = end + 3
  }
}

/** Undefined for what is no XML, or nested deeper than the parser goes. */
function parse(text: string): readonly Node[] | undefined {
  try {
    if (XMLValidator.validate(text) !== true) return undefined
    return new XMLParser({ ...options, ignoreDeclaration: true }).parse(text) as Node[]
  } catch {
    return undefined
  }
}

const nameNode = (node: Node | undefined) => Object.keys(node ?? {}).find((key) => key !== ATTRIBUTES) ?? ''

function cleanNodes(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => {
    const name = nameNode(node)
    const children = node[name]
    if (containers.has(name)) return [{ [name]: cleanNodes(children as Node[]), ...keepAttributes(node) }]
    if (shapes.has(name)) return [{ [name]: [], ...keepAttributes(node) }]
    if (notes.has(name)) return [{ [name]: (children as Node[]).filter((child) => nameNode(child) === TEXT) }]
    return []
  })
}

function keepAttributes(node: Node): Node {
  const given = Object.entries((node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>)
  const kept = given.filter(([name, value]) => attributes.has(name) && !/url\s*\(|&/i.test(value))
  return kept.length === 0 ? {} : { [ATTRIBUTES]: Object.fromEntries(kept) }
}

const hasShape = (nodes: readonly Node[]): boolean =>
  nodes.some((node) => {
    const name = nameNode(node)
    return shapes.has(name) || (containers.has(name) && hasShape(node[name] as Node[]))
  })
