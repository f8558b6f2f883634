import type { Command } from 'commander'
import { type AuditFinding, SEALED_WITHIN_MINUTES, verifyAuditLog } from '../../../platform/audit/verification.ts'
import type { Platform } from '../../../platform/platform.ts'
import { defined } from '../../../platform/values/defined.ts'
import { plainCommand } from '../../command.ts'
import { type CheckResult, checkServer, listChecks } from '../../doctor-checks.ts'
import { exitCode } from '../../exit-codes.ts'
import { explainFailure } from '../../failures.ts'
import { openCommandPlatform, reachDatabase, type ReachedDatabase, readEnvironment } from '../../session.ts'
import { listTenants } from '../../input/tenant-choice.ts'

interface AuditProblem {
  readonly tenant: string
  readonly kind: AuditFinding['kind']
  readonly rowId?: number
  readonly sealNo?: number
}

export function addDoctorCommand(program: Command) {
  const command = program
    .command('doctor')
    .option('--audit', 'also recompute the audit log and name every changed, missing or unsealed row')
    .option('--no-files', 'do not read the stored files, which takes long where there are many')
  plainCommand<{ audit?: boolean; files: boolean; json?: boolean }>(command, async ({ options }) => {
    const results: CheckResult[] = []
    const audit = await examine(results, options)
    const failure = results.find(({ state }) => state === 'failed')
    if (failure) process.exitCode = failure.exit ?? exitCode.failure
    const checks = results.map(({ name, state, detail }) => ({ name, state, ...defined({ detail }) }))
    if (options.json) return { checks, ...(options.audit ? { audit } : {}) }
    return [...checks, ...audit.map(describeProblem)]
  })
}

interface Extent {
  readonly audit?: boolean
  readonly files: boolean
}

/** Fills `results` in order; what cannot be examined because an earlier check failed is left out. */
async function examine(results: CheckResult[], { audit, files }: Extent): Promise<readonly AuditProblem[]> {
  const config = await attempt(results, 'configuration', async () => readEnvironment())
  const database = config && (await attempt(results, 'database', () => reachDatabase(config)))
  if (!database) return []
  try {
    if (!(await isUsable(results, database))) return []
    const platform = openCommandPlatform(database)
    try {
      for (const { name, run } of listChecks(platform, database, { withFiles: files })) {
        results.push({ name, ...(await run().catch((error: unknown) => failed(error))) })
      }
      return audit ? await examineAudit(platform, results) : []
    } finally {
      await platform.close()
    }
  } finally {
    await database.close()
  }
}

async function isUsable(results: CheckResult[], database: ReachedDatabase): Promise<boolean> {
  const server = await checkServer(database.connectionString).catch((error: unknown) => [
    { name: 'server', ...failed(error) },
  ])
  results.push(...server)
  return server.every(({ state }) => state !== 'failed')
}

async function attempt<T>(results: CheckResult[], name: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    const value = await work()
    results.push({ name, state: 'ok' })
    return value
  } catch (error) {
    results.push({ name, ...failed(error) })
    return undefined
  }
}

function failed(error: unknown) {
  const { message, exit } = explainFailure(error)
  const isPromised = exit === exitCode.unreachable || exit === exitCode.usage
  return { state: 'failed' as const, detail: message, ...(isPromised ? { exit } : {}) }
}

async function examineAudit(platform: Platform, results: CheckResult[]): Promise<readonly AuditProblem[]> {
  const { database, clock, config, real } = platform
  const keptSince = real.now().subtract({ hours: config.auditRetentionYears * 8766 })
  const problems: AuditProblem[] = []
  let [seals, rows] = [0, 0]
  for (const { id, slug } of await database.read('none', listTenants)) {
    const sealedUntil = (await clock.now(id)).subtract({ minutes: SEALED_WITHIN_MINUTES })
    const report = await verifyAuditLog(database, id, { sealedUntil, keptSince })
    seals += report.seals
    rows += report.rows
    problems.push(...report.findings.map((finding) => ({ tenant: slug, ...finding })))
  }
  const detail = `${rows} rows under ${seals} seals, ${problems.length} problems`
  results.push({ name: 'audit log', state: problems.length === 0 ? 'ok' : 'failed', detail })
  return problems
}

function describeProblem({ tenant, kind, rowId, sealNo }: AuditProblem): CheckResult {
  const what = { ROW_CHANGED: 'changed', ROW_MISSING: 'missing', ROW_ADDED: 'slipped in', ROW_UNSEALED: 'not sealed' }
  const seal = sealNo === undefined ? '' : `seal ${sealNo}`
  if (rowId === undefined) {
    const detail = `${tenant}: ${seal} was ${kind === 'SEAL_MISSING' ? 'removed' : 'changed'}`
    return { name: 'audit log', state: 'failed', detail }
  }
  const word = what[kind as keyof typeof what]
  return { name: 'audit log', state: 'failed', detail: `${tenant}: row ${rowId} ${word}${seal && `, ${seal}`}` }
}
