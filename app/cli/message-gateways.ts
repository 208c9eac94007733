/** The ways by which this portal sends messages: the operator's gateways, or in a demo what is printed. */
import { MESSAGE_CHANNELS, type MessageChannel } from '#people'
import type { MessageGateway, Portal } from '#platform'
import { consoleGateway, httpGateway } from '#platform/process'

async function tokenOf(portal: Portal, channel: string): Promise<string | null> {
  const key = await portal.keys.read(`gateway-${channel}`)
  return key === null ? null : new TextDecoder().decode(key).trim()
}

/** The gateways of the settings. `print` takes what a demo would send. A token is the key file `gateway-CHANNEL`. */
export async function openGateways(
  portal: Portal,
  print: (line: string) => void,
): Promise<Partial<Record<MessageChannel, MessageGateway>>> {
  const gateways: Partial<Record<MessageChannel, MessageGateway>> = {}
  for (const channel of MESSAGE_CHANNELS) {
    if (channel === 'none') continue
    const url = portal.settings.gatewayUrls[channel]
    if (url !== null) gateways[channel] = httpGateway(url, await tokenOf(portal, channel))
    else if (!portal.settings.production) gateways[channel] = consoleGateway(print)
  }
  return gateways
}
