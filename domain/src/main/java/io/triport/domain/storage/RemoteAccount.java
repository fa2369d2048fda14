package io.triport.domain.storage;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import java.net.URI;

/**
 * An account elsewhere whose namespaces an engine shows in place of its own, by Cloudflare's REST API.
 *
 * @param api the address under which its paths begin, {@code https://api.cloudflare.com/client/v4} for Cloudflare itself; used as
 *     it is, so it comes from the operator alone
 * @param id 32 lower-case hexadecimal digits
 * @param token the bearer token
 */
public record RemoteAccount(URI api, String id, Secret token) {
    /** @throws InvalidInput for another id, or an address that is no http address or has a query */
    public RemoteAccount {
        if (!id.matches("[0-9a-f]{32}")) {
            throw new InvalidInput("account id", "32 lower-case hexadecimal digits");
        }
        var scheme = api.getScheme();
        if (api.getHost() == null
                || !("https".equals(scheme) || "http".equals(scheme))
                || api.getRawQuery() != null
                || api.getRawFragment() != null
                || api.getRawUserInfo() != null) {
            throw new InvalidInput("account address", "https://host[:port]/path, or http:// to a machine of one's own");
        }
    }
}
