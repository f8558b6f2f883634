import type { Paper, PaperBlock, PaperRow } from '../../platform/paper/paper.ts'
import { readRichText } from '../../platform/paper/rich-text.ts'
import { add } from '../../platform/values/money.ts'
import { payableByMember, planInitialSchedule } from '../pricing/initial-schedule.ts'
import type { ContractPlan } from '../pricing/plan.ts'
import { describeLine } from '../selling/line-texts.ts'
import type { Speaker } from '../wording.ts'
import { describeFees, describeModules, describeTerms, describeVoucherTerms, listRows } from './plan-paper.ts'

/** Who sells, as a document names it. */
export interface PaperStudio {
  readonly name: string
  readonly street: string | null
  readonly houseNumber: string | null
  readonly zip: string | null
  readonly city: string | null
  readonly email: string | null
}

/** Who signs. */
export interface PaperMember {
  readonly name: string
  readonly address: string
  readonly birthDate: Temporal.PlainDate | null
  readonly customerNumber: string
}

/** A text as the member has read it; what was drawn below it is a clean SVG. */
export interface PaperText {
  readonly title: string
  readonly text: string
  readonly isConfirmed: boolean
  readonly drawing?: string
}

/** All that the document of a signed contract says. */
export interface ContractFacts {
  readonly contractId: number
  readonly signedAt: Temporal.Instant
  readonly studio: PaperStudio
  readonly member: PaperMember
  readonly offerName: string
  readonly rateName: string
  /** Of the rates that follow, in their order. */
  readonly laterRates: readonly string[]
  readonly plan: ContractPlan
  readonly voucher?: { readonly code: string; readonly companyName: string | null }
  /** How the member pays, in words; never a whole number of an account or card. */
  readonly payment: string
  readonly texts: readonly PaperText[]
  /** Drawn below the contract itself. */
  readonly drawing?: string
}

/** The document of a signed contract, in the language of the speaker. */
export function writeContract(facts: ContractFacts, speaker: Speaker): Paper {
  const { contractId, signedAt, plan, member } = facts
  const caption = `${member.name}, ${speaker.day(plan.signedOn)}`
  return {
    title: `${speaker.say('contracttext.paper.title')} ${contractId}`,
    language: speaker.language,
    createdAt: signedAt,
    footer: describePage(speaker),
    blocks: [
      ...describeStudio(facts.studio, speaker),
      ...describeMember(member, speaker),
      ...describeMembership(facts, speaker),
      ...describeTerms(plan, facts.laterRates, speaker),
      ...describeFees(plan.flatFees, speaker),
      ...describeModules(speaker.say('contracttext.paper.modules'), plan.modules, { start: plan.start, speaker }),
      ...describePayments(facts, speaker),
      ...facts.texts.flatMap((text) => describeText(text, { caption, signedOn: plan.signedOn }, speaker)),
      ...describeSignature(facts.drawing, caption, speaker),
    ],
  }
}

/** `Page {page} of {pages}`; the numbers are known when it is printed. */
export function describePage(speaker: Speaker): string {
  return speaker.say('contracttext.paper.page', '{page}', '{pages}')
}

export function describeStudio(studio: PaperStudio, speaker: Speaker): PaperBlock[] {
  const address = [join(studio.street, studio.houseNumber), join(studio.zip, studio.city)].filter(Boolean).join(', ')
  const rows: PaperRow[] = [
    [speaker.say('contracttext.paper.name'), studio.name],
    ...(address === '' ? [] : [[speaker.say('contracttext.paper.address'), address] as const]),
    ...(studio.email === null ? [] : [[speaker.say('contracttext.paper.email'), studio.email] as const]),
  ]
  return listRows(speaker.say('contracttext.paper.studio'), rows)
}

function describeMember({ name, address, birthDate, customerNumber }: PaperMember, speaker: Speaker): PaperBlock[] {
  const rows: PaperRow[] = [
    [speaker.say('contracttext.paper.name'), name],
    ...(address === '' ? [] : [[speaker.say('contracttext.paper.address'), address] as const]),
    ...(birthDate ? [[speaker.say('contracttext.paper.birthDate'), speaker.day(birthDate)] as const] : []),
    [speaker.say('contracttext.paper.customerNumber'), customerNumber],
  ]
  return listRows(speaker.say('contracttext.paper.member'), rows)
}

function describeMembership({ contractId, offerName, rateName, plan, voucher }: ContractFacts, speaker: Speaker) {
  const rows: PaperRow[] = [
    [speaker.say('contracttext.paper.contractNumber'), String(contractId)],
    [speaker.say('contracttext.paper.offer'), offerName],
    [speaker.say('contracttext.paper.rate'), rateName],
    [speaker.say('contracttext.paper.signedOn'), speaker.day(plan.signedOn)],
    [speaker.say('contracttext.paper.start'), speaker.day(plan.start)],
    [speaker.say('contracttext.paper.useFrom'), speaker.day(plan.useFrom)],
    ...(voucher ? describeVoucherTerms(voucher, plan.voucher, speaker) : []),
  ]
  return listRows(speaker.say('contracttext.paper.membership'), rows)
}

/** How is paid, and what falls due in the initial term, as the claims do. */
function describePayments({ plan, rateName, payment }: ContractFacts, speaker: Speaker): PaperBlock[] {
  const lines = planInitialSchedule(plan).toSorted((a, b) => Temporal.PlainDate.compare(a.due, b.due))
  const total = lines.map(payableByMember).reduce(add, { minor: 0n, currency: plan.currency })
  return [
    ...listRows(speaker.say('contracttext.paper.payments'), [[speaker.say('contracttext.paper.payment'), payment]]),
    ...(lines.length === 0
      ? []
      : [
          {
            kind: 'table',
            head: [
              speaker.say('contracttext.paper.date'),
              speaker.say('contracttext.paper.description'),
              speaker.say('contracttext.paper.amount'),
            ],
            lines: [
              ...lines.map((line) => [
                speaker.day(line.due),
                describeLine(line, { plan, rateName }, speaker),
                speaker.money(payableByMember(line)),
              ]),
              ['', speaker.say('contracttext.paper.total'), speaker.money(total)],
            ],
          } as const,
        ]),
  ]
}

function describeText(
  { title, text, isConfirmed, drawing }: PaperText,
  { caption, signedOn }: { readonly caption: string; readonly signedOn: Temporal.PlainDate },
  speaker: Speaker,
): PaperBlock[] {
  return [
    { kind: 'heading', text: title },
    { kind: 'prose', paragraphs: readRichText(text) },
    ...(drawing === undefined ? [] : [{ kind: 'drawing', svg: drawing, caption } as const]),
    ...(drawing === undefined && isConfirmed
      ? [{ kind: 'note', text: speaker.say('contracttext.paper.confirmed', speaker.day(signedOn)) } as const]
      : []),
  ]
}

function describeSignature(svg: string | undefined, caption: string, speaker: Speaker): PaperBlock[] {
  if (svg === undefined) return []
  return [
    { kind: 'heading', text: speaker.say('contracttext.paper.signature') },
    { kind: 'drawing', svg, caption },
  ]
}

const join = (...parts: readonly (string | null)[]) => parts.filter(Boolean).join(' ')
