import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'

/** Lets a request know that its answer can reach nobody any more; answers how to stop listening. */
export function untilHungUp(response: ServerResponse): (listener: () => void) => () => void {
  return (listener) => {
    response.once('close', listener)
    return () => void response.off('close', listener)
  }
}

/** Whether the request has been answered, or its client is gone. */
export const isOver = ({ raw, sent }: FastifyReply) => sent || raw.destroyed || raw.socket?.destroyed === true
