import { CollectedLines } from '../platform/units/collected-lines.ts'
import { insertLines, type LogLine } from './log-store.ts'
import type { Units } from '../platform/units/units.ts'

/** What devices were answered. Lines of decisions that changed nothing are collected; lines of effects belong to their unit. */
export type DecisionLog = CollectedLines<LogLine>

export const openDecisionLog = (units: Units): DecisionLog => new CollectedLines(units, insertLines)
