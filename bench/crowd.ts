import { ids, KEY } from './world.ts'
import { runLoad } from './load.ts'

// A crowd that storms one slot, as a process of its own: `node bench/crowd.ts url slot seconds clients customers`. The process that
// measures others beside it must not share an event loop with it. Prints its `LoadResult` as JSON.
const [url = '', slot, seconds, clients, customers] = process.argv.slice(2)
let n = 0
const result = await runLoad({
  url,
  headers: { 'x-api-key': KEY },
  seconds: Number(seconds),
  connections: Number(clients),
  method: 'POST',
  path: () => '/v1/classes/booking/book',
  body: () => JSON.stringify({ customerId: ids.firstCustomer + (n++ % Number(customers)), classSlotId: Number(slot) }),
})
console.log(JSON.stringify(result))
