import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { ConfigError } from '../config/setting-readers.ts'
import type { Tracing } from './tracing.ts'

type Environment = Readonly<Record<string, string | undefined>>

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT']
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL']

const manifest = new URL('../../../package.json', import.meta.url)

/** Tracing where the usual variables name a collector, else nothing. Its packages are loaded then only. */
export async function openTracing(environment: Environment, log: Logger): Promise<Tracing | undefined> {
  const endpoint = ENDPOINTS.find((name) => environment[name])
  if (endpoint === undefined || isSwitchedOff(environment)) return undefined
  refuseUnspeakable(environment)
  try {
    const { readTelemetry } = await import('./telemetry-settings.ts')
    return readTelemetry(environment, log)
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new ConfigError(`${endpoint} asks for traces, whose packages are not installed. Run: ${installCommand()}`)
  }
}

function isSwitchedOff(environment: Environment): boolean {
  return environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || environment['OTEL_TRACES_EXPORTER'] === 'none'
}

/** Better no start than a start without the traces that were asked for. */
function refuseUnspeakable(environment: Environment) {
  for (const name of ENDPOINTS) {
    const address = environment[name]
    if (address && !/^https?:$/.test(URL.parse(address)?.protocol ?? '')) {
      throw new ConfigError(`${name} must be a web address such as http://localhost:4318.`)
    }
  }
  const protocol = PROTOCOLS.find((name) => environment[name] === 'grpc')
  if (protocol !== undefined) {
    throw new ConfigError(`${protocol} cannot be grpc: Palestra speaks OTLP over HTTP, usually on port 4318.`)
  }
}

function installCommand(): string {
  const { peerDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    readonly peerDependencies: Readonly<Record<string, string>>
  }
  const packages = Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`)
  return `npm install --no-save --save-prod --omit=dev ${packages.join(' ')}`
}
