package io.triport.domain.identity;

import java.util.Locale;

/** Why an identity was refused: a closed set, so that it can label metrics. The text form never names a credential. */
public enum Reason {
    NO_CREDENTIALS(Refused.UNAUTHENTICATED),
    AMBIGUOUS_CREDENTIALS(Refused.MALFORMED),
    MISSING_HEADER(Refused.UNAUTHENTICATED),
    INVALID_TIMESTAMP(Refused.UNAUTHENTICATED),
    OUTSIDE_WINDOW(Refused.UNAUTHENTICATED),
    BODY_HASH_MISMATCH(Refused.FORBIDDEN),
    UNKNOWN_KEY(Refused.FORBIDDEN),
    SIGNATURE_MISMATCH(Refused.FORBIDDEN),
    REPLAYED(Refused.CONFLICT),
    CREDENTIAL_EXPIRED(Refused.FORBIDDEN),
    ADDRESS_DENIED(Refused.FORBIDDEN),
    SUBJECTS_DIFFER(Refused.FORBIDDEN),
    VERIFIED_TOO_LONG_AGO(Refused.UNAUTHENTICATED),
    SCOPE_DENIED(Refused.FORBIDDEN),
    TASK_UNKNOWN(Refused.FORBIDDEN),
    /** Not a token at all: its segments, its JSON, or the type of a claim that is known. */
    TOKEN_MALFORMED(Refused.UNAUTHENTICATED),
    /** A header member that is never accepted, or a type that is not. */
    TOKEN_HEADER(Refused.UNAUTHENTICATED),
    TOKEN_ALGORITHM(Refused.UNAUTHENTICATED),
    TOKEN_ISSUER(Refused.UNAUTHENTICATED),
    TOKEN_KEY_UNKNOWN(Refused.UNAUTHENTICATED),
    TOKEN_SIGNATURE(Refused.UNAUTHENTICATED),
    TOKEN_AUDIENCE(Refused.UNAUTHENTICATED),
    TOKEN_EXPIRED(Refused.UNAUTHENTICATED),
    TOKEN_NOT_YET_VALID(Refused.UNAUTHENTICATED),
    TOKEN_TOO_OLD(Refused.UNAUTHENTICATED),
    TOKEN_SUBJECT(Refused.UNAUTHENTICATED),
    /** The token belongs to another client certificate, or to none (RFC 8705 section 3). */
    TOKEN_BINDING(Refused.UNAUTHENTICATED),
    CREDENTIAL_REVOKED(Refused.UNAUTHENTICATED),
    CERT_UNTRUSTED(Refused.UNAUTHENTICATED),
    SESSION_INVALID(Refused.UNAUTHENTICATED),
    /** An answer of a login that nobody began here, or began too long ago. */
    LOGIN_INVALID(Refused.UNAUTHENTICATED),
    /** A signature or its parameters are not of their form. */
    SIGNATURE_MALFORMED(Refused.UNAUTHENTICATED),
    /** A credential where none may stand, such as a key in the query. */
    CREDENTIAL_MISPLACED(Refused.MALFORMED),
    /** A cookie on a request that another site may have caused. */
    ORIGIN_DENIED(Refused.FORBIDDEN),
    /** Known, but not among those whom the route or the mechanism admits. */
    POLICY_DENIED(Refused.FORBIDDEN),
    UNAVAILABLE(Refused.UNAVAILABLE),
    /** There is nothing to verify with; an app in this state does not start. */
    NOT_CONFIGURED(Refused.UNAVAILABLE);

    /** What kind of answer a refusal is; each app has its own status and code for each. */
    public enum Refused {
        UNAUTHENTICATED,
        FORBIDDEN,
        MALFORMED,
        CONFLICT,
        UNAVAILABLE
    }

    private final Refused refused;

    Reason(Refused refused) {
        this.refused = refused;
    }

    public Refused refused() {
        return refused;
    }

    /** Whether the caller showed a credential that does not hold, which counts towards the limit of failures per address. */
    public boolean badCredential() {
        return switch (this) {
            case BODY_HASH_MISMATCH,
                    UNKNOWN_KEY,
                    SIGNATURE_MISMATCH,
                    CREDENTIAL_EXPIRED,
                    ADDRESS_DENIED,
                    SUBJECTS_DIFFER,
                    TOKEN_MALFORMED,
                    TOKEN_HEADER,
                    TOKEN_ALGORITHM,
                    TOKEN_ISSUER,
                    TOKEN_KEY_UNKNOWN,
                    TOKEN_SIGNATURE,
                    TOKEN_AUDIENCE,
                    TOKEN_EXPIRED,
                    TOKEN_NOT_YET_VALID,
                    TOKEN_TOO_OLD,
                    TOKEN_SUBJECT,
                    TOKEN_BINDING,
                    CREDENTIAL_REVOKED,
                    CERT_UNTRUSTED,
                    SESSION_INVALID,
                    LOGIN_INVALID,
                    SIGNATURE_MALFORMED -> true;
            case NO_CREDENTIALS,
                    AMBIGUOUS_CREDENTIALS,
                    MISSING_HEADER,
                    INVALID_TIMESTAMP,
                    OUTSIDE_WINDOW,
                    REPLAYED,
                    VERIFIED_TOO_LONG_AGO,
                    SCOPE_DENIED,
                    TASK_UNKNOWN,
                    CREDENTIAL_MISPLACED,
                    ORIGIN_DENIED,
                    POLICY_DENIED,
                    UNAVAILABLE,
                    NOT_CONFIGURED -> false;
        };
    }

    /** The form for logs and metrics, such as {@code signature-mismatch}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
