import * as clock from './platform/test-clock/clock-api.ts'
import type { DocumentInfo } from './platform/api/openapi.ts'
import type { EntranceCodes } from './platform/api/operation-errors.ts'
import type { Operation } from './platform/api/operation.ts'
import { publishedEvents } from './event-catalogue.ts'
import { productVersion } from './platform/product-version.ts'
import { modules } from './modules.ts'

/** What the API offers to integrations: the operations of the PerfectGym API and our own under `/ext/v1`. */
export const publicOperations: readonly Operation[] = modules.flatMap(({ api = [] }) => api.flatMap(listOperations))

/** What only the operator of an installation may call. */
export const adminOperations: readonly Operation[] = listOperations(clock)

/** What devices call with their own token. */
export const deviceOperations: readonly Operation[] = modules.flatMap(({ deviceApi = [] }) =>
  deviceApi.flatMap(listOperations),
)

// An api.ts exports schemas beside its operations.
function listOperations(api: object): readonly Operation[] {
  return Object.values(api).filter((value) => typeof value === 'object' && 'operationId' in value)
}

const keyCodes: EntranceCodes = {
  unauthenticated: ['errormessage.auth.apiKeyInvalid', 'errormessage.auth.apiKeyMissing'],
  forbidden: 'errormessage.auth.scopeMissing',
}

export const publicInfo: DocumentInfo = {
  title: 'Palestra API',
  version: productVersion,
  description:
    'Studios, customers, classes and appointments of a gym. An API key stands for one integration in one studio. ' +
    'Answers leave out what has no value, and write `null` only for clients that send `Prefer: absent=null` or whose ' +
    'integration is set to it; they may gain fields at any time. Unknown parameters and ' +
    'fields of requests are ignored; parameters and fields that only Palestra has carry `x-addition`. Date-times of ' +
    'answers name the zone of the studio in brackets; send `Prefer: datetime=rfc3339` for the plain form, which operations under `/ext/v1` always have. What a `GET` ' +
    'shows has an `ETag`: as `If-None-Match` it saves an answer that has not changed (304), as `If-Match` it keeps a ' +
    'write of the same path from changing what its sender has not seen (412). `x-error-codes` of an operation lists every ' +
    '`errorCode` that it can answer, by status; `x-events` the events that it can emit, which endpoints receive as `webhooks`.',
  tags: {
    Studios: 'The studio of the API key: master data, tags, how full it is, and confirming the integration.',
    Employees: 'The people who work in the studio.',
    Customers: 'Members and prospects of the studio.',
    'Customers Self-service': 'What customers see and change of their own data.',
    'Customers Communication': 'How customers may be written to, and what was said.',
    'Customers Account': 'What customers owe and have at hand, entry by entry.',
    Payments: 'What payers authorise before something is booked for them.',
    'Cross Studio': 'Customers and studios beyond the one of the key: all that have activated the integration.',
    Classes: 'Group classes, their slots and bookings.',
    Appointments: 'Services by appointment, free times and bookings.',
    Leads: 'Prospects, and what the studio asks them for.',
    'Trial Offers': 'What prospects may try, and their bookings.',
    'Checkin vouchers': 'Codes that let a person visit the studio.',
    Finance: 'Debts that an agency collects: handed over, reported, closed. Files for the tax advisor.',
    'Online offers': 'Passes for people without contract: what the studio sells, and what customers have.',
    Memberships: 'What the studio sells as memberships, and what it would cost.',
    'Membership Self-service': 'What members change of their contracts, and what they may buy besides.',
    Devices: 'Hardware of the studio, and the tokens with which it calls the Device API.',
    Palestra: 'Our own additions to the API.',
    Webhooks: 'The calls that an endpoint of an integration receives.',
  },
  entrance: keyCodes,
  webhooks: publishedEvents,
  security: {
    name: 'apiKey',
    scheme: {
      type: 'apiKey',
      in: 'header',
      name: 'X-API-KEY',
      description: 'The API key of the integration in one studio.',
    },
  },
}

export const adminInfo: DocumentInfo = {
  title: 'Palestra admin API',
  version: productVersion,
  description:
    'For tests: moves the time of the tenant that the API key belongs to. Date-times are RFC 3339 with an offset.',
  tags: { Clock: 'The test clock of a tenant; offered only where it is switched on.' },
  entrance: keyCodes,
  security: publicInfo.security,
}

export const deviceInfo: DocumentInfo = {
  title: 'Palestra Device API',
  version: productVersion,
  description:
    'For the hardware of a studio. A token stands for one device; `x-scopes` names the model that has an operation. Texts ' +
    'and messages are meant for the customer, in the language of `Accept-Language`, else of the studio. Every call may ' +
    'be repeated: what was done already is not done again.',
  tags: {
    'Card readers': 'Doors, rooms and barriers.',
    'Vending machines': 'Purchases from identification to payment, and topping up.',
    'Time devices': 'What runs for a time: a solarium, a massage chair.',
  },
  entrance: {
    unauthenticated: ['errormessage.auth.deviceTokenInvalid'],
    forbidden: 'errormessage.device.wrongModel',
  },
  security: {
    name: 'deviceToken',
    scheme: { type: 'http', scheme: 'bearer', description: 'The `accessToken` of `activateDevice`.' },
  },
  refused: 'Refused: the reason stands in `errorCode`, or the device is of a model that does not have this operation.',
}
