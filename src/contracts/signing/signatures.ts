import type { Static } from 'typebox'
import { badRequest } from '../../platform/errors/errors.ts'
import { readDrawing } from '../../platform/uploads/drawing.ts'
import type { AddedContract } from '../api-schemas.ts'
import type { AgreedText } from './texts-rules.ts'

/** What was drawn, as it is stored. */
export interface Drawing {
  /** Null: below the contract itself. */
  readonly textBlockId: number | null
  readonly drawing: Buffer
}

type Sent = Pick<Static<typeof AddedContract>, 'contractSignature' | 'textBlockSignatures'>

/** The drawings of a request, cleaned. Refuses (400) what is no drawing. */
export function readDrawings({ contractSignature, textBlockSignatures = [] }: Sent): Drawing[] {
  const own = contractSignature
    ? [
        {
          textBlockId: null,
          drawing: readDrawing(contractSignature.base64SvgSignature, 'contractSignature.base64SvgSignature'),
        },
      ]
    : []
  const ofTexts = textBlockSignatures.map(({ textBlockId, base64SvgSignature }, at) => ({
    textBlockId,
    drawing: readDrawing(base64SvgSignature, `textBlockSignatures[${at}].base64SvgSignature`),
  }))
  return [...own, ...ofTexts]
}

const refuseMissing = (reference: string) => badRequest('errormessage.membership.signatureMissing', { reference })

/** Refuses (400) a contract that lacks a signature, and a signature of a text that is none of the contract's. */
export function judgeSignatures(
  drawings: readonly Drawing[],
  { isRequired, texts }: { readonly isRequired: boolean; readonly texts: readonly AgreedText[] },
) {
  const signed = new Set(drawings.map(({ textBlockId }) => textBlockId))
  if (isRequired && !signed.has(null)) throw refuseMissing('contractSignature')
  const foreign = drawings.find(
    ({ textBlockId }) => textBlockId !== null && !texts.some((text) => text.textBlockId === textBlockId),
  )
  if (foreign) throw badRequest('errormessage.signature.invalid', { reference: 'textBlockSignatures' })
  if (texts.some(({ mustBeSigned, textBlockId }) => mustBeSigned && !signed.has(textBlockId))) {
    throw refuseMissing('textBlockSignatures')
  }
}
