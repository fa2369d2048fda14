package io.triport.manager;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.RemoteAccount;
import io.triport.identity.config.Section;
import io.triport.identity.config.Section.Alias;
import io.triport.identity.config.Value;
import io.triport.identity.outbound.Destinations;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads whose namespaces are shown: the manager's own, or those of an account elsewhere. */
final class AccountReader {
    private static final String NONE = "";
    private static final String ITSELF = "https://api.cloudflare.com/client/v4";

    /** Over plain HTTP the token could be read on its way, so only this machine may be reached so. */
    private static final String ADDRESS =
            "https://[^\\s@?#]+|http://(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]{1,5})?(/[^\\s@?#]*)?";

    /** But where nobody connects to. */
    private static final Destinations ANYWHERE = new Destinations(List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")));

    private AccountReader() {}

    /** A name is the operator's affair. */
    private static boolean allowed(String host) {
        InetAddress literal;
        try {
            literal = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
        } catch (IllegalArgumentException e) {
            return true;
        }
        return ANYWHERE.allows(literal);
    }

    static Optional<RemoteAccount> read(Section manager) {
        var account = manager.section("remote-account");
        var id = account.value(
                "id",
                Value.matching("([0-9a-f]{32})?", "32 lower-case hexadecimal digits"),
                NONE,
                "The account elsewhere whose namespaces are managed in place of local ones.",
                new Alias("ACCOUNT_ID", NONE));
        var token = account.secret("api-key", "API_KEY", "The bearer token of that account's API");
        var address = account.value(
                "address",
                Value.matching(ADDRESS, "an https address, or http to this machine, such as " + ITSELF),
                ITSELF,
                "Where that account's API is.");
        if (id.isEmpty() && token.isEmpty()) {
            return Optional.empty();
        }
        if (id.isEmpty()) {
            throw account.error("id", "missing", "an account beside its api-key (ACCOUNT_ID beside API_KEY)");
        }
        var key = token.orElseThrow(
                () -> account.error("api-key", "missing", "a token beside the account (API_KEY beside ACCOUNT_ID)"));
        try {
            var remote = new RemoteAccount(URI.create(address.replaceFirst("/+$", "")), id, key);
            if (!allowed(remote.api().getHost())) {
                throw account.error(
                        "address", address, "an address that is neither link-local nor one of many machines");
            }
            return Optional.of(remote);
        } catch (IllegalArgumentException | InvalidInput e) {
            throw account.error("address", address, "an address such as " + ITSELF);
        }
    }
}
