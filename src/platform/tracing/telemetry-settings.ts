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
import { productVersion } from '../product-version.ts'
import { readSampler } from './sampler.ts'
import { Telemetry } from './telemetry.ts'
import { watched } from './watched-exporter.ts'

/** Where to, which headers and how long: the exporter reads its own variables from the process. */
export function readTelemetry(environment: Readonly<Record<string, string | undefined>>, log: Logger): Telemetry {
  const exporter = watched(new OTLPTraceExporter(), log)
  return new Telemetry({
    resource: ownResource(),
    sampler: readSampler(environment),
    exporter,
    version: productVersion,
  })
}

/** Who we are, unless the operator says otherwise. Nothing of the machine or its command line is sent. */
function ownResource(): Resource {
  return defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'palestra', 'service.version': productVersion }))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }))
}
