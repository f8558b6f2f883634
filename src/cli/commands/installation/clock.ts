import type { Command } from 'commander'
import { type ClockReading, ClockMover } from '../../../platform/test-clock/clocks.ts'
import { Scheduler } from '../../../platform/jobs/scheduler.ts'
import { listStudios } from '../../../studios/index.ts'
import { parseInstant, tenantCommand } from '../../command.ts'
import { UsageError } from '../../failures.ts'
import type { TenantSession } from '../../session.ts'

type Mode = ClockReading['mode']

export function addClockCommands(program: Command) {
  const clock = program.command('clock')
  tenantCommand(clock.command('get').description('what the clock shows'), async (session) =>
    present(session, await (await openClockMover(session)).read(session.tenant.id)),
  )
  const set = clock
    .command('set <mode> [time]')
    .description(
      'set the clock: system, offset or frozen, and for the last two a time such as 2026-06-15T09:00:00+02:00',
    )
  tenantCommand(set, async (session, { args: [mode = '', time] }) =>
    present(
      session,
      await (await openClockMover(session)).set(
        session.tenant.id,
        { mode: readMode(mode), now: time === undefined ? undefined : parseInstant(time) },
        { zone: await findZone(session) },
      ),
    ),
  )
  const advance = clock
    .command('advance <duration>')
    .description('let time pass (ISO 8601: P1D, PT90M), 400 days at most, running every job that falls due on the way')
  tenantCommand(advance, async (session, { args: [text = ''] }) =>
    present(
      session,
      await (await openClockMover(session)).advance(session.tenant.id, readDuration(text), {
        zone: await findZone(session),
      }),
    ),
  )
}

async function openClockMover({ platform }: TenantSession): Promise<ClockMover> {
  if (!platform.tenantClocks) throw new UsageError('Clocks can be moved with PALESTRA_TEST_CLOCK=true only.')
  const { modules } = await import('../../../modules.ts')
  const jobs = modules.flatMap((module) => module.jobs ?? [])
  return new ClockMover(platform, new Scheduler(platform, jobs))
}

/** A tenant's days are those of its first studio. */
async function findZone({ read }: TenantSession): Promise<string> {
  const [studio] = await read(({ db }) => listStudios(db))
  return studio?.timeZone ?? 'UTC'
}

async function present(session: TenantSession, { mode, now }: ClockReading) {
  const zone = await findZone(session)
  return { tenant: session.tenant.slug, mode, now: now.toZonedDateTimeISO(zone).toString() }
}

function readMode(text: string): Mode {
  const found = (['SYSTEM', 'OFFSET', 'FROZEN'] as const).find((mode) => mode === text.toUpperCase())
  if (found) return found
  throw new UsageError('The mode is system, offset or frozen.')
}

function readDuration(text: string): Temporal.Duration {
  try {
    return Temporal.Duration.from(text)
  } catch {
    throw new UsageError('The duration is written as in P1D or PT90M.')
  }
}
