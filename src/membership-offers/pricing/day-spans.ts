import { countDays, earlierDate, isAfter, isBefore, laterDate } from '../../platform/time/order.ts'

/** Civil dates, half-open: `until` is the first day after it. */
export interface DaySpan {
  readonly from: Temporal.PlainDate
  readonly until: Temporal.PlainDate
}

/** What is left of the span after the others are taken out, in order. */
export function subtractSpans(span: DaySpan, taken: readonly DaySpan[]): DaySpan[] {
  const left: DaySpan[] = []
  let from = span.from
  for (const gap of taken.toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))) {
    if (isAfter(gap.from, from)) left.push({ from, until: earlierDate(gap.from, span.until) })
    from = laterDate(from, gap.until)
    if (!isBefore(from, span.until)) break
  }
  if (isBefore(from, span.until)) left.push({ from, until: span.until })
  return left.filter((each) => isBefore(each.from, each.until))
}

/** The days that both have; undefined when they share none. */
export function intersectSpans(a: DaySpan, b: DaySpan): DaySpan | undefined {
  const from = laterDate(a.from, b.from)
  const until = earlierDate(a.until, b.until)
  return isBefore(from, until) ? { from, until } : undefined
}

export function countSpanDays(spans: readonly DaySpan[]): number {
  return spans.reduce((sum, { from, until }) => sum + countDays(from, until), 0)
}

export function isInSpan(date: Temporal.PlainDate, { from, until }: DaySpan): boolean {
  return !isBefore(date, from) && isBefore(date, until)
}
