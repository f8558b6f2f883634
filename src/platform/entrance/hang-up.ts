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

/**
 * Whether the client of a request that is not answered yet is gone. One that has only ended its side may still want the
 * answer: an interim response to it brings back a reset if nobody is there, and is passed over by everybody else.
 */
export function hasHungUp(reply: FastifyReply): boolean {
  if (isOver(reply)) return true
  if (reply.request.raw.socket?.readableEnded) reply.raw.writeProcessing()
  return false
}
