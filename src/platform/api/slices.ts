import { badRequest } from '../errors/errors.ts'

/** One chunk of a list; `offset` sent back unchanged gets the next one. */
export interface Slice<T> {
  readonly result: T[]
  readonly hasNext: boolean
  readonly offset: string
}

/** Skipping rows costs the database as much as reading them; nobody pages this far by hand. */
const largestPosition = 100_000

/** The last id that the caller has seen: rows with a greater id follow. 0 is the beginning. */
export function parseOffset(offset = '0'): number {
  return Number(offset)
}

/** How many rows to skip; refuses more than 100 000. */
export function parsePosition(offset = '0'): number {
  const position = Number(offset)
  if (position <= largestPosition) return position
  throw badRequest('errormessage.validation.max', {
    args: [
      { type: 'STRING', value: 'offset' },
      { type: 'DECIMAL', value: largestPosition },
    ],
    reference: 'offset',
  })
}

/**
 * The slice of a list in the order of its ids, from `sliceSize + 1` rows read after the offset. Its offset is the last
 * id shown; an empty slice gives back the offset `received`, so that a caller may ask again later.
 */
export function idSlice<T>(
  rows: readonly T[],
  sliceSize: number,
  received: string | undefined,
  getId: (row: T) => number,
): Slice<T> {
  const result = rows.slice(0, sliceSize)
  const last = result.at(-1)
  return {
    result,
    hasNext: rows.length > sliceSize,
    offset: last === undefined ? (received ?? '0') : String(getId(last)),
  }
}

/**
 * The slice of a list in any total order, from `sliceSize + 1` rows read after skipping `position`. Its offset always
 * grows by `sliceSize`, because some clients add it up themselves.
 */
export function positionSlice<T>(rows: readonly T[], sliceSize: number, position: number): Slice<T> {
  return {
    result: rows.slice(0, sliceSize),
    hasNext: rows.length > sliceSize,
    offset: String(position + sliceSize),
  }
}
