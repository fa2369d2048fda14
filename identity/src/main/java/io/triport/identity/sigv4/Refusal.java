package io.triport.identity.sigv4;

import java.util.Map;

/** Ends the reading of a hostile request at its first problem; never leaves the package. Without a stack, which would cost more than the reading. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SigV4Problem problem;

    Refusal(SigV4Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    Refusal(SigV4Problem.Kind kind) {
        this(SigV4Problem.of(kind));
    }

    Refusal(SigV4Problem.Kind kind, Map<String, String> elements) {
        this(new SigV4Problem(kind, elements));
    }

    SigV4Problem problem() {
        return problem;
    }
}
