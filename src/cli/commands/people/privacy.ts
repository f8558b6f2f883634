import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import {
  eraseCustomer,
  exportPerson,
  listErasureBlockers,
  listOpenErasureRequests,
  packPerson,
  refuseErasureRequest,
} from '../../../privacy/index.ts'
import { listAccessLines } from '../../../customers/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { UsageError } from '../../failures.ts'

export function addPrivacyCommands(program: Command) {
  const privacy = program.command('privacy')
  addExport(privacy)
  addErasure(privacy)
  addRequests(privacy)
  const log = privacy.command('access-log <customerId>').description('who read a person, latest first; 90 days')
  tenantCommand(log, ({ read }, { args: [id = ''] }) => read(({ db }) => listAccessLines(db, parseId(id))))
}

function addExport(privacy: Command) {
  const pack = privacy
    .command('export <customerId>')
    .description('a ZIP of everything that is stored about a person; leaves an audit line')
    .requiredOption('--file <path>', 'where to write it')
  tenantCommand<{ file: string }>(pack, async ({ write, platform }, { args: [id = ''], options: { file } }) => {
    const { secrets, files } = platform
    const { person, tenantId } = await write(async (work) => ({
      person: await exportPerson(work, secrets, parseId(id)),
      tenantId: work.caller.tenantId,
    }))
    const { bytes, damaged } = await packPerson(person, tenantId, files)
    await pipeline(bytes, createWriteStream(file, { flags: 'wx' }))
    return { customerId: person.customerId, file, files: person.files.length - damaged.length, damaged }
  })
}

function addErasure(privacy: Command) {
  const blockers = privacy.command('blockers <customerId>').description('what stands against erasing a person now')
  tenantCommand(blockers, ({ read }, { args: [id = ''] }) => read((view) => listErasureBlockers(view, parseId(id))))
  const erase = privacy
    .command('erase <customerId>')
    .description('forget a person for good: books and visits stay under a number, all else goes')
    .option('--yes', 'really; it cannot be undone')
  tenantCommand<{ yes?: boolean }>(erase, ({ write }, { args: [id = ''], options: { yes } }) => {
    if (!yes) throw new UsageError('Erasing cannot be undone. Add --yes to do it.')
    return write((work) => eraseCustomer(work, parseId(id)))
  })
}

function addRequests(privacy: Command) {
  const list = privacy.command('requests').description('people who want to be forgotten and have not been yet')
  tenantCommand(list, ({ read }) => read(({ db }) => listOpenErasureRequests(db)))
  const refuse = privacy
    .command('refuse <requestId>')
    .description('turn a wish to be forgotten down')
    .requiredOption('--reason <text>', 'what the person is answered')
  tenantCommand<{ reason: string }>(refuse, async ({ write }, { args: [id = ''], options: { reason } }) => {
    await write((work) => refuseErasureRequest(work, parseId(id), reason))
    return { requestId: parseId(id), state: 'REFUSED' }
  })
}
