package io.triport.manager.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Role;
import io.triport.manager.answer.Json;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, as far as rights depend on it. What he may do can be asked at any time, also when his request is long over.
 *
 * @param user how jobs and the audit name him: an e-mail address, or {@code service:} and {@code key:} with a name
 * @param groups that his issuer says he is in
 * @param key the id of his API key; empty for none
 * @param own the role that his credential has by itself, null for none
 */
public record Standing(
        String user,
        Set<String> groups,
        String key,
        @Nullable ManagerRole own) {
    /** The claim by which a session names the API key that it was begun with. */
    public static final String KEY_CLAIM = "key";

    /** The claim by which a session says when the credential ends that it was begun with. */
    public static final String UNTIL_CLAIM = "until";

    private static final String GROUPS_CLAIM = "groups";
    /** Stands before the name of a key. */
    static final String KEYS = "key:";

    /** The token for the beginning, which is none of the keys. */
    private static final String BOOTSTRAP = "bootstrap";

    private static final Set<MechanismName> BY_KEY = Set.of(Mechanisms.KEYS, Mechanisms.MAIL_KEYS);

    public Standing {
        groups = Set.copyOf(groups);
    }

    /** Whose principal it is. */
    public static Standing of(Principal principal) {
        var groups = new LinkedHashSet<String>();
        principal.roles().stream().map(Role::text).forEach(groups::add);
        if (principal.claims().find(GROUPS_CLAIM).orElse(new ClaimValue.Nothing())
                instanceof ClaimValue.Listing(var items)) {
            for (var item : items) {
                if (item instanceof ClaimValue.Text(var text)) {
                    groups.add(text);
                }
            }
        }
        return new Standing(
                user(principal),
                groups,
                key(principal),
                ManagerRole.among(principal.scopes()).orElse(null));
    }

    /** Whether it is a session that was begun with a credential which has ended meanwhile. */
    static boolean ended(Principal principal, Instant now) {
        return bySession(principal)
                && principal
                        .claims()
                        .text(UNTIL_CLAIM)
                        .filter(until -> !now.isBefore(Instant.parse(until)))
                        .isPresent();
    }

    private static String key(Principal principal) {
        if (bySession(principal)) {
            return principal.claims().text(KEY_CLAIM).orElse("");
        }
        var shown = principal.credential().text();
        return BY_KEY.contains(principal.mechanism()) && !shown.equals(BOOTSTRAP) ? shown : "";
    }

    /** What a provider calls somebody whose address it does not vouch for must not be taken for an address. */
    private static String user(Principal principal) {
        var email = principal.claims().email();
        if (email.isPresent()) {
            return email.get().text();
        }
        var subject = principal.subject().text();
        if (bySession(principal)) {
            return principal.issuer().equals(Mechanisms.OURSELVES) ? subject : "oidc:" + subject;
        }
        if (principal.kind() == Principal.Kind.HUMAN) {
            return subject;
        }
        return (principal.mechanism().equals(Mechanisms.ACCESS) ? "service:" : KEYS) + subject;
    }

    private static boolean bySession(Principal principal) {
        return principal.mechanism().equals(Mechanisms.SESSION);
    }

    /** Addresses are compared without regard to case. */
    static String comparable(String user) {
        return user.contains("@") ? user.toLowerCase(Locale.ROOT) : user;
    }

    /** Whether it is one of those who have a role without being named. */
    boolean person() {
        return own == null && key.isEmpty() && !user.startsWith(KEYS);
    }

    /** As it is kept. */
    public ObjectNode toJson() {
        var node = Json.object().put("user", user).put("key", key);
        var list = node.putArray("groups");
        groups.stream().sorted().forEach(list::add);
        return own == null ? node : node.put("own", own.text());
    }

    /** What {@link #toJson} wrote. */
    public static Standing read(JsonNode node) {
        var groups = new LinkedHashSet<String>();
        node.path("groups").forEach(group -> groups.add(group.asText()));
        return new Standing(
                node.path("user").asText(),
                groups,
                node.path("key").asText(),
                node.has("own") ? ManagerRole.named(node.get("own").asText()) : null);
    }
}
