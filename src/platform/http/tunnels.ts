import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Node hands over a `CONNECT` together with its bare connection, and hangs up where nobody takes it. We are no proxy: it is
 * answered like every request for an unknown path, and is the last one on its connection.
 */
export function answerTunnels(server: Server) {
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy())
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket)
    response.on('finish', () => socket.destroySoon())
    // It names a host, which is no path.
    request.url = `/${request.url}`
    server.emit('request', request, response)
  })
}
