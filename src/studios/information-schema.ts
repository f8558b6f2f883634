import { type Static, Type } from 'typebox'
import { date, described, double, flag, id, list, localDateTime, named, choice, text } from '../platform/api/schema.ts'

const optional = Type.Optional

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const
const weekday = (description: string) => choice(weekdays, description, { examples: ['MONDAY'] })
const from = () => text('Opening time on the clock of the studio.', { examples: ['06:30:00'] })
const to = () =>
  text('Closing time; midnight ends the day, an earlier time lies on the next day.', { examples: ['22:00:00'] })

export const Tag = named('Tag', Type.Object({ name: text('Name of the tag.', { trim: true, examples: ['24h'] }) }))

const StudioOpeningHours = named(
  'StudioOpeningHours',
  Type.Object({
    dayOfWeekFrom: optional(weekday('First day that has these times.')),
    dayOfWeekTo: optional(weekday('Last day that has these times; each day in between has them too.')),
    timeFrom: optional(from()),
    timeTo: optional(to()),
  }),
)

// Local date-times: this one position of the API has no offset, so `dateTime` would promise too much.
const local = (description: string, example: string) =>
  localDateTime(`${description} Clock of the studio, without an offset.`, example)

const StudioClosingHours = named(
  'StudioClosingHours',
  Type.Object({
    reason: optional(text('Why the studio is closed.', { examples: ['Stocktaking'] })),
    dateTimeFrom: optional(local('Closed from.', '2026-12-24T14:00:00')),
    dateTimeTo: optional(local('Open again from.', '2026-12-27T00:00:00')),
  }),
)

const StudioAccessCodeConfiguration = named(
  'StudioAccessCodeConfiguration',
  Type.Object({ enabled: optional(flag('Whether members of this studio can be given access codes.')) }),
)

const StudioLocation = named(
  'StudioLocation',
  Type.Object({
    longitude: optional(double('Degrees east, WGS 84.', { examples: [13.4133] })),
    latitude: optional(double('Degrees north, WGS 84.', { examples: [52.5386] })),
  }),
)

const category = Type.Object({
  categoryId: id('The category.', { examples: [1000000070] }),
  name: text('Its name.', { examples: ['Mornings'] }),
  openingHours: list(
    Type.Object({ dayOfWeek: weekday('The day.'), timeFrom: from(), timeTo: to() }),
    'Its windows, one entry per day and window.',
  ),
})

const studioBasics = {
  name: optional(text('Name of the studio.', { examples: ['Studio Lindenhof'] })),
  description: optional(text('How the studio presents itself.')),
  country: optional(text('Name of the country in the language of the answer.', { examples: ['Germany'] })),
  countryCode: optional(text('Country, ISO 3166-1 alpha-2.', { format: 'ISO 3166-1', examples: ['DE'] })),
  studioId: id('The studio.', { examples: [1000000003] }),
  openingDate: optional(date('First day of business.', '2019-04-01')),
  closingDate: optional(date('Last day of business, when the studio is going to close.', '2031-12-31')),
}

export const StudioInformationBase = named('StudioInformationBase', Type.Object(studioBasics))
export type StudioInformationBase = Static<typeof StudioInformationBase>

export const StudioInformation = named(
  'StudioInformation',
  Type.Object({
    ...studioBasics,
    email: optional(text('E-mail address for members.', { examples: ['hello@lindenhof.example'] })),
    logoUrl: optional(text('Link to the logo; it does not expire.')),
    telephone: optional(text('Phone number for members.', { examples: ['+49 30 5550100'] })),
    website: optional(text('Web site.', { examples: ['https://lindenhof.example'] })),
    openingHours: optional(list(StudioOpeningHours, 'When the doors work, by day and time.')),
    publicOpeningHours: optional(list(StudioOpeningHours, 'Opening hours as published, by day and time.')),
    closingHours: optional(list(StudioClosingHours, 'Closed times that are not over, of the next 365 days.')),
    street: optional(text('Street.', { examples: ['Lindenallee'] })),
    houseNumber: optional(text('House number.', { examples: ['40'] })),
    zip: optional(text('Postal code.', { examples: ['10435'] })),
    city: optional(text('Town.', { examples: ['Berlin'] })),
    accessCodeConfiguration: described(StudioAccessCodeConfiguration, 'Whether access codes are in use.'),
    location: optional(described(StudioLocation, 'Where the studio lies.')),
    studioTags: optional(list(Tag, 'Tags of the studio, sorted by name.')),
    openingHoursCategories: optional(list(category, 'Named windows to which rates can limit the access of members.')),
  }),
)
export type StudioInformation = Static<typeof StudioInformation>
