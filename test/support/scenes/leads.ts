import { additionalInformationFields, additionalInformationListItems } from '../../../src/customers/tables.ts'
import { saveLeadForm } from '../../../src/leads/index.ts'
import type { TestApp } from '../app.ts'

let people = 0

/** A prospect whom nobody has met, as a client describes one. */
export function newLead(changes: Readonly<Record<string, unknown>> = {}) {
  people += 1
  const email = `prospect${people}@mail.example`
  return { leadCustomer: { firstname: 'Lea', lastname: `Neugier${people}`, email, ...changes } }
}

export const listFieldId = 51
export const choiceFieldId = 52
export const shirtFieldId = 53
/** Items of the list field, in their order: Radio, Web, and Fair, which is switched off. */
export const itemIds = [61, 62, 63] as const

/** Fields of Berlin and its form: a list of several, a list of one, a number that must be given. */
export async function plantLeadForm(app: TestApp) {
  await app.write(async (work) => {
    const stamps = { createdAt: work.now, updatedAt: work.now }
    const common = { studioIds: [app.berlin.studioId], ...stamps }
    await work.tx.insert(additionalInformationFields).values([
      { id: listFieldId, name: 'Heard of us', type: 'LIST', multi: true, position: 1, ...common },
      { id: choiceFieldId, name: 'Goal', type: 'LIST', position: 2, ...common },
      { id: shirtFieldId, name: 'Shirt', type: 'NUMERIC', position: 3, ...common },
    ])
    await work.tx.insert(additionalInformationListItems).values([
      { id: itemIds[0], fieldId: listFieldId, name: 'Radio', position: 1, createdAt: work.now },
      { id: itemIds[1], fieldId: listFieldId, name: 'Web', position: 2, createdAt: work.now },
      { id: itemIds[2], fieldId: listFieldId, name: 'Fair', position: 3, active: false, createdAt: work.now },
      { fieldId: choiceFieldId, name: 'Strength', position: 1, createdAt: work.now },
    ])
    await saveLeadForm(work, app.berlin.studioId, {
      addressMode: 'OPTIONAL',
      genderMode: 'INACTIVE',
      telephoneMode: 'MANDATORY',
      fields: [
        { additionalFieldId: shirtFieldId, mode: 'MANDATORY' },
        { additionalFieldId: listFieldId, mode: 'OPTIONAL' },
        { additionalFieldId: choiceFieldId, mode: 'INACTIVE' },
      ],
    })
  })
}

/** The answer that the form of Berlin must have. */
export const shirt = { additionalFieldId: shirtFieldId, value: '42' }
export const telephone = '030 5550117'

/** A body that fits the form of Berlin. */
export function fitting(changes: Readonly<Record<string, unknown>> = {}, more: Readonly<Record<string, unknown>> = {}) {
  return { ...newLead({ telephone, ...changes }), additionalInformation: [shirt], ...more }
}
