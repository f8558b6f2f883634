import { type Static, type TSchema, Type } from 'typebox'
import { catalogueEventTypes, optInEventTypes } from '../platform/units/events.ts'
import { operation } from '../platform/api/operation.ts'
import { plainDateTime, id, named, choice, slicedResult, sliceQuery, text } from '../platform/api/schema.ts'

const types = [...catalogueEventTypes, ...optInEventTypes] as const

const content = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  additionalProperties: true,
  description: 'More about the event, for the types that have it.',
  examples: [{ contractId: 1000000820 }],
} as TSchema)

const Event = named(
  'Event',
  Type.Object({
    sequence: id('Position of the event in the feed; this is what `offset` refers to.', { examples: [1000001204] }),
    uuid: text('Identifies the event; deliveries to your endpoint carry the same one.', {
      format: 'uuid',
      examples: ['0197747e-2f80-7d61-9c1a-3b0e5a2f4c11'],
    }),
    type: choice(types, 'What happened.', { examples: ['CLASS_BOOKING_CREATED'] }),
    entityId: id('The thing it happened to; which kind of thing depends on the type.', { examples: [1000000911] }),
    content: Type.Optional(content),
    occurredAt: plainDateTime('When it happened, in the zone of the studio.'),
  }),
)
export type Event = Static<typeof Event>

const wanted = Type.Array(choice(types, 'A type of event.'), {
  description: 'Only events of these types, separated by commas; all readable types when left out.',
  commaList: true,
  examples: [['CLASS_BOOKING_CREATED', 'CLASS_BOOKING_CANCELLED']],
})

export const listEvents = operation({
  operationId: 'listEvents',
  method: 'GET',
  path: '/ext/v1/events',
  tag: 'Palestra',
  summary: 'Read past events, for instance after deliveries were lost',
  description:
    'Events of the studio from the last 30 days, oldest first. No scope of its own: the feed shows the types whose ' +
    'thing the key may read, for example class bookings to keys with `CLASSES_READ`, and silently leaves out the others.',
  scopes: [],
  shed: 'BULK',
  query: Type.Object({ ...sliceQuery(50, 10, 100).properties, types: Type.Optional(wanted) }),
  response: slicedResult('EventSlicedResult', Event),
})
