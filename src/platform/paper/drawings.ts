import { XMLBuilder, XMLParser } from 'fast-xml-parser'

const ATTRIBUTES = ':@'
const options = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
} as const
/** What a drawing without a size of its own is as large as, in browsers too. */
const USUAL_BOX = [0, 0, 300, 150] as const
const sizes = new Set(['width', 'height', 'viewBox'])

type Node = Readonly<Record<string, unknown>>
type Attributes = Readonly<Record<string, string>>

/**
 * A cleaned drawing with a frame that can be printed: the library refuses one without a size, and one whose size is no
 * number. Drawings inside of it become groups.
 */
export function frameDrawing(svg: string): string {
  const [root] = new XMLParser(options).parse(svg) as Node[]
  if (!root || !('svg' in root)) throw new Error('This is no drawing.')
  const { attributes, rest } = split(root)
  const framed = { ...rest, viewBox: findBox(attributes).join(' ') }
  return new XMLBuilder(options).build([{ svg: toGroups(root['svg'] as Node[]), [ATTRIBUTES]: framed }]) as string
}

function toGroups(nodes: readonly Node[]): Node[] {
  return nodes.map((node) => {
    const children = node['svg'] ?? node['g']
    if (children === undefined) return node
    return {
      g: toGroups(children as Node[]),
      [ATTRIBUTES]: 'svg' in node ? split(node).rest : (node[ATTRIBUTES] ?? {}),
    }
  })
}

/** The attributes of a node, and those that say nothing about its size. */
function split(node: Node) {
  const attributes = (node[ATTRIBUTES] ?? {}) as Attributes
  return { attributes, rest: Object.fromEntries(Object.entries(attributes).filter(([name]) => !sizes.has(name))) }
}

function findBox({ viewBox = '', width = '', height = '' }: Attributes): readonly number[] {
  const box = viewBox
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  if (box.length === 4 && isBox(box)) return box
  const own = [0, 0, readLength(width), readLength(height)]
  return isBox(own) ? own : USUAL_BOX
}

function isBox(box: readonly number[]): boolean {
  const [, , width = 0, height = 0] = box
  return box.every(Number.isFinite) && width > 0 && height > 0
}

/** Pixels, with or without saying so. */
const readLength = (text: string) => Number(text.trim().replace(/px$/, '') || Number.NaN)
