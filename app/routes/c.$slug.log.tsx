/** /c/SLUG/log: the transparency log for people: what it is, its key, its newest checkpoint, how to check it. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { countText } from '#i18n'
import { toHex } from '#kernel'
import { currentPortal } from '#platform'
import { formatVkey } from '#tlog'
import { openLogSigner, readCheckpoint } from '#tlog/server'
import {
  Anchor,
  Card,
  DefinitionList,
  DigestFigure,
  EmptyState,
  InstantText,
  LinkButton,
  Section,
  useT,
} from '#ui'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const signer = await openLogSigner(portal, community.logOrigin)
  const newest = await readCheckpoint(portal.db, community.communityId)
  const page = {
    community: viewOf(community),
    origin: community.logOrigin,
    vkey: formatVkey(signer.key),
    checkpoint: newest && {
      size: newest.size,
      root: toHex(newest.root),
      note: newest.note,
      publishedAt: newest.publishedAt,
    },
    base: `${portal.settings.baseUrl}/c/${community.slug}`,
  }
  // A new checkpoint changes this page without any change of the books.
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('log.title'))

export default function LogPage() {
  const page = useLoaderData<typeof loader>()
  const { community, checkpoint, base } = page
  const t = useT()
  return (
    <PublicPage
      of={community}
      area="books"
      title={t('log.title')}
      lead={t('log.lead')}
      breadcrumb={[{ href: `/c/${community.slug}/books`, label: t('community.navBooks') }]}
      asOf={checkpoint === null ? undefined : { at: checkpoint.publishedAt }}
      notContained={[t('log.omitNew'), t('community.omitPersons')]}
    >
      <Section title={t('log.nowTitle')}>
        {checkpoint === null ? (
          <EmptyState title={t('log.none')}>{t('log.noneText')}</EmptyState>
        ) : (
          <DefinitionList
            items={[
              { term: t('log.size'), detail: t('log.sizeValue', { count: countText(checkpoint.size) }) },
              { term: t('log.signedAt'), detail: <InstantText at={checkpoint.publishedAt} /> },
              { term: t('log.root'), detail: <DigestFigure hash={checkpoint.root} /> },
            ]}
          />
        )}
        <DefinitionList
          items={[
            { term: t('log.origin'), detail: <code>{page.origin}</code> },
            {
              term: t('log.key'),
              detail: (
                <>
                  <code>{page.vkey}</code>
                  <br />
                  {t('log.keyText')}
                </>
              ),
            },
          ]}
        />
      </Section>
      {checkpoint !== null && (
        <Section title={t('log.checkpointTitle')} lead={t('log.checkpointText')}>
          <Card>
            <pre className="record">{checkpoint.note}</pre>
            <p>
              <LinkButton icon="download" download href={`/c/${community.slug}/checkpoint`}>
                {t('log.checkpointDownload')}
              </LinkButton>
            </p>
          </Card>
        </Section>
      )}
      <Section title={t('log.whatTitle')}>
        <ol>
          <li>{t('log.what1')}</li>
          <li>{t('log.what2')}</li>
          <li>{t('log.what3')}</li>
        </ol>
      </Section>
      <HowToCheck slug={community.slug} base={base} />
    </PublicPage>
  )
}

/** How anybody checks the log, and at which addresses. */
function HowToCheck(props: { readonly slug: string; readonly base: string }) {
  const t = useT()
  return (
    <Section title={t('log.howTitle')}>
      <ol>
        <li>{t('log.how1')}</li>
        <li>{t('log.how2')}</li>
        <li>{t('log.how3')}</li>
      </ol>
      <h3>{t('log.addresses')}</h3>
      <DefinitionList
        items={[
          { term: t('log.addressCheckpoint'), detail: <code>{`${props.base}/checkpoint`}</code> },
          { term: t('log.addressTiles'), detail: <code>{`${props.base}/tile/<L>/<N>[.p/<W>]`}</code> },
          { term: t('log.addressEntries'), detail: <code>{`${props.base}/tile/entries/<N>[.p/<W>]`}</code> },
        ]}
      />
      <p>
        <Anchor href={`/c/${props.slug}/books`}>{t('log.healthLink')}</Anchor>
      </p>
    </Section>
  )
}
