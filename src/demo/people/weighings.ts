import { weighings } from '../../weighings/tables.ts'
import { berlin, demoApp } from '../house/chain.ts'
import { edgar } from './people.ts'
import { plant, type Planting } from '../planting.ts'

const firstWeighing = 7101

/** Edgar stood on the scale twice, and has lost a little since. */
export async function plantWeighings(planting: Planting) {
  const { work, platform } = planting
  const results = [
    { daysAgo: 60, weight: '84.6', bodyFatMass: '18.4', percentBodyFat: '21.7' },
    { daysAgo: 5, weight: '82.9', bodyFatMass: '16.9', percentBodyFat: '20.4' },
  ]
  const rows = results.map(({ daysAgo, ...values }, n) => {
    const raw = JSON.stringify({ device: 'demo scale', measurement: n + 1 })
    return {
      id: firstWeighing + n,
      customerId: edgar,
      integrationId: demoApp,
      studioId: berlin,
      ...values,
      height: '180.2',
      visceralFatLevel: '9',
      measuredAt: work.now.subtract({ hours: 24 * daysAgo }),
      rawResultsEnc: platform.secrets.seal('field', raw),
      rawHash: platform.secrets.hash('blind-index', `WEIGHING\n${raw}`),
    }
  })
  await plant(planting, weighings, rows)
}
