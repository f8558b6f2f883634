import type { Demand, RequestDemand } from '../places/demand.ts'

/** Who caused a change; written into the audit log and into every event. LINK is the holder of a one-time link. */
export interface Actor {
  readonly kind: 'API_KEY' | 'DEVICE' | 'STAFF' | 'JOB' | 'CLI' | 'LINK'
  readonly id: number | null
  readonly detail?: Readonly<Record<string, unknown>>
}

/** The short form that stands beside what a caller did: `API_KEY:1123`, `JOB`. */
export function formatActor({ kind, id }: Actor): string {
  return id === null ? kind : `${kind}:${id}`
}

/** On whose behalf something runs: always exactly one tenant. */
export interface Caller {
  /** How its statements come by their connections; absent for work beside the requests. */
  readonly demand?: Demand
  readonly actor: Actor
  readonly tenantId: number
  readonly traceId: string
  readonly ip?: string
}

/** The studio of a key, as far as every operation needs it. */
export interface CallerStudio {
  readonly id: number
  readonly name: string
  /** IANA name. */
  readonly zone: string
  /** ISO 4217. */
  readonly currency: string
  readonly languageTag: string
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string
}

/** A caller on behalf of one studio: over HTTP, or staff who sell there. */
export interface StudioCaller extends Caller {
  readonly tenant: { readonly slug: string; readonly defaultLanguage: string }
  readonly studio: CallerStudio
}

/** A caller over HTTP. */
export interface ApiCaller extends StudioCaller {
  readonly demand: RequestDemand
  readonly dateTimeForm: 'CONTRACT' | 'RFC3339'
  /** What answers write where a declared property has no value. */
  readonly absentValues: 'OMIT' | 'NULL'
  /** Language of the answer, chosen from `Accept-Language`, the studio and the tenant. */
  readonly language: string
}

/** A device of a studio, known by its token. */
export interface DeviceCaller extends ApiCaller {
  /** `config` is what its module has stored for the model. */
  readonly device: { readonly id: number; readonly model: string; readonly config: unknown }
}

/** A partner application behind an inbound API key. */
export interface PartnerCaller extends ApiCaller {
  readonly integration: { readonly id: number; readonly name: string; readonly webhookAccess: boolean }
  readonly activation: {
    readonly id: number
    readonly status: string
    readonly confirmedAt: Temporal.Instant | null
    readonly webhooksEnabledAt: Temporal.Instant | null
  }
  readonly keyId: number
  readonly scopes: ReadonlySet<string>
  /** All studios of the tenant in which the same integration is active, the key's own included. */
  readonly visibleStudioIds: readonly number[]
  readonly rateLimit: { readonly default: number | null; readonly overrides: Readonly<Record<string, number>> }
}
