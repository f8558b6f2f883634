import { test } from 'node:test'
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { openTestApp } from '../support/app.ts'

/** Sends something every half second and never finishes; answers what came back and how long it took, in seconds. */
function dribble(
  port: number,
  start: string,
  drop: string,
): Promise<{ readonly answer: string; readonly seconds: number }> {
  return new Promise((resolve) => {
    const since = performance.now()
    const socket = connect(port, '127.0.0.1', () => socket.write(start))
    const timer = setInterval(() => socket.write(drop), 500)
    let answer = ''
    socket.on('data', (bytes) => (answer += bytes.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ answer, seconds: (performance.now() - since) / 1000 })
    })
  })
}

test('who sends headers for more than ten seconds or a body for more than thirty is cut off', async () => {
  await using app = await openTestApp()
  await app.app.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.app.server.server.address() as AddressInfo
  const head = `PUT /v1/studios/information/tags HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${app.berlin.key}\r\n`
  const body = `${head}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n[`
  const [headers, slowBody] = await Promise.all([dribble(port, head, 'X-A: b\r\n'), dribble(port, body, ' ')])
  assert.match(headers.answer, /^HTTP\/1.1 408/)
  assert.ok(headers.seconds >= 10 && headers.seconds < 13, `${headers.seconds} s`)
  assert.match(slowBody.answer, /^HTTP\/1.1 408/)
  assert.ok(slowBody.seconds >= 30 && slowBody.seconds < 33, `${slowBody.seconds} s`)
})
