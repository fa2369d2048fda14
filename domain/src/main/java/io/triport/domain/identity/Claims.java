package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What an issuer says of somebody beyond the name: a closed, immutable tree of JSON. At most 16 levels, this one included, and
 * 64 KiB of names, texts and digits, each value counting one byte at least.
 */
public record Claims(ClaimValue.Members tree) {
    public static final int DEEPEST = 16;
    public static final int MOST_BYTES = 65_536;
    public static final Claims NONE = of(Map.of());

    private static final ClaimValue TRUE = new ClaimValue.Flag(true);

    public Claims {
        if (size(tree, 1) > MOST_BYTES) {
            throw new InvalidInput("claims", "at most 64 KiB");
        }
    }

    /** @throws InvalidInput when the tree is too deep or too large */
    public static Claims of(Map<String, ClaimValue> members) {
        return new Claims(new ClaimValue.Members(members));
    }

    public Optional<ClaimValue> find(String name) {
        return Optional.ofNullable(tree.members().get(name));
    }

    /** A claim that is a text; empty when it is absent or something else. */
    public Optional<String> text(String name) {
        return switch (tree.members().get(name)) {
            case ClaimValue.Text(var text) -> Optional.of(text);
            case null, default -> Optional.empty();
        };
    }

    /**
     * The e-mail address that the issuer vouches for: claim {@code email}, unless {@code email_verified} is there and not
     * {@code true} (OpenID Connect Core section 5.1), which some issuers write as a text; empty when it is not an address that can
     * be compared.
     */
    public Optional<EmailAddress> email() {
        var verified = tree.members().getOrDefault("email_verified", TRUE);
        if (!verified.equals(TRUE) && !verified.equals(new ClaimValue.Text("true"))) {
            return Optional.empty();
        }
        try {
            return text("email").map(EmailAddress::parse);
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Claims[" + tree.members().size() + "]";
    }

    private static int size(ClaimValue value, int depth) {
        return switch (value) {
            case ClaimValue.Text(var text) -> bytes(text);
            case ClaimValue.Numeric(var number) -> number.precision();
            case ClaimValue.Flag flag -> 1;
            case ClaimValue.Nothing nothing -> 1;
            case ClaimValue.Listing(var items) -> {
                var sum = 1;
                for (var item : items) {
                    sum = Math.addExact(sum, size(item, deeper(depth)));
                }
                yield sum;
            }
            case ClaimValue.Members(var members) -> {
                var sum = 1;
                for (var member : members.entrySet()) {
                    sum = Math.addExact(sum, bytes(member.getKey()) + size(member.getValue(), deeper(depth)));
                }
                yield sum;
            }
        };
    }

    private static int deeper(int depth) {
        if (depth > DEEPEST) {
            throw new InvalidInput("claims", "at most 16 levels");
        }
        return depth + 1;
    }

    private static int bytes(String text) {
        return Math.max(1, text.getBytes(StandardCharsets.UTF_8).length);
    }
}
