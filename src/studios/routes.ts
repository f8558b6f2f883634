import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as api from './api.ts'
import { getStudioFacts } from './information.ts'
import { presentStudio } from './present.ts'
import { listTagNames, setStudioTags } from './tags.ts'

export function studioRoutes({ read, write }: Operations, deps: ModuleDeps) {
  read(api.getStudioInformation, async (view) =>
    presentStudio(await getStudioFacts(view, view.caller.studio), view, deps.publicUrl),
  )
  read(api.getStudioTags, (view) => listTagNames(view))
  write(api.updateStudioTags, (work, { body }) => setStudioTags(work, work.caller.studio.id, body), {
    rows: (_input, { caller }) => [`studio ${caller.studio.id}`],
  })
}
