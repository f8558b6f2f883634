import { reachableSight } from '../customers/index.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import type { PartnerView } from '../platform/units/work.ts'
import * as api from './api.ts'
import { getLeadForm } from './forms.ts'
import { checkLead, createLead, leadWording } from './leads.ts'
import { presentForm } from './present.ts'

export function leadRoutes({ read, write }: Operations, { secrets }: ModuleDeps) {
  read(api.getLeadConfig, async (view) => presentForm(await getLeadForm(view, view.caller.studio.id)))
  read(api.validateForLeadCreation, async (view, { body }) => {
    const { status } = await checkLead(view, body, await leadContext(view))
    return { status }
  })
  write(api.createLead, async (work, { body }) =>
    createLead(work, body, await leadContext(work), { source: 'API_LEAD', secrets }),
  )
}

async function leadContext(view: Pick<PartnerView, 'db' | 'caller' | 'now'>) {
  const studioId = view.caller.studio.id
  return { studioId, form: await getLeadForm(view, studioId), wording: leadWording, sight: reachableSight(view) }
}
