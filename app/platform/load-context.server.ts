/** What the HTTP server hands every loader and action beside the request. */

declare module '@remix-run/node' {
  interface AppLoadContext {
    /** Nonce of this response's Content-Security-Policy, for pages that carry scripts. */
    readonly nonce: string
    /** Address of the client, for limits only: never logged, never stored in clear. */
    readonly clientAddress: string
    readonly requestId: string
    /** Takes defects of loaders, actions and rendering to the log, with the request's id. */
    readonly reportError: (error: unknown) => void
  }
}

export interface LoadContext {
  readonly nonce: string
  readonly clientAddress: string
  readonly requestId: string
  readonly reportError: (error: unknown) => void
  readonly [name: string]: unknown
}
