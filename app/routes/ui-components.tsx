/** /ui-components: every component in every state. Reads nothing and writes nothing. */
import type { MetaFunction } from '@remix-run/node'
import { translate } from '#i18n'
import { Gallery, viewerOf } from '#ui'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('gallery.title')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function UiComponents() {
  return <Gallery />
}
