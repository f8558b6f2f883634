import { findClockState } from '../platform/time/clock-store.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import { findActivation } from './integration-store.ts'
import type { SelfDescription } from './self-description-schema.ts'
import { findTenant } from '../studios/index.ts'

/** What the caller's key stands for, as the database has it now: the key itself may be remembered for some seconds. */
export async function describeCaller(
  { db, caller, now, print }: PartnerView,
  { testClock, rateLimitDefault }: Pick<ModuleDeps, 'testClock' | 'rateLimitDefault'>,
): Promise<SelfDescription> {
  const { studio, integration, rateLimit } = caller
  const [tenant, activation, clock] = await Promise.all([
    findTenant(db),
    findActivation(db, caller.activation.id),
    testClock ? findClockState(db, caller.tenantId) : ({ mode: 'SYSTEM' } as const),
  ])
  if (!tenant || !activation) throw notFound('activation', caller.activation.id)
  const { confirmedAt, webhooksEnabledAt } = activation
  return {
    tenant: { slug: tenant.slug, name: tenant.name },
    studio: { id: studio.id, name: studio.name, zone: studio.zone, currency: studio.currency },
    integration: { id: integration.id, name: integration.name },
    activation: {
      status: activation.status,
      ...nonNull({ confirmedAt: confirmedAt && print.dateTime(confirmedAt, studio.zone) }),
    },
    scopes: [...caller.scopes].sort(),
    rateLimits: { default: rateLimit.default ?? rateLimitDefault, overrides: rateLimit.overrides },
    webhooks: {
      access: integration.webhookAccess,
      ...nonNull({ enabledAt: webhooksEnabledAt && print.dateTime(webhooksEnabledAt, studio.zone) }),
    },
    clock: { mode: clock.mode, now: print.dateTime(now, studio.zone) },
  }
}
