import type { Violation } from '../platform/errors/errors.ts'

interface Range {
  readonly least: number
  readonly most: number
}

/** Kilograms and litres. */
const mass: Range = { least: 0, most: 500 }
const percent: Range = { least: 0, most: 100 }
/** Percent of a norm, not of a whole. */
const percentOfNorm: Range = { least: 0, most: 1000 }

/** What a scale may send of a body, and within which bounds. */
export const bodyRanges = {
  basalMetabolicRate: { least: 0, most: 10_000 },
  bodyFatMass: mass,
  bodyMassIndex: { least: 5, most: 120 },
  fatFreeMass: mass,
  percentBodyFat: percent,
  percentSkeletalMuscleMass: percent,
  skeletalMuscleMass: mass,
  totalBodyWater: mass,
  /** The scale ends at 9 by its inventor; devices count on. */
  visceralFatLevel: { least: 1, most: 59 },
  weight: mass,
  /** Centimetres. */
  height: { least: 50, most: 260 },
  bfmLeftArm: mass,
  bfmLeftLeg: mass,
  bfmPercentLeftArm: percentOfNorm,
  bfmPercentLeftLeg: percentOfNorm,
  bfmPercentRightArm: percentOfNorm,
  bfmPercentRightLeg: percentOfNorm,
  bfmPercentTrunk: percentOfNorm,
  bfmRightArm: mass,
  bfmRightLeg: mass,
  bfmTrunk: mass,
  ffmLeftArm: mass,
  ffmLeftLeg: mass,
  ffmPercentLeftArm: percentOfNorm,
  ffmPercentLeftLeg: percentOfNorm,
  ffmPercentRightArm: percentOfNorm,
  ffmPercentRightLeg: percentOfNorm,
  ffmPercentTrunk: percentOfNorm,
  ffmRightArm: mass,
  ffmRightLeg: mass,
  ffmTrunk: mass,
} as const satisfies Readonly<Record<string, Range>>

export type BodyField = keyof typeof bodyRanges
export const bodyFields = Object.keys(bodyRanges) as BodyField[]
/** What was measured; a scale leaves out what it does not know. */
export type BodyValues = { readonly [F in BodyField]?: number }

/** Every value that no body can have. */
export function judgeBody(values: BodyValues): Violation[] {
  return bodyFields.flatMap((field) => {
    const value = values[field]
    const { least, most } = bodyRanges[field]
    if (value === undefined || (value >= least && value <= most)) return []
    return [{ reference: field, code: 'errormessage.weighing.valueOutOfRange', args: [] }]
  })
}

/** Completed years of life; who was born on 29 February has a birthday on 1 March in other years. */
export function ageOn(dateOfBirth: Temporal.PlainDate, today: Temporal.PlainDate): number {
  return dateOfBirth.until(today, { largestUnit: 'year' }).years
}
