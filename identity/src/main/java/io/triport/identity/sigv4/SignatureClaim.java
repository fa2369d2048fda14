package io.triport.identity.sigv4;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a request says of its signature.
 *
 * @param token the session token, empty for none
 * @param payload what the signature says of the body; {@link PayloadHash.Unsigned} where the service takes the body's own hash
 */
record SignatureClaim(
        Place place,
        CredentialScope.Named credential,
        List<String> signedHeaders,
        String signature,
        AmzTime time,
        String token,
        PayloadHash payload) {
    /** Where the signature stands. */
    sealed interface Place {
        /** In the header {@code Authorization}. */
        record Header() implements Place {}

        /** In the query, good until some time after the request was made. */
        record Query(Duration expires) implements Place {}
    }

    SignatureClaim {
        signedHeaders = List.copyOf(signedHeaders);
    }

    CredentialScope scope() {
        return credential.scope();
    }

    boolean hasToken() {
        return !token.isEmpty();
    }

    /** Parameters that cannot be signed, because they came to be when the signature was there. */
    Set<String> unsignedParameters() {
        return switch (place) {
            case Place.Header header -> Set.of();
            case Place.Query query -> Set.of(AwsNames.QUERY_SIGNATURE);
        };
    }

    /** The text under the signature, of a request whose canonical form hashes to this. */
    String stringToSign(String requestHash) {
        return String.join("\n", AwsNames.ALGORITHM, time.text(), scope().text(), requestHash);
    }
}
