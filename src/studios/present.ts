import { publicFileLink } from '../platform/files/links.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import type { StudioFacts } from './information.ts'
import type { StudioInformation, StudioInformationBase } from './information-schema.ts'
import { daysOfWeek } from './weekday-rules.ts'

type DayOfWeek = (typeof daysOfWeek)[number]

interface Times {
  readonly timeFrom: Temporal.PlainTime
  readonly timeTo: Temporal.PlainTime
}

export function presentStudio(
  facts: StudioFacts,
  { caller, print }: Pick<PartnerView, 'caller' | 'print'>,
  publicUrl: string,
): StudioInformation {
  const { studio, logo, hours, closings, categoryTimes, tags } = facts
  return nonNull({
    ...presentStudioBasics(studio, caller.language),
    email: studio.email,
    logoUrl: logo && publicFileLink(publicUrl, logo),
    telephone: studio.telephone,
    website: studio.website,
    openingHours: presentHours(hours.filter(({ kind }) => kind === 'INTERNAL')),
    publicOpeningHours: presentHours(hours.filter(({ kind }) => kind === 'PUBLIC')),
    closingHours: closings.map(({ reason, from, until }) => ({
      reason,
      dateTimeFrom: print.local(from, studio.timeZone),
      dateTimeTo: print.local(until, studio.timeZone),
    })),
    street: studio.street,
    houseNumber: studio.houseNumber,
    zip: studio.zip,
    city: studio.city,
    accessCodeConfiguration: { enabled: studio.accessCodeEnabled },
    location:
      studio.longitude === null || studio.latitude === null
        ? null
        : { longitude: studio.longitude, latitude: studio.latitude },
    studioTags: tags,
    openingHoursCategories: presentCategories(categoryTimes),
  })
}

type StudioBasics = Pick<
  StudioFacts['studio'],
  'id' | 'name' | 'description' | 'countryCode' | 'openingDate' | 'closingDate'
>

/** What is said of a studio in lists; the name of the country is in the language of the answer. */
export function presentStudioBasics(studio: StudioBasics, language: string): StudioInformationBase {
  return nonNull({
    studioId: studio.id,
    name: studio.name,
    description: studio.description,
    country: countryName(studio.countryCode, language),
    countryCode: studio.countryCode,
    openingDate: studio.openingDate?.toString(),
    closingDate: studio.closingDate?.toString(),
  })
}

function presentHours(hours: StudioFacts['hours']): NonNullable<StudioInformation['openingHours']> {
  return hours
    .toSorted((a, b) => dayIndex(a.dayFrom) - dayIndex(b.dayFrom) || byTime(a, b))
    .map((row) => ({ dayOfWeekFrom: row.dayFrom, dayOfWeekTo: row.dayTo, ...presentTimes(row) }))
}

/** Categories in the order of their first rows, the windows of each by day and time. */
export function presentCategories(
  rows: StudioFacts['categoryTimes'],
): NonNullable<StudioInformation['openingHoursCategories']> {
  const byCategory = Map.groupBy(rows, (row) => row.id)
  return [...byCategory].map(([categoryId, times]) => ({
    categoryId,
    name: times[0]?.name ?? '',
    openingHours: times
      .flatMap(({ day, timeFrom, timeTo }) => (day && timeFrom && timeTo ? [{ day, timeFrom, timeTo }] : []))
      .toSorted((a, b) => dayIndex(a.day) - dayIndex(b.day) || byTime(a, b))
      .map(({ day, ...times }) => ({ dayOfWeek: day, ...presentTimes(times) })),
  }))
}

function presentTimes({ timeFrom, timeTo }: Times) {
  return {
    timeFrom: timeFrom.toString({ smallestUnit: 'second' }),
    timeTo: timeTo.toString({ smallestUnit: 'second' }),
  }
}

function dayIndex(day: DayOfWeek): number {
  return daysOfWeek.indexOf(day)
}

function byTime(a: Times, b: Times): number {
  return Temporal.PlainTime.compare(a.timeFrom, b.timeFrom) || Temporal.PlainTime.compare(a.timeTo, b.timeTo)
}

const countryNames = new Map<string, Intl.DisplayNames>()

function countryName(code: string, language: string): string | undefined {
  let names = countryNames.get(language)
  if (!names) countryNames.set(language, (names = new Intl.DisplayNames([language], { type: 'region' })))
  return names.of(code)
}
