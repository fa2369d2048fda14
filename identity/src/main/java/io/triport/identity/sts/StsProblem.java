package io.triport.identity.sts;

/** Why an action of STS was refused. The message is for the caller and repeats nothing of a token. */
public record StsProblem(Code code, String message) {
    /** Codes as the wire has them. */
    public enum Code {
        MISSING_PARAMETER("MissingParameter"),
        INVALID_PARAMETER_VALUE("InvalidParameterValue"),
        VALIDATION_ERROR("ValidationError"),
        INVALID_ACTION("InvalidAction"),
        INVALID_IDENTITY_TOKEN("InvalidIdentityToken"),
        EXPIRED_TOKEN("ExpiredTokenException"),
        PROVIDER_UNREACHABLE("IDPCommunicationError"),
        MALFORMED_POLICY("MalformedPolicyDocument"),
        POLICY_TOO_LARGE("PackedPolicyTooLarge"),
        ACCESS_DENIED("AccessDenied"),
        SIGNATURE("SignatureDoesNotMatch"),
        UNKNOWN_KEY("InvalidClientTokenId"),
        KEY_EXPIRED("ExpiredToken"),
        MALFORMED_SIGNATURE("IncompleteSignature"),
        THROTTLED("Throttling"),
        UNAVAILABLE("ServiceUnavailable");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** One for all refusals that would tell a stranger how a role is set up. */
    static StsProblem denied() {
        return new StsProblem(Code.ACCESS_DENIED, "Not authorized to assume the role");
    }

    /** What STS calls a problem of the signature. */
    public static StsProblem of(io.triport.identity.sigv4.SigV4Problem problem) {
        var code = switch (problem.kind()) {
            case UNKNOWN_KEY, TOKEN -> Code.UNKNOWN_KEY;
            case EXPIRED -> Code.KEY_EXPIRED;
            case SIGNATURE, SKEWED, EXPIRED_URL, HEADER_SCOPE, QUERY_SCOPE -> Code.SIGNATURE;
            case REVOKED, UNSIGNED_HEADERS, POLICY, POLICY_EXPIRED -> Code.ACCESS_DENIED;
            case HEADER_MALFORMED,
                    QUERY_MALFORMED,
                    TWO_SIGNATURES,
                    OLD_VERSION,
                    NO_TIME,
                    NO_PAYLOAD_HASH,
                    BAD_PAYLOAD_HASH,
                    NO_DECODED_LENGTH,
                    BAD_DECODED_LENGTH,
                    BAD_URI,
                    BAD_POLICY -> Code.MALFORMED_SIGNATURE;
        };
        return new StsProblem(code, problem.message());
    }
}
