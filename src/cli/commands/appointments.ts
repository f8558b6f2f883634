import type { Command } from 'commander'
import {
  bookAppointment,
  cancelAppointment,
  confirmAppointmentBooking,
  explainBooking,
  recordAppointment,
  removeParticipant,
  rescheduleAppointment,
  setAppointmentAttendance,
} from '../../appointments/index.ts'
import { everybody } from '../../customers/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseIds, parseInstant, tenantCommand } from '../command.ts'
import type { TenantSession } from '../session.ts'
import { readAttendance, readForce, withForce } from '../input/booking-options.ts'
import { getStudio } from '../input/studio-choice.ts'

interface AtStudio {
  readonly studio: number
}

interface Wish extends AtStudio {
  readonly bookable: number
  readonly customer: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly instructors?: number[]
  readonly force?: string[]
}

interface Move extends AtStudio {
  readonly start?: Temporal.Instant
  readonly instructors?: number[]
  readonly force?: string[]
}

export function addAppointmentCommands(program: Command) {
  const appointment = program.command('appointment')
  addBooking(appointment)
  const move = withForce(
    atStudio(
      appointment.command('reschedule <appointmentId>').description('give it another start or other instructors'),
    )
      .option('--start <time>', 'with its offset', parseInstant)
      .option('--instructors <ids>', 'employee ids', parseIds),
  )
  tenantCommand<Move>(move, async (session, { args: [id = ''], options }) => {
    const { start, instructors } = options
    const reference = { studio: await findStudioAndZone(session, options), appointmentId: parseId(id) }
    const change = {
      ...defined({ start, instructorIds: instructors }),
      broken: readForce(options),
    }
    await session.write((work) => rescheduleAppointment(work, reference, change))
    return { appointmentId: parseId(id) }
  })
  const cancel = withConsume(
    atStudio(appointment.command('cancel <appointmentId>').description('cancel it with all its bookings')),
  )
  tenantCommand<AtStudio & { consume?: boolean }>(cancel, async (session, { args: [id = ''], options }) => {
    const reference = { studio: await findStudioAndZone(session, options), appointmentId: parseId(id) }
    await session.write((work) => cancelAppointment(work, { ...reference, consume: options.consume === true }))
    return { appointmentId: parseId(id) }
  })
  const note = atStudio(
    appointment
      .command('note <appointmentId> [text]')
      .description('write down what staff should know; without a text, take it away'),
  )
  tenantCommand<AtStudio>(note, async (session, { args: [id = '', text], options }) => {
    const reference = { studio: await findStudioAndZone(session, options), appointmentId: parseId(id) }
    await session.write((work) => recordAppointment(work, reference, text ?? null))
    return { appointmentId: parseId(id) }
  })
  addParticipants(appointment)
}

function addBooking(appointment: Command) {
  const withWish = (command: Command) =>
    atStudio(command)
      .requiredOption('--bookable <id>', 'the bookable appointment', parseId)
      .requiredOption('--customer <id>', 'who comes', parseId)
      .requiredOption('--start <time>', 'with its offset', parseInstant)
      .requiredOption('--end <time>', 'with its offset', parseInstant)
      .option('--instructors <ids>', 'employee ids', parseIds)
  const book = withForce(withWish(appointment.command('book').description('book an appointment for a customer')))
  tenantCommand<Wish>(book, async (session, { options }) => {
    const wish = await readWish(session, options)
    const manner = { channel: 'STAFF' as const, broken: readForce(options) }
    return { bookingId: await session.write((work) => bookAppointment(work, wish, manner)) }
  })
  const explain = withWish(
    appointment.command('explain').description('list everything that stands against a booking, with the rule to break'),
  )
  tenantCommand<Wish>(explain, async (session, { options }) => {
    const wish = await readWish(session, options)
    return session.read((view) => explainBooking(view, wish))
  })
}

function addParticipants(appointment: Command) {
  const remove = withConsume(
    atStudio(appointment.command('remove-booking <bookingId>').description('take a customer out')),
  )
  tenantCommand<AtStudio & { consume?: boolean }>(remove, async (session, { args: [id = ''], options }) => {
    const request = { studio: await findStudioAndZone(session, options), bookingId: parseId(id) }
    await session.write((work) => removeParticipant(work, { ...request, consume: options.consume === true }))
    return { bookingId: parseId(id) }
  })
  const attendance = atStudio(
    appointment
      .command('attendance <bookingId> <status>')
      .description('record whether a customer came: participating, not_participating or unset'),
  )
  tenantCommand<AtStudio>(attendance, async (session, { args: [id = '', status = ''], options }) => {
    const request = { studio: await findStudioAndZone(session, options), bookingId: parseId(id) }
    await session.write((work) => setAppointmentAttendance(work, request, readAttendance(status)))
    return { bookingId: parseId(id) }
  })
  const confirm = atStudio(appointment.command('confirm <bookingId>').description('make a pending booking definite'))
  tenantCommand<AtStudio>(confirm, async (session, { args: [id = ''], options }) => {
    const request = { studio: await findStudioAndZone(session, options), bookingId: parseId(id) }
    return { bookingId: parseId(id), outcome: await session.write((work) => confirmAppointmentBooking(work, request)) }
  })
}

const atStudio = (command: Command) => command.requiredOption('--studio <id>', 'the studio', parseId)
const withConsume = (command: Command) => command.option('--consume', 'keep the use and the charge')

async function findStudioAndZone({ read }: TenantSession, { studio }: AtStudio) {
  const { id, timeZone } = await read(({ db }) => getStudio(db, studio))
  return { studioId: id, zone: timeZone }
}

/** Staff may name any customer of the company. */
async function readWish(session: TenantSession, options: Wish) {
  const { bookable, customer, start, end, instructors } = options
  return {
    studio: await findStudioAndZone(session, options),
    audience: 'STAFF' as const,
    bookableId: bookable,
    customerId: customer,
    sight: everybody,
    start,
    end,
    instructorIds: instructors ?? [],
  }
}
