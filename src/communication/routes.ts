import { nonNull } from '../platform/values/defined.ts'
import { findOwnCustomer, lockOwnCustomer } from '../customers/index.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { Input, Output } from '../platform/api/operation.ts'
import { idSlice, parseOffset } from '../platform/api/slices.ts'
import type { PartnerView } from '../platform/units/work.ts'
import * as api from './api.ts'
import { changePreferences, listPreferences } from './preferences.ts'
import { type Communication, listThreads, type Thread } from './thread-store.ts'
import { getThread, type Recorded, recordInNewThread, recordInThread } from './threads.ts'

export function communicationRoutes({ read, write }: Operations) {
  write(api.createCommunicationInNewCommunicationThread, async (work, { params: { customerId }, body }) =>
    presentRecorded(customerId, body, await recordInNewThread(work, customerId, body)),
  )
  write(api.createCommunicationInExistingCommunicationThread, async (work, { params, body }) =>
    presentRecorded(params.customerId, body, await recordInThread(work, params, body)),
  )
  read(api.listCommunicationThreads, async (view, { params: { customerId }, query: { offset, sliceSize } }) => {
    await findOwnCustomer(view, customerId)
    const rows = await listThreads(view.db, customerId, { after: parseOffset(offset), limit: sliceSize + 1 })
    const slice = idSlice(rows, sliceSize, offset, ({ id }) => id)
    return { ...slice, result: slice.result.map((thread) => presentThread(thread, view)) }
  })
  read(api.getCommunicationThread, async (view, { params: { customerId, threadId } }) => {
    await findOwnCustomer(view, customerId)
    const { thread, communications } = await getThread(view, customerId, threadId)
    return { ...presentThread(thread, view), communications: communications.map((each) => presentOne(each, view)) }
  })
  read(api.getCommunicationPreferences, async (view, { params: { customerId } }) => {
    const { studioId } = await findOwnCustomer(view, customerId)
    return listPreferences(view.db, customerId, studioId)
  })
  write(
    api.updateCommunicationPreferences,
    async (work, { params: { customerId }, body }) => {
      const { studioId } = await lockOwnCustomer(work, customerId)
      await changePreferences(work, { customerId, studioId }, body)
      return listPreferences(work.tx, customerId, studioId)
    },
    { lock: (work, { params: { customerId } }) => lockOwnCustomer(work, customerId) },
  )
}

type Request = Input<typeof api.createCommunicationInNewCommunicationThread>['body']

function presentRecorded(customerId: number, request: Request, recorded: Recorded) {
  const { communicationDateTime: _, ticketNumber: __, ticketLink: ___, ...values } = request
  return { ...values, customerId, ...nonNull(recorded) }
}

function presentThread(thread: Thread, { print, caller }: PartnerView) {
  const { id: threadId, status: communicationThreadStatus, subject, ticketNumber, ticketLink, agent } = thread
  return {
    threadId,
    communicationThreadStatus,
    subject,
    ...nonNull({ ticketNumber, ticketLink, agent }),
    createdDateTime: print.dateTime(thread.createdAt, caller.studio.zone),
    updatedDateTime: print.dateTime(thread.updatedAt, caller.studio.zone),
  }
}

function presentOne(
  { id, direction, channel, subject, content, agent, occurredAt }: Communication,
  { print, caller }: PartnerView,
): Output<typeof api.getCommunicationThread>['communications'][number] {
  return {
    communicationId: id,
    communicationDirection: direction,
    communicationChannel: channel,
    subject,
    content,
    ...nonNull({ agent }),
    communicationDateTime: print.dateTime(occurredAt, caller.studio.zone),
  }
}
