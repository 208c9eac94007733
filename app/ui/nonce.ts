/**
 * The nonce of the page's Content-Security-Policy, for the few pages that carry scripts. Set by entry.server from the
 * load context; never shown, never logged.
 */
import { createContext, useContext } from 'react'

const NonceContext = createContext<string | undefined>(undefined)

/** Hands the nonce of this response to the root. */
export const NonceProvider = NonceContext.Provider

/** The nonce for `<Scripts nonce>`; absent on pages without scripts and in the browser. */
export function useNonce(): string | undefined {
  return useContext(NonceContext)
}
