import type { ByteRange } from './storage.ts'

/**
 * The one range that a `Range` header asks for. Undefined: send the whole file, also where the header asks for several
 * ranges or in words that we do not know, as HTTP allows.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'UNSATISFIABLE' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from === '') return lastBytes(Number(to), size)
  const [first, last] = [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)]
  if (to !== '' && Number(to) < first) return undefined
  return first < size ? { first, last } : 'UNSATISFIABLE'
}

function lastBytes(count: number, size: number): ByteRange | 'UNSATISFIABLE' {
  return count === 0 || size === 0 ? 'UNSATISFIABLE' : { first: Math.max(0, size - count), last: size - 1 }
}
