package io.triport.testkit;

/** Ends a test whose subject the engine does not claim; {@link CaseMatrix} writes it down and tells it. */
final class NotClaimed extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotClaimed(Enum<?> capability) {
        super(capability.name());
    }
}
