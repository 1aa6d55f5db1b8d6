import postgres from 'postgres'

export type Listening = { readonly close: () => void }

/**
 * Opens a connection that listens on channels and does nothing else; resolves once PostgreSQL has said that it listens.
 * Notifications come in the order of the commits that sent them. It does not come back by itself: `onLost` is called
 * once, when it ends by whatever but `close`.
 * @throws whatever keeps it from listening
 */
export async function openListening(
  url: string,
  options: {
    readonly channels: readonly string[]
    readonly role: string | null
    readonly onMessage: (channel: string, payload: string) => void
    readonly onLost: () => void
  },
): Promise<Listening> {
  const { channels, role, onMessage, onLost } = options
  let ended = false
  const lost = () => {
    if (ended) return
    ended = true
    onLost()
  }
  // Its typings don't name `onnotify`.
  const settings = {
    max: 1,
    fetch_types: false,
    connect_timeout: 2,
    max_lifetime: null,
    onnotice: () => {},
    onnotify: (channel: string, payload: string) => void (ended || onMessage(channel, payload)),
    onclose: lost,
    connection: { application_name: 'tokenry-verifier', ...(role !== null && { role }) },
  }
  const client = postgres(url, settings)
  const close = () => {
    ended = true
    client.end({ timeout: 0 }).catch(() => {})
  }
  try {
    await client.unsafe(channels.map((channel) => `listen "${channel}"`).join('; '))
  } catch (error) {
    close()
    throw error
  }
  return { close }
}
