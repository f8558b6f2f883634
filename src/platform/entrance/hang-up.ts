import type { ServerResponse } from 'node:http'

/** Lets a request know that nobody waits for its answer any more; answers how to stop listening. */
export function untilHungUp(response: ServerResponse): (listener: () => void) => () => void {
  return (listener) => {
    const onClose = () => {
      if (!response.writableFinished) listener()
    }
    response.once('close', onClose)
    return () => void response.off('close', onClose)
  }
}
