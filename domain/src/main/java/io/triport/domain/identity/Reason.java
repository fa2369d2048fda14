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
                    SUBJECTS_DIFFER -> true;
            case NO_CREDENTIALS,
                    AMBIGUOUS_CREDENTIALS,
                    MISSING_HEADER,
                    INVALID_TIMESTAMP,
                    OUTSIDE_WINDOW,
                    REPLAYED,
                    VERIFIED_TOO_LONG_AGO,
                    SCOPE_DENIED,
                    TASK_UNKNOWN,
                    UNAVAILABLE,
                    NOT_CONFIGURED -> false;
        };
    }

    /** The form for logs and metrics, such as {@code signature-mismatch}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
