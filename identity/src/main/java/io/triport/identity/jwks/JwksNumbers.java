package io.triport.identity.jwks;

import java.time.Duration;

/**
 * What a source has done and holds, for metrics.
 *
 * @param loaded fetches that brought a set to use, also the same as before
 * @param failed fetches without an answer that could be read
 * @param refused fetches whose set was not taken
 * @param keys in use
 * @param dropped keys of the set in use that are of a kind or quality not used
 * @param age since the set was fetched, zero when there is none
 */
public record JwksNumbers(long loaded, long failed, long refused, int keys, int dropped, Duration age) {}
