import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import { ConfigError } from '../config/setting-readers.ts'

const PARENT_BASED = 'parentbased_'

/** The sampler that `OTEL_TRACES_SAMPLER` names; usually the caller decides, and everything else is written down. */
export function readSampler(environment: Readonly<Record<string, string | undefined>>): Sampler {
  const name = environment['OTEL_TRACES_SAMPLER'] || 'parentbased_always_on'
  const ratio = environment['OTEL_TRACES_SAMPLER_ARG'] || '1'
  return name.startsWith(PARENT_BASED)
    ? new ParentBasedSampler({ root: rootSampler(name.slice(PARENT_BASED.length), ratio) })
    : rootSampler(name, ratio)
}

function rootSampler(name: string, ratio: string): Sampler {
  if (name === 'always_on') return new AlwaysOnSampler()
  if (name === 'always_off') return new AlwaysOffSampler()
  if (name !== 'traceidratio') {
    throw new ConfigError(
      'OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of them after parentbased_.',
    )
  }
  const share = Number(ratio)
  if (!(share >= 0 && share <= 1)) throw new ConfigError('OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.')
  return new TraceIdRatioBasedSampler(share)
}
