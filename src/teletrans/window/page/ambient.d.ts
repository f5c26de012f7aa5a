/** The application's port names Node's Buffer where it takes a code porteur; in a browser it is just its base type, and the page never makes one. */
type Buffer = Uint8Array;
