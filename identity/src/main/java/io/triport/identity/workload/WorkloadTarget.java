package io.triport.identity.workload;

import io.triport.domain.request.InvalidInput;

/** A credential that we want. @param subject what our token calls us, as the other side's trust policy expects it */
public record WorkloadTarget(String subject, Exchange exchange) {
    private static final int MOST = 255;

    public WorkloadTarget {
        if (subject.isEmpty() || subject.length() > MOST || subject.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("subject", "1..255 characters, no control characters");
        }
    }
}
