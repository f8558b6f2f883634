import { Command } from 'commander'
import { addActivationCommands } from './activations.ts'
import { addAmendmentCommands } from './amendments.ts'
import { addAppointmentCommands } from './appointments.ts'
import { addBenefitCommands } from './benefits.ts'
import { addBookableCommands } from './bookables.ts'
import { addCalendarFeedCommands } from './calendar-feeds.ts'
import { addClassCommands } from './classes.ts'
import { addCommunicationCommands } from './communication.ts'
import { addCustomerCommands } from './customers.ts'
import { addPrivacyCommands } from './privacy.ts'
import { addResourceCommands } from './resources.ts'
import { addSlotCommands } from './slots.ts'
import { addClockCommands } from './clock.ts'
import { addDatabaseCommands } from './databases.ts'
import { addDemoCommands } from './demo.ts'
import { addDeviceCommands } from './devices.ts'
import { addDoctorCommand } from './doctor.ts'
import { addEmployeeCommands } from './employees.ts'
import { addEndpointCommands } from './endpoints.ts'
import { addEventCommands } from './events.ts'
import { addExportCommands } from './export.ts'
import { addInformationFieldCommands } from './information-fields.ts'
import { addIntegrationCommands } from './integrations.ts'
import { addMailCommands } from './mails.ts'
import { addKeyCommands } from './keys.ts'
import { addLeadCommands } from './leads.ts'
import { addOpenapiCommands } from './openapi.ts'
import { addPassCommands } from './passes.ts'
import { addSecretCommands } from './secrets.ts'
import { addServeCommand } from './serve.ts'
import { addStudioCommands } from './studios.ts'
import { addTenantCommands } from './tenants.ts'
import { addTextCommands } from './texts.ts'
import { addTrialCommands } from './trials.ts'
import { addVisitCommands } from './visits.ts'
import { addVoucherCommands } from './vouchers.ts'
import { addWebhookCommands } from './webhooks.ts'

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 called wrongly, 3 not found, 4 conflict, 5 database not reachable.
Settings are read from the environment (PALESTRA_…), see docs/configuration.md.`

/** The whole command line. Errors are thrown, so that one place decides about exit codes. */
export function buildProgram(): Command {
  const program = new Command('palestra')
    .description('Palestra, the open gym-management platform.')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
  const groups = [
    addServeCommand,
    addDatabaseCommands,
    addDoctorCommand,
    addDemoCommands,
    addTenantCommands,
    addStudioCommands,
    addEmployeeCommands,
    addCustomerCommands,
    addLeadCommands,
    addAmendmentCommands,
    addInformationFieldCommands,
    addCommunicationCommands,
    addPassCommands,
    addVisitCommands,
    addResourceCommands,
    addClassCommands,
    addSlotCommands,
    addBookableCommands,
    addAppointmentCommands,
    addTrialCommands,
    addDeviceCommands,
    addIntegrationCommands,
    addActivationCommands,
    addBenefitCommands,
    addVoucherCommands,
    addKeyCommands,
    addCalendarFeedCommands,
    addMailCommands,
    addTextCommands,
    addEndpointCommands,
    addWebhookCommands,
    addEventCommands,
    addClockCommands,
    addSecretCommands,
    addExportCommands,
    addPrivacyCommands,
    addOpenapiCommands,
  ]
  for (const add of groups) add(program)
  return program
}
