/** Where a person goes once signed in: where they were going, or where they begin; by way of the second factor when it is awaited. */
import type { Actor } from '#people'
import { startPathOf } from '#people/server'
import { localPath, type Portal } from '#platform'
import { href, viewerOf } from '#ui'

/** The address, in the reader's language. */
export async function startAfter(portal: Portal, request: Request, actor: Actor | null): Promise<string> {
  const url = new URL(request.url)
  const next = url.searchParams.get('next')
  const start = actor === null ? '/' : await startPathOf(portal, actor)
  if (actor?.awaits === undefined) return href(localPath(next, start), viewerOf(url))
  const onward = next === null ? '' : `?next=${encodeURIComponent(localPath(next))}`
  return href(`${start}${onward}`, viewerOf(url))
}

/** True where messages can be sent: a gateway is set, or this is a demo that prints them. */
export function hasSmsGateway({ settings }: Portal): boolean {
  return !settings.production || settings.gatewayUrls.sms !== null
}
