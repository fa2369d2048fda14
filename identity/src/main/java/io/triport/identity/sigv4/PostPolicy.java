package io.triport.identity.sigv4;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.request.Bytes;
import io.triport.identity.jose.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the signer of a form allows whoever has it to upload (Browser-Based Uploads Using POST, Creating a POST Policy). Every field
 * must be spoken of, but for the signature, the policy itself, and those that are to be ignored.
 */
record PostPolicy(Instant expiration, List<PolicyCondition> conditions) {
    static final String FIELD = "policy";
    static final String SIGNATURE = "x-amz-signature";

    private static final StrictJson JSON = new StrictJson(8, 256);
    private static final Set<String> MEMBERS = Set.of("expiration", "conditions");
    private static final Set<String> UNCOVERED = Set.of(FIELD, SIGNATURE, PostForm.BUCKET);
    private static final String IGNORED = "x-ignore-";

    PostPolicy {
        conditions = List.copyOf(conditions);
    }

    /** Reads a document as the form has it, in base64. */
    static PostPolicy parse(String base64) {
        try {
            var document = JSON.read(Bytes.copyOf(Base64.getDecoder().decode(base64.strip())))
                    .filter(members -> MEMBERS.containsAll(members.members().keySet()))
                    .orElseThrow(PostPolicy::malformed)
                    .members();
            if (!(document.get("expiration") instanceof ClaimValue.Text(var expiration))
                    || !(document.get("conditions") instanceof ClaimValue.Listing(var items))) {
                throw malformed();
            }
            var conditions = new ArrayList<PolicyCondition>();
            for (var item : items) {
                conditions.addAll(read(item));
            }
            return new PostPolicy(Instant.parse(expiration), conditions);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw malformed();
        }
    }

    /** Whether the form is one that the policy allows. */
    void check(PostForm form, Instant now) {
        if (!now.isBefore(expiration)) {
            throw new Refusal(SigV4Problem.Kind.POLICY_EXPIRED);
        }
        var covered = new HashSet<>(UNCOVERED);
        for (var condition : conditions) {
            var holds = switch (condition) {
                case PolicyCondition.Equal equal -> {
                    covered.add(equal.field());
                    yield equal.holds(form.value(equal.field()));
                }
                case PolicyCondition.StartsWith start -> {
                    covered.add(start.field());
                    yield start.holds(form.value(start.field()));
                }
                // Judged when the file is there.
                case PolicyCondition.LengthRange range -> true;
            };
            if (!holds) {
                throw new Refusal(SigV4Problem.Kind.POLICY);
            }
        }
        if (!form.fields().keySet().stream().allMatch(name -> covered.contains(name) || name.startsWith(IGNORED))) {
            throw new Refusal(SigV4Problem.Kind.POLICY);
        }
    }

    /** How long the file may be, by all that is said of it. */
    PolicyCondition.LengthRange range() {
        var least = 0L;
        var most = Long.MAX_VALUE;
        for (var condition : conditions) {
            if (condition instanceof PolicyCondition.LengthRange(var from, var to)) {
                least = Math.max(least, from);
                most = Math.min(most, to);
            }
        }
        return new PolicyCondition.LengthRange(least, most);
    }

    private static List<PolicyCondition> read(ClaimValue item) {
        return switch (item) {
            case ClaimValue.Members(var members) ->
                members.entrySet().stream()
                        .<PolicyCondition>map(
                                member -> new PolicyCondition.Equal(lower(member.getKey()), text(member.getValue())))
                        .toList();
            case ClaimValue.Listing(var parts) when parts.size() == 3 -> List.of(read(parts));
            default -> throw malformed();
        };
    }

    private static PolicyCondition read(List<ClaimValue> parts) {
        var operator = lower(text(parts.get(0)));
        if (Set.of("content-length-range").contains(operator)) {
            return new PolicyCondition.LengthRange(number(parts.get(1)), number(parts.get(2)));
        }
        var field = text(parts.get(1));
        if (!field.startsWith("$")) {
            throw malformed();
        }
        var name = lower(field.substring(1));
        return Map.<String, PolicyCondition>of(
                        "eq", new PolicyCondition.Equal(name, text(parts.get(2))),
                        "starts-with", new PolicyCondition.StartsWith(name, text(parts.get(2))))
                .entrySet()
                .stream()
                .filter(entry -> Set.of(operator).contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(PostPolicy::malformed);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String text(ClaimValue value) {
        if (value instanceof ClaimValue.Text(var text)) {
            return text;
        }
        throw malformed();
    }

    /** A number of bytes, which some signers write as text. */
    private static long number(ClaimValue value) {
        try {
            var number = switch (value) {
                case ClaimValue.Numeric(var written) -> written.longValueExact();
                case ClaimValue.Text(var written) -> Long.parseLong(written);
                default -> -1L;
            };
            if (number >= 0) {
                return number;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Falls through to the one error of documents.
        }
        throw malformed();
    }

    private static Refusal malformed() {
        return new Refusal(SigV4Problem.Kind.BAD_POLICY);
    }
}
