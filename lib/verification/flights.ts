/** With whom one who asks waits for the answer: nobody, everybody who asks at that moment, or those who ask after it. */
export type Company = 'alone' | 'same' | 'next'

export type Flights<T> = ReturnType<typeof openFlights<T>>

/**
 * Has everybody who asks for the same thing while it is asked for wait for the one answer: the `same`, or together for
 * the `next`, which is asked for once that has come.
 */
export function openFlights<T>() {
  const flights = new Map<string, Promise<T>>()
  const queues = new Map<string, Promise<T>>()

  function fly(key: string, ask: () => Promise<T>): Promise<T> {
    const flight = ask().finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }

  function queue(key: string, behind: Promise<T>, ask: () => Promise<T>): Promise<T> {
    // Once it flies it is no longer the next: whoever asks from then on would be told of before.
    const queued = behind.finally(() => queues.delete(key)).then(() => flights.get(key) ?? fly(key, ask))
    queues.set(key, queued)
    return queued
  }

  return {
    join(key: string, company: Company, ask: () => Promise<T>): Promise<T> {
      if (company === 'alone') return ask()
      const flying = flights.get(key)
      if (flying === undefined) return fly(key, ask)
      return company === 'same' ? flying : (queues.get(key) ?? queue(key, flying, ask))
    },
  }
}
