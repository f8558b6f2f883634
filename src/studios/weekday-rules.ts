export const daysOfWeek = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

export type DayOfWeek = (typeof daysOfWeek)[number]

/** The ISO number of a weekday: Monday is 1. */
export function weekdayNumber(day: DayOfWeek): number {
  return daysOfWeek.indexOf(day) + 1
}

/** Days of a week from Monday on, each once, in whatever order and how often they were named. */
export const sortDays = (days: readonly DayOfWeek[]): DayOfWeek[] => daysOfWeek.filter((day) => days.includes(day))
