import { Command } from 'commander'
import { addAccountCommands } from './commands/accounts.ts'
import { addActivationCommands } from './commands/activations.ts'
import { addAmendmentCommands } from './commands/amendments.ts'
import { addAppointmentCommands } from './commands/appointments.ts'
import { addBenefitCommands } from './commands/benefits.ts'
import { addBookableCommands } from './commands/bookables.ts'
import { addCalendarFeedCommands } from './commands/calendar-feeds.ts'
import { addClassCommands } from './commands/classes.ts'
import { addCommunicationCommands } from './commands/communication.ts'
import { addCustomerCommands } from './commands/customers.ts'
import { addPrivacyCommands } from './commands/privacy.ts'
import { addResourceCommands } from './commands/resources.ts'
import { addClockCommands } from './commands/clock.ts'
import { addDatabaseCommands } from './commands/databases.ts'
import { addDemoCommands } from './commands/demo.ts'
import { addDeviceCommands } from './commands/devices.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addEmployeeCommands } from './commands/employees.ts'
import { addEndpointCommands } from './commands/endpoints.ts'
import { addEventCommands } from './commands/events.ts'
import { addExportCommands } from './commands/export.ts'
import { addInformationFieldCommands } from './commands/information-fields.ts'
import { addIntegrationCommands } from './commands/integrations.ts'
import { addMailCommands } from './commands/mails.ts'
import { addKeyCommands } from './commands/keys.ts'
import { addLeadCommands } from './commands/leads.ts'
import { addOpenapiCommands } from './commands/openapi.ts'
import { addPassCommands } from './commands/passes.ts'
import { addSecretCommands } from './commands/secrets.ts'
import { addServeCommand } from './commands/serve.ts'
import { addStudioCommands } from './commands/studios.ts'
import { addTenantCommands } from './commands/tenants.ts'
import { addTextCommands } from './commands/texts.ts'
import { addTrialCommands } from './commands/trials.ts'
import { addVisitCommands } from './commands/visits.ts'
import { addVoucherCommands } from './commands/vouchers.ts'
import { addWebhookCommands } from './commands/webhooks.ts'

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
    addAccountCommands,
    addVisitCommands,
    addResourceCommands,
    addClassCommands,
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
