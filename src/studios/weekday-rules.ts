export const daysOfWeek = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

export type DayOfWeek = (typeof daysOfWeek)[number]

/** The ISO number of a weekday: Monday is 1. */
export function weekdayNumber(day: DayOfWeek): number {
  return daysOfWeek.indexOf(day) + 1
}
