package io.triport.identity.oidc;

import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which paths a login answers itself.
 *
 * @param callback that of the redirect URI
 * @param login begins a login; empty for none, because who comes to a route without a session is sent on anyway
 * @param backChannel takes the provider's word that somebody has logged out; empty for none
 */
public record OidcPaths(String callback, String login, String logout, String backChannel) {
    private static final Value<String> PATH =
            Value.matching("(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])+", "a path such as /logout, without escapes");

    public OidcPaths {
        var given = given(callback, login, logout, backChannel);
        if (callback.length() < 2 || new HashSet<>(given).size() < given.size()) {
            throw new InvalidInput("redirectUri", "a path of its own, as each of the others");
        }
    }

    static OidcPaths read(Section section, String callback) {
        var login = section.optional("loginPath", PATH, "Where ?return=/path begins a login; nowhere when left out.");
        var logout = section.value("logoutPath", PATH, "/logout", "Where a page of ours posts to for a logout.");
        var backChannel = section.optional(
                "backChannelLogoutPath", PATH, "Where the provider posts logout tokens to; nowhere when left out.");
        try {
            return new OidcPaths(callback, login.orElse(""), logout, backChannel.orElse(""));
        } catch (InvalidInput e) {
            throw section.error(e.field(), callback, e.expectation());
        }
    }

    public Set<String> all() {
        return given(callback, login, logout, backChannel).stream().collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> given(String... paths) {
        return List.of(paths).stream().filter(Predicate.not(String::isEmpty)).toList();
    }
}
