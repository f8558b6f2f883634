import type { Command } from 'commander'
import { attachDocument, membershipOffersModule, type Pictured, setPicture } from '../../../membership-offers/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { addStaffCommands } from '../../staff-commands.ts'
import { withDocument, withImage } from '../files.ts'

const pictured: readonly (readonly [command: string, kind: Pictured, argument: string, thing: string])[] = [
  ['membership-offer', 'membershipOffer', 'offerId', 'an offer'],
  ['module', 'module', 'moduleId', 'a module'],
  ['membership-switch', 'membershipSwitchConfig', 'configId', 'a switch'],
]

export function addMembershipOfferCommands(program: Command) {
  addStaffCommands(program, membershipOffersModule)
  const findGroup = (name: string) => program.commands.find((each) => each.name() === name) ?? program.command(name)
  for (const [name, kind, argument, thing] of pictured) {
    const image = findGroup(name)
      .command(`image-set <${argument}> <file>`)
      .description(`replace the picture of ${thing} by a JPEG or PNG`)
    tenantCommand(image, (session, { args: [id = '', path = ''] }) =>
      withImage(session, path, async (work, file) => ({ fileId: await setPicture(work, kind, parseId(id), file) })),
    )
  }
  const document = findGroup('text-block')
    .command('document-set <blockId> <file>')
    .description('attach a file to a text block, in the place of what was attached')
  tenantCommand(document, (session, { args: [id = '', path = ''] }) =>
    withDocument(session, path, async (work, file) => ({ fileId: await attachDocument(work, parseId(id), file) })),
  )
}
