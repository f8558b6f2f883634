import { type Static, Type } from 'typebox'
import { plainDateTime, flag, id, int32, list, named, choice, text } from '../platform/api/schema.ts'

const optional = Type.Optional

const overrides = Type.Unsafe<Readonly<Record<string, number>>>({
  type: 'object',
  additionalProperties: int32('Requests per 60 seconds.'),
  description: 'Operations with a limit of their own, by operationId.',
  examples: [{ getCustomers: 120 }],
} as object)

/** What an integration can learn about itself with nothing but its key. */
export const SelfDescription = named(
  'SelfDescription',
  Type.Object({
    tenant: Type.Object(
      {
        slug: text('Short name, part of addresses.', { examples: ['lindenhof'] }),
        name: text('Full name.', { examples: ['Lindenhof Fitness GmbH'] }),
      },
      { description: 'The organisation that the studio belongs to.' },
    ),
    studio: Type.Object(
      {
        id: id('The studio.', { examples: [1000000003] }),
        name: text('Its name.', { examples: ['Studio Lindenhof'] }),
        zone: text('Time zone, IANA name.', { examples: ['Europe/Berlin'] }),
        currency: text('Currency of all amounts, ISO 4217.', { examples: ['EUR'] }),
      },
      { description: 'The studio that the API key stands for.' },
    ),
    integration: Type.Object(
      { id: id('The integration.', { examples: [1000000012] }), name: text('Its name.', { examples: ['Member app'] }) },
      { description: 'The integration that the API key belongs to.' },
    ),
    activation: Type.Object(
      {
        status: choice(['REQUESTED', 'ACTIVE', 'SUSPENDED', 'ENDED'], 'Where it stands.', { examples: ['ACTIVE'] }),
        confirmedAt: optional(plainDateTime('When the integration confirmed it; left out before.')),
      },
      { description: 'The activation of the integration in this studio.' },
    ),
    scopes: list(text('A scope.'), 'Scopes granted in this studio, sorted.', {
      examples: [['CLASSES_READ', 'CLASSES_WRITE']],
    }),
    rateLimits: Type.Object(
      { default: int32('Requests per 60 seconds and operation.', { examples: [1000] }), overrides },
      { description: 'How often each operation may be called.' },
    ),
    webhooks: Type.Object(
      {
        access: flag('Whether the integration may receive events.'),
        enabledAt: optional(plainDateTime('Events from this moment on are sent; left out while none are.')),
      },
      { description: 'Delivery of events to the integration.' },
    ),
    clock: Type.Object(
      {
        mode: choice(
          ['SYSTEM', 'OFFSET', 'FROZEN'],
          'Real time, shifted time, or standing still; the last two in tests.',
          {
            examples: ['SYSTEM'],
          },
        ),
        now: plainDateTime('Present time for all rules, in the zone of the studio.'),
      },
      { description: 'The clock that all rules of this organisation follow.' },
    ),
  }),
)
export type SelfDescription = Static<typeof SelfDescription>
