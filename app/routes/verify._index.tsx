/** /verify: verifies statements in the reader's own browser. The server sends keys and words; no file ever comes back to it. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readCommunities } from '#ledger/server'
import { currentPortal } from '#platform'
import { readSupersedingList } from '#statements/server'
import { PageShell, useNonce, useT, viewerOf } from '#ui'
import type { Given } from './verify/given.ts'
import { readPaperClaim } from './verify/paper-claim.server.ts'
import { readPublicKeys } from './verify/public-keys.server.ts'
import {
  ClaimSection,
  CommandSection,
  KeysSection,
  OfflineSection,
  VerifierPlace,
} from './verify/sections.tsx'
import { readStandalone, readVerifier } from './verify/verifier-files.server.ts'

/** A portal of more communities brings the corrections of the one that the paper names; the others are downloads. */
const COMMUNITIES_BROUGHT = 20
/** Beside the server's policy: with a script that may not connect, nothing of a chosen file can leave. */
const NO_CONNECTION = "connect-src 'none'; form-action 'none'; worker-src 'none'"

export async function loader({ request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const claim = await readPaperClaim(portal, new URL(request.url).searchParams)
  const keys = await readPublicKeys(portal)
  const communities = await readCommunities(portal.db)
  const named = claim === null || claim === 'unreadable' ? null : claim.slug
  const brought =
    communities.length <= COMMUNITIES_BROUGHT ? communities : communities.filter(({ slug }) => slug === named)
  const corrections: string[] = []
  for (const community of brought) {
    corrections.push(new TextDecoder().decode(await readSupersedingList(portal, community)))
  }
  const standalone = await readStandalone(keys)
  const given: Given = {
    trustAnchors: [keys.authority.pem],
    vkeys: keys.vkeys,
    corrections,
    isStandalone: false,
  }
  return {
    claim,
    given,
    fingerprint: keys.authority.fingerprint,
    script: (await readVerifier()).address,
    standalone: { sha256: standalone.sha256, kilobytes: Math.ceil(standalone.bytes.length / 1024) },
    lists: brought.map(({ slug, name, nameEn }) => ({ slug, name, nameEn })),
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('verifyPage.title')} · ${t('site.name')}` },
    { httpEquiv: 'Content-Security-Policy', content: NO_CONNECTION },
  ]
}

export default function VerifyPage() {
  const { claim, given, fingerprint, script, standalone, lists } = useLoaderData<typeof loader>()
  const t = useT()
  const nonce = useNonce()
  return (
    <PageShell
      title={t('verifyPage.title')}
      lead={t('verifyPage.lead')}
      notContained={[t('verifyPage.contains')]}
    >
      {claim !== null && <ClaimSection claim={claim} />}
      <VerifierPlace given={given} />
      <KeysSection fingerprint={fingerprint} vkeys={given.vkeys} />
      <OfflineSection {...standalone} lists={lists} />
      <CommandSection />
      <script type="module" src={script} nonce={nonce} />
    </PageShell>
  )
}
