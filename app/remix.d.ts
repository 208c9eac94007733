/** Tells Remix's types what the Vite configuration turns on: loaders give dates and whole numbers as they are. */
declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

export {}
