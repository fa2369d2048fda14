package io.triport.kv;

/**
 * What the routes of the proxy need to know.
 *
 * @param listLimit names in one page at most, 1..1000
 */
record KvSettings(StoredNames names, int listLimit) {}
