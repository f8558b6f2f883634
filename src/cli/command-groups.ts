import type { Command } from 'commander'

/** Commands that are declared in one file, which is loaded when one of them is called. */
export interface CommandGroup {
  /** What `palestra --help` says of each first word. */
  readonly about: Readonly<Record<string, string>>
  readonly load: () => Promise<(program: Command) => void>
}

/** In the order of `palestra --help`. */
export const commandGroups: readonly CommandGroup[] = [
  {
    about: { serve: 'serve the API until Ctrl-C or a polite kill' },
    load: async () => (await import('./commands/installation/serve.ts')).addServeCommand,
  },
  {
    about: { migrate: 'bring the database up to date' },
    load: async () => (await import('./commands/installation/databases.ts')).addDatabaseCommands,
  },
  {
    about: { backup: 'copy the data folder with the bundled database, while it runs' },
    load: async () => (await import('./commands/installation/backups.ts')).addBackupCommand,
  },
  {
    about: { restore: 'put a backup into an empty data folder' },
    load: async () => (await import('./commands/installation/backups.ts')).addRestoreCommand,
  },
  {
    about: {
      doctor:
        'examine this deployment; ends with 1 when something is wrong, 2 when a setting is, 5 when the database cannot be reached',
    },
    load: async () => (await import('./commands/installation/doctor.ts')).addDoctorCommand,
  },
  {
    about: { demo: 'the demo chain of studios; only with PALESTRA_DEMO=true' },
    load: async () => (await import('./commands/installation/demo.ts')).addDemoCommands,
  },
  {
    about: {
      tenant: 'gym companies on this deployment',
      studio: 'studios of a gym company',
      job: 'what runs by itself for a studio',
    },
    // What staff set for the whole company belongs to the module of studios.
    load: async () => {
      const { addTenantCommands } = await import('./commands/installation/tenants.ts')
      const { addStudioCommands } = await import('./commands/studios.ts')
      return (program) => {
        addTenantCommands(program)
        addStudioCommands(program)
      }
    },
  },
  {
    about: { employee: 'people who work in studios' },
    load: async () => (await import('./commands/people/employees.ts')).addEmployeeCommands,
  },
  {
    about: { customer: 'members and prospects', amendment: 'changes that customers ask for' },
    load: async () => (await import('./commands/people/customers.ts')).addCustomerCommands,
  },
  {
    about: {
      lead: 'prospects, and what they are asked for',
      campaign: 'where prospects come from',
    },
    load: async () => (await import('./commands/people/leads.ts')).addLeadCommands,
  },
  {
    about: { field: 'what studios want to know of their customers besides' },
    load: async () => (await import('./commands/people/information-fields.ts')).addInformationFieldCommands,
  },
  {
    about: {
      thread: 'conversations with customers',
      preference: 'how customers may be written to',
    },
    load: async () => (await import('./commands/communication.ts')).addCommunicationCommands,
  },
  {
    about: {
      'online-offer': 'day passes, guest passes and cards of several visits',
      pass: 'what people without contract may enter with',
    },
    load: async () => (await import('./commands/passes.ts')).addPassCommands,
  },
  {
    about: {
      account: 'money of customers: charges, payments, credit',
      ledger: 'the journal and its days',
      billing: 'what books the charges that fall due each night',
      dunning: 'reminders of customers who are late',
      'tax-export': 'the bookings of a period as a file for the tax advisor',
      'legal-entity': 'legal entities that keep books, with accounts and taxes',
    },
    load: async () => (await import('./commands/money/accounts.ts')).addAccountCommands,
  },
  {
    about: {
      rate: 'rates: what a membership entitles to',
      'rate-code': 'codes of rates and modules, by which integrations steer',
      'idle-policy': 'how members may pause',
      'text-block': 'what members read, confirm or sign',
      'idle-reason': 'why members pause',
      'cancelation-reason': 'why members leave',
      'membership-offer': 'what is sold as a membership: offers with their terms and prices',
      module: 'add-ons to a membership',
      'membership-switch': 'ways from one membership to another',
      'membership-voucher': 'codes that make a membership cheaper',
      company: 'companies that pay a part of memberships',
    },
    load: async () => (await import('./commands/money/membership-offers.ts')).addMembershipOfferCommands,
  },
  {
    about: {
      contract: 'signed memberships: their cancelations, and what members wish of them',
      'idle-period': 'when contracts pause, and what members wish of it',
    },
    load: async () => (await import('./commands/money/contracts.ts')).addContractCommands,
  },
  {
    about: {
      payment: 'how people pay: settings of studios, instruments, mandates, returns',
      'payment-run': 'collecting what is due from accounts and cards: drafts, files for banks, bookings',
      'bank-file': 'statements of banks: returned direct debits, and what belongs to nothing known',
    },
    load: async () => (await import('./commands/money/payments.ts')).addPaymentCommands,
  },
  {
    about: {
      agency: 'what studios have agreed with debt collection agencies',
      collection: 'debts that agencies collect',
    },
    load: async () => (await import('./commands/money/collection.ts')).addCollectionCommands,
  },
  {
    about: { simulate: 'partners, played against a running server' },
    load: async () => (await import('./commands/money/simulate.ts')).addSimulateCommands,
  },
  {
    about: { visit: 'who is in which studio' },
    load: async () => (await import('./commands/visits.ts')).addVisitCommands,
  },
  {
    about: { resource: 'instructors, rooms and devices that bookings occupy' },
    load: async () => (await import('./commands/resources.ts')).addResourceCommands,
  },
  {
    about: {
      class: 'classes, with their rule and weekly series',
      slot: 'dated slots of classes',
      service: 'what classes, appointments and visits are uses of',
    },
    load: async () => (await import('./commands/classes.ts')).addClassCommands,
  },
  {
    about: { bookable: 'services by appointment' },
    load: async () => (await import('./commands/bookables.ts')).addBookableCommands,
  },
  {
    about: { appointment: 'appointments and who takes part' },
    load: async () => (await import('./commands/appointments.ts')).addAppointmentCommands,
  },
  {
    about: { trial: 'trial offers for prospects' },
    load: async () => (await import('./commands/trials.ts')).addTrialCommands,
  },
  {
    about: {
      device: 'doors, vending machines and time devices of a studio',
      'parking-lot': 'car parks, for readers with the purpose PARKING_IN or _OUT',
    },
    load: async () => (await import('./commands/devices.ts')).addDeviceCommands,
  },
  {
    about: { integration: 'products of partners that use the API' },
    load: async () => (await import('./commands/integrations.ts')).addIntegrationCommands,
  },
  {
    about: { activation: 'integrations in studios' },
    load: async () => (await import('./commands/activations.ts')).addActivationCommands,
  },
  {
    about: { benefit: 'services of partners that customers are entitled to' },
    load: async () => (await import('./commands/benefits.ts')).addBenefitCommands,
  },
  {
    about: { voucher: 'codes that give people without a contract a pass' },
    load: async () => (await import('./commands/vouchers.ts')).addVoucherCommands,
  },
  {
    about: { key: 'API keys and webhook keys of activations; shown once, when made' },
    load: async () => (await import('./commands/keys.ts')).addKeyCommands,
  },
  {
    about: { 'calendar-feed': 'secret addresses of calendars that partners have made' },
    load: async () => (await import('./commands/calendar-feeds.ts')).addCalendarFeedCommands,
  },
  {
    about: { mail: 'mails that Palestra sends' },
    load: async () => (await import('./commands/installation/mails.ts')).addMailCommands,
  },
  {
    about: { text: 'sentences that the tenant words itself: refusals, mails, pages' },
    load: async () => (await import('./commands/installation/texts.ts')).addTextCommands,
  },
  {
    about: { endpoint: 'where integrations want their events' },
    load: async () => (await import('./commands/endpoints.ts')).addEndpointCommands,
  },
  {
    about: { webhook: 'deliveries of events to partners' },
    load: async () => (await import('./commands/webhooks.ts')).addWebhookCommands,
  },
  {
    about: { events: 'events that partners receive' },
    load: async () => (await import('./commands/events.ts')).addEventCommands,
  },
  {
    about: { clock: 'the test clock of a tenant; only with PALESTRA_TEST_CLOCK=true' },
    load: async () => (await import('./commands/installation/clock.ts')).addClockCommands,
  },
  {
    about: { secret: 'the keys of PALESTRA_SECRET_KEY' },
    load: async () => (await import('./commands/installation/secrets.ts')).addSecretCommands,
  },
  {
    about: { export: 'data that people are entitled to' },
    load: async () => (await import('./commands/export.ts')).addExportCommands,
  },
  {
    about: { privacy: 'what people may ask for: their data, and to be forgotten' },
    load: async () => (await import('./commands/people/privacy.ts')).addPrivacyCommands,
  },
  {
    about: { openapi: 'the published description of the API' },
    load: async () => (await import('./commands/installation/openapi.ts')).addOpenapiCommands,
  },
]
