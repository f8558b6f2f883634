import { type Static, Type } from 'typebox'
import { operation } from '../platform/operation.ts'
import { int32, named } from '../platform/schema.ts'

export const StudioUtilization = named(
  'StudioUtilization',
  Type.Object({
    capacity: Type.Optional(
      int32('How many members the studio admits at once; left out when it sets no limit.', { examples: [120] }),
    ),
    count: int32('Visitors in the studio right now: open visits, staff not counted. May exceed `capacity`.', {
      examples: [37],
    }),
  }),
)
export type StudioUtilization = Static<typeof StudioUtilization>

export const getUtilization = operation({
  operationId: 'getUtilization',
  method: 'GET',
  path: '/v1/studios/utilization',
  tag: 'Studios',
  summary: 'How full the studio is',
  description: 'Counts the visits that are open at this moment. The figure is exact and never cached.',
  scopes: ['STUDIO_READ'],
  response: StudioUtilization,
})
