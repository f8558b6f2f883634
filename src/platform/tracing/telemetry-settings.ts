import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources'
import { readSampler } from './sampler.ts'
import { Telemetry } from './telemetry.ts'
import { watched } from './watched-exporter.ts'

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Where to, which headers and how long: the exporter reads its own variables from the process. */
export function readTelemetry(environment: Readonly<Record<string, string | undefined>>, log: Logger): Telemetry {
  const exporter = watched(new OTLPTraceExporter(), log)
  return new Telemetry({ resource: ownResource(), sampler: readSampler(environment), exporter, version })
}

/** Who we are, unless the operator says otherwise. Nothing of the machine or its command line is told. */
function ownResource(): Resource {
  return defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'palestra', 'service.version': version }))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }))
}
