import type { Command } from 'commander'
import {
  bookForCustomer,
  cancelForCustomer,
  cancelSlot,
  changeSlot,
  confirmClassBooking,
  declineBooking,
  planSlot,
  promoteByHand,
  setAttendance,
} from '../../classes/index.ts'
import type { BreakableRule } from '../../bookings/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseIds, parseInstant, parseList, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import type { TenantSession } from '../session.ts'

interface SlotOptions {
  readonly duration?: number
  readonly room?: number
  readonly instructors?: number[]
  readonly max?: number
  readonly waiting?: number
  readonly override?: boolean
}

interface SlotChange extends SlotOptions {
  readonly start?: Temporal.Instant
  readonly end?: Temporal.Instant
}

interface ForceOption {
  readonly force?: string[]
}

const breakable: readonly BreakableRule[] = [
  'CAPACITY',
  'WINDOW',
  'CONTINGENT',
  'RESTRICTION',
  'OTHER_BOOKING',
  'CLOSED',
  'IDLE',
  'BLOCKED',
  'RESOURCE',
]

export function addSlotCommands(program: Command) {
  const slot = program.command('slot').description('dated slots of classes')
  const plan = withOptions(
    slot
      .command('plan <classId> <start>')
      .description('plan one slot; the start has its offset, as in 2026-06-15T18:30+02:00')
      .option('--duration <minutes>', 'left out: that of the class', parseWhole),
  )
  tenantCommand<SlotOptions>(plan, async ({ write }, { args: [id = '', start = ''], options }) => {
    const { duration, override } = options
    const input = {
      classId: parseId(id),
      start: parseInstant(start),
      ...defined({ durationMin: duration }),
      ...readOptions(options),
    }
    return { classSlotId: await write((work) => planSlot(work, input, { override: override === true })) }
  })
  const change = withOptions(
    slot
      .command('change <classSlotId>')
      .description('move a slot, or change room, instructors or capacity')
      .option('--start <time>', 'with its offset', parseInstant)
      .option('--end <time>', 'with its offset', parseInstant),
  )
  tenantCommand<SlotChange>(change, async ({ write }, { args: [id = ''], options }) => {
    const { start, end, override } = options
    const changes = { ...defined({ start, end }), ...readOptions(options) }
    await write((work) => changeSlot(work, parseId(id), changes, { override: override === true }))
    return { classSlotId: parseId(id) }
  })
  const cancel = slot.command('cancel <classSlotId>').description('cancel a slot with all its bookings')
  tenantCommand(cancel, async ({ write }, { args: [id = ''] }) => {
    await write((work) => cancelSlot(work, parseId(id)))
    return { classSlotId: parseId(id) }
  })
  addBookings(slot)
}

function addBookings(slot: Command) {
  const book = withForce(slot.command('book <classSlotId> <customerId>').description('book a slot for a customer'))
  tenantCommand<ForceOption>(book, ({ write }, { args: [slotId = '', customerId = ''], options }) =>
    write((work) =>
      bookForCustomer(
        work,
        { classSlotId: parseId(slotId), customerId: parseId(customerId) },
        { broken: readForce(options) },
      ),
    ),
  )
  const promote = withForce(
    slot.command('promote <bookingId>').description('give a waiting customer a place out of turn'),
  )
  tenantCommand<ForceOption>(promote, async ({ write }, { args: [id = ''], options }) => {
    await write((work) => promoteByHand(work, parseId(id), { broken: readForce(options) }))
    return { bookingId: parseId(id) }
  })
  const attendance = slot
    .command('attendance <bookingId> <status>')
    .description('note whether a customer came: participating, not_participating or unset')
  tenantCommand(attendance, async ({ write }, { args: [id = '', status = ''] }) => {
    await write((work) => setAttendance(work, parseId(id), readAttendance(status)))
    return { bookingId: parseId(id) }
  })
  addStep(slot, 'cancel-booking', 'cancel a booking without keeping its use', ({ write }, id) =>
    write((work) => cancelForCustomer(work, id)),
  )
  addStep(slot, 'confirm', 'make a pending booking definite', ({ write }, bookingId) =>
    write((work) => confirmClassBooking(work, { bookingId, studioId: null })),
  )
  addStep(slot, 'decline', 'refuse a pending booking', ({ write }, id) => write((work) => declineBooking(work, id)))
}

function addStep(
  slot: Command,
  name: string,
  about: string,
  step: (session: TenantSession, bookingId: number) => Promise<unknown>,
) {
  tenantCommand(slot.command(`${name} <bookingId>`).description(about), async (session, { args: [id = ''] }) => {
    const outcome = await step(session, parseId(id))
    return { bookingId: parseId(id), ...(typeof outcome === 'string' ? { outcome } : {}) }
  })
}

function withOptions(command: Command): Command {
  return command
    .option('--room <id>', 'resource id of the room', parseId)
    .option('--instructors <ids>', 'employee ids', parseIds)
    .option('--max <n>', 'places', parseWhole)
    .option('--waiting <n>', 'places on the waiting list', parseWhole)
    .option('--override', 'put up with a room or instructor that is taken')
}

function readOptions({ room, instructors, max, waiting }: SlotOptions) {
  return defined({
    locationId: room,
    instructors: instructors?.map((employeeId) => ({ employeeId })),
    maxParticipants: max,
    maxWaiting: waiting,
  })
}

/** Rules that staff break on purpose; each is named in the audit log. */
export function withForce(command: Command): Command {
  return command.option('--force <list>', `break these rules: ${breakable.join(', ')}`, parseList)
}

export function readForce({ force = [] }: ForceOption): readonly BreakableRule[] {
  return force.map((text) => {
    const found = breakable.find((rule) => rule === text.toUpperCase())
    if (found) return found
    throw new UsageError(`--force knows ${breakable.join(', ')}.`)
  })
}

export function readAttendance(text: string) {
  const known = ['PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET'] as const
  const found = known.find((status) => status === text.toUpperCase())
  if (found) return found
  throw new UsageError('The status is participating, not_participating or unset.')
}
