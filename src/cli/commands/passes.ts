import type { Command } from 'commander'
import { onlineOffersModule } from '../../online-offers/index.ts'
import { addStaffCommands } from '../staff-commands.ts'
import { addOfferImage } from './files.ts'

export function addPassCommands(program: Command) {
  const offer = program.command('online-offer')
  program.command('pass')
  addStaffCommands(program, onlineOffersModule)
  addOfferImage(offer)
}
