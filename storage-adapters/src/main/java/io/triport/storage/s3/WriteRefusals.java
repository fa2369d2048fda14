package io.triport.storage.s3;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.PutOutcome;
import java.util.Optional;

/** Answers by which a write under a condition was refused. */
final class WriteRefusals {
    private WriteRefusals() {}

    /** Empty where it was no condition that refused it. */
    static Optional<PutOutcome> of(UpstreamError error, Conditions conditions) {
        return switch (error.status()) {
            case 412 -> Optional.of(new PutOutcome.PreconditionFailed());
            case 409 ->
                "ConditionalRequestConflict".equals(error.code())
                        ? Optional.of(new PutOutcome.Conflict())
                        : Optional.empty();
            case 404 ->
                conditions.needObject() && "NoSuchKey".equals(error.code())
                        ? Optional.of(new PutOutcome.Missing())
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
