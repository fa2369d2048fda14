package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.request.InvalidInput;
import java.util.Optional;
import java.util.Set;

/** What a signing key is good for: one day, one region, one service. */
record CredentialScope(String date, String region, String service) {
    private static final int DATE = 8;
    private static final Set<String> TERMINATORS = Set.of(AwsNames.TERMINATOR);
    private static final int PARTS = 5;

    /** A credential as a request names it: the key and the scope. */
    record Named(AccessKeyId key, CredentialScope scope) {}

    /** Reads {@code AKID/20130524/us-east-1/s3/aws4_request}; empty for anything else. */
    static Optional<Named> parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != PARTS || !isDate(parts[1]) || !TERMINATORS.contains(parts[4])) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Named(new AccessKeyId(parts[0]), new CredentialScope(parts[1], parts[2], parts[3])));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static boolean isDate(String text) {
        return text.length() == DATE && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** As it stands in the text that is signed. */
    String text() {
        return date + "/" + region + "/" + service + "/" + AwsNames.TERMINATOR;
    }
}
