/** What stands before all paths where the manager is not at the root of its origin; else empty. */
export const base = new URL(document.baseURI).pathname.replace(/\/$/, '');
