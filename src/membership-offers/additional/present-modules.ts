import { defined, nonNull } from '../../platform/values/defined.ts'
import { toTerm } from '../catalogue/price-plan.ts'
import { presentFrequency } from '../present-frequencies.ts'
import { type OfferContext, presentRateCode } from '../present-parts.ts'
import type { AdditionalModule } from './module-schemas.ts'
import type { AdditionalModuleRecord } from './module-store.ts'

const IMAGE_SECONDS = 5 * 3600

/** A module that members buy later; `showsTrial` is false for those who had its trial before. */
export function presentAdditionalModule(
  { module, frequencies, rateCodes }: AdditionalModuleRecord,
  context: OfferContext,
  showsTrial = true,
): AdditionalModule {
  const { id, name, description, imageKey } = module
  const trial = showsTrial ? toTerm(module.trialTermValue, module.trialTermUnit) : undefined
  return {
    id,
    name,
    ...nonNull({ description }),
    imageUrl: imageKey === null ? drawPicture(name) : context.link(imageKey, 'inline', IMAGE_SECONDS),
    paymentFrequencies: frequencies.map((frequency) => presentPrice(frequency, context)),
    termInformation: presentTerm(module),
    ...(trial ? { trialPeriodConfig: { term: trial, ...nonNull({ description: module.trialDescription }) } } : {}),
    rateCodes: rateCodes.map(presentRateCode),
  }
}

function presentPrice(frequency: AdditionalModuleRecord['frequencies'][number], context: OfferContext) {
  const { id, type, term, price, monthDaysToPrices, termsToPrices } = presentFrequency(frequency, context)
  return { type, ...defined({ id, term, price, monthDaysToPrices, termsToPrices }) }
}

function presentTerm(module: AdditionalModuleRecord['module']) {
  const { extensionType } = module
  const term = toTerm(module.termValue, module.termUnit)
  if (!term) throw new Error(`The module ${module.id} is sold by itself and has no term.`)
  const cancelationPeriod = toTerm(module.cancelationPeriodValue, module.cancelationPeriodUnit)
  const inRenewals = toTerm(module.extensionCancelationPeriodValue, module.extensionCancelationPeriodUnit)
  const extension = {
    ...defined({
      termExtension: toTerm(module.extensionTermValue, module.extensionTermUnit),
      extensionCancelationPeriod: inRenewals ?? cancelationPeriod,
    }),
  }
  return {
    term,
    ...(extensionType === 'NONE' ? {} : { extension: { extensionType, ...extension } }),
    ...defined({ cancelationPeriod }),
  }
}

/** The API needs a picture: the first letter of the name on a grey square. */
function drawPicture(name: string): string {
  const [letter = ''] = name.trim()
  const shown = /[\p{L}\p{N}]/u.test(letter) ? letter.toUpperCase() : ''
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#d8dde3"/>' +
    `<text x="48" y="64" font-family="sans-serif" font-size="48" text-anchor="middle" fill="#4a5560">${shown}</text></svg>`
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
