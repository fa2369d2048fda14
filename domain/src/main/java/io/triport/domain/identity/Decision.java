package io.triport.domain.identity;

/** The gate's answer. */
public sealed interface Decision {
    /** @param grant to be closed when the request ends */
    record Admitted(Grant grant) implements Decision {}

    record Refused(Refusal refusal) implements Decision {}
}
