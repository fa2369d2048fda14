package io.triport.identity.jose;

import io.triport.domain.identity.ClaimValue;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which headers are taken. Members that change how a token is read are refused always; those that offer a key are never used,
 * and in the strict form refused as well, because whoever sends them hopes for the contrary (RFC 8725 section 3.10).
 *
 * @param types accepted values of {@code typ}, in lower case without {@code application/}; none for absent, {@code jwt} and
 *     {@code at+jwt}
 */
public record HeaderRules(Strictness strictness, Set<String> types) {
    /** Strict, and any usual type. */
    public static final HeaderRules DEFAULT = new HeaderRules(Strictness.STRICT, Set.of());

    private static final List<String> NEVER = List.of("crit", "zip", "enc");
    private static final List<String> KEYS = List.of("jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256");
    private static final Set<String> USUAL_TYPES = Set.of("jwt", "at+jwt");
    private static final String MEDIA = "application/";

    /** What happens to a header that offers a key. */
    public enum Strictness {
        STRICT,
        LENIENT
    }

    public HeaderRules {
        types = types.stream().map(HeaderRules::bare).collect(Collectors.toUnmodifiableSet());
    }

    public boolean accept(JoseHeader header) {
        return NEVER.stream().noneMatch(header::has)
                && encoded(header)
                && notNested(header)
                && (!header.has("kid") || header.kid().isPresent())
                && (strictness == Strictness.LENIENT || KEYS.stream().noneMatch(header::has))
                && typed(header);
    }

    /** {@code b64: false} would leave the payload unencoded (RFC 7797). */
    private static boolean encoded(JoseHeader header) {
        return header.find("b64").map(new ClaimValue.Flag(true)::equals).orElse(true);
    }

    private static boolean notNested(JoseHeader header) {
        return !header.has("cty")
                || header.text("cty").filter(type -> !bare(type).equals("jwt")).isPresent();
    }

    private boolean typed(JoseHeader header) {
        if (!header.has("typ")) {
            return types.isEmpty();
        }
        var accepted = types.isEmpty() ? USUAL_TYPES : types;
        return header.text("typ")
                .map(HeaderRules::bare)
                .filter(accepted::contains)
                .isPresent();
    }

    private static String bare(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(MEDIA) ? lower.substring(MEDIA.length()) : lower;
    }
}
